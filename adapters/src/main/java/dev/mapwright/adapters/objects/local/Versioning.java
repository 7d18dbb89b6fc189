package dev.mapwright.adapters.objects.local;

/// Whether a bucket keeps replaced and deleted objects. It never goes back to `OFF`.
public enum Versioning {
    OFF,
    ENABLED,
    SUSPENDED
}
