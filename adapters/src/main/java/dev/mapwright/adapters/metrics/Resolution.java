package dev.mapwright.adapters.metrics;

/// `StorageResolution`.
public enum Resolution {
    /// 60: kept by minute.
    STANDARD(Tier.MINUTE),
    /// 1: kept by second for three hours, and by minute as well.
    HIGH(Tier.SECOND);

    private final Tier finest;

    Resolution(Tier finest) {
        this.finest = finest;
    }

    Tier finest() {
        return finest;
    }
}
