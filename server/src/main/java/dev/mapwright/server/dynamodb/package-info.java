/// The wire protocol of the built-in DynamoDB: AWS JSON 1.0.
package dev.mapwright.server.dynamodb;
