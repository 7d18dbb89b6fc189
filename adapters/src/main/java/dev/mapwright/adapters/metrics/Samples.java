package dev.mapwright.adapters.metrics;

import java.nio.ByteBuffer;

/// What is kept of one or more samples.
///
/// @param count more than 0; a client may say that a value came 0.5 times
public record Samples(double count, double sum, double minimum, double maximum) {
    static final int BYTES = 4 * Double.BYTES;

    public Samples {
        if (!(count > 0)) {
            throw new IllegalArgumentException("expected samples, found a count of " + count);
        }
    }

    public static Samples of(double value) {
        return times(value, 1);
    }

    /// The same value several times.
    public static Samples times(double value, double count) {
        return new Samples(count, value * count, value, value);
    }

    public Samples plus(Samples others) {
        return new Samples(
                count + others.count,
                sum + others.sum,
                Math.min(minimum, others.minimum),
                Math.max(maximum, others.maximum));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putDouble(count)
                .putDouble(sum)
                .putDouble(minimum)
                .putDouble(maximum)
                .array();
    }

    static Samples of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Samples(
                buffer.getDouble(), buffer.getDouble(), buffer.getDouble(), buffer.getDouble());
    }
}
