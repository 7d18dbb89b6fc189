package dev.mapwright.server.demo;

/// The random numbers of the generated data: SplitMix64, of which every language has an
/// implementation of a few lines, so that a check elsewhere can recompute each value.
/// https://prng.di.unimi.it/splitmix64.c
public final class SplitMix64 {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix64(long seed) {
        this.state = seed;
    }

    /// The generator of one row: its seed is the row's own output (row 1 the first) of the
    /// generator of the whole file, so that rows can be made in any order.
    public static SplitMix64 ofRow(long seed, long row) {
        return new SplitMix64(mix(seed + row * GAMMA));
    }

    public long next() {
        state += GAMMA;
        return mix(state);
    }

    /// 0 to `bound` - 1: the remainder of the next number, taken as unsigned.
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
