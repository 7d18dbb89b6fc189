/// The Task integrations `dynamodb:*` and `aws-sdk:dynamodb:*`, against the built-in DynamoDB in
/// this process.
package dev.mapwright.adapters.services.dynamodb;
