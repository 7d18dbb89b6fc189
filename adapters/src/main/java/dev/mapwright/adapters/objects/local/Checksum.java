package dev.mapwright.adapters.objects.local;

/// A checksum as S3 shows it.
///
/// @param value base64; with `-N` behind it if it is composite, of N parts
public record Checksum(ChecksumAlgorithm algorithm, ChecksumType type, String value) {}
