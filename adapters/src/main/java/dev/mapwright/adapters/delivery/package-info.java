/// The built-in Firehose: records are journalled when they are taken, and delivered to S3 in larger
/// objects.
package dev.mapwright.adapters.delivery;
