package dev.mapwright.adapters.tables.local;

/// Provisioned capacity; kept and shown, never enforced.
record Throughput(long readUnits, long writeUnits) {
    static final Throughput NONE = new Throughput(0, 0);
}
