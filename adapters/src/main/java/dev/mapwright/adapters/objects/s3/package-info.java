/// Buckets and keys in any S3 that speaks its protocol.
package dev.mapwright.adapters.objects.s3;
