package dev.mapwright.adapters.objects.local;

/// What the checksum of an object uploaded in parts covers.
public enum ChecksumType {
    /// The bytes, as if they had come in one piece.
    FULL_OBJECT,
    /// The checksums of the parts, one after the other.
    COMPOSITE
}
