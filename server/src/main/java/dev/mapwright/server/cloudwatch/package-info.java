/// The built-in CloudWatch: metrics and alarms over Smithy RPC v2 CBOR, AWS JSON and Query.
package dev.mapwright.server.cloudwatch;
