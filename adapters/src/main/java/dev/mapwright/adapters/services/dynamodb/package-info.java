/// The Task integrations `dynamodb:*`: the short way to the built-in DynamoDB in this process,
/// without its API between.
package dev.mapwright.adapters.services.dynamodb;
