package dev.mapwright.server.s3;

/// Who and where this S3 claims to be.
///
/// @param region of buckets whose creator names none: `us-east-1`
/// @param accountId twelve digits, the owner of everything
public record S3Settings(String region, String accountId) {}
