/// The one HTTP port: requests and responses as AWS protocols need them, over Helidon.
package dev.mapwright.server.http;
