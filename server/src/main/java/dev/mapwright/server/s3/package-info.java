/// S3's REST protocol over the buckets of the data folder.
package dev.mapwright.server.s3;
