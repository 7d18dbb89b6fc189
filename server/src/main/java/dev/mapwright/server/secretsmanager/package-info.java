/// The API of the built-in Secrets Manager.
package dev.mapwright.server.secretsmanager;
