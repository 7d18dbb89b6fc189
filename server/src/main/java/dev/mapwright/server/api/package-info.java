/// The Step Functions API: AWS JSON 1.0 over HTTP, one table from operation names to methods.
package dev.mapwright.server.api;
