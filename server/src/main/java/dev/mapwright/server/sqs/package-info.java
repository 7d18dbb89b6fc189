/// The wire protocols of the built-in SQS: AWS JSON 1.0, and Query for older clients.
package dev.mapwright.server.sqs;
