/// The API of the built-in Firehose.
package dev.mapwright.server.firehose;
