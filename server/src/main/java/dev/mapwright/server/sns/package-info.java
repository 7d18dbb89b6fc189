/// The wire protocol of the built-in SNS: Query.
package dev.mapwright.server.sns;
