/// Buckets and objects in the data folder: S3's semantics without its wire protocol.
package dev.mapwright.adapters.objects.local;
