package dev.mapwright.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Broken variants of something good: the same ones each time.
final class Mutations {
    private static final int ROUNDS = 200;
    private static final int CHANGES_MAX = 4;
    private static final long SEED = 11;

    private Mutations() {}

    /// Reads what a reader makes of the bytes.
    @FunctionalInterface
    interface Trial {
        void run(byte[] content) throws Exception;
    }

    static void tryAll(byte[] good, Trial trial) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] broken = broken(good, random);
            try {
                trial.run(broken);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("in round " + round, e);
            }
        }
    }

    private static byte[] broken(byte[] good, SplittableRandom random) {
        byte[] broken = good.clone();
        for (int i = random.nextInt(CHANGES_MAX); i >= 0; i--) {
            int at = random.nextInt(broken.length);
            switch (random.nextInt(4)) {
                case 0 -> broken[at] = (byte) random.nextInt(256);
                case 1 -> broken[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> broken = Arrays.copyOf(broken, Math.max(1, at));
                default -> {
                    int from = random.nextInt(broken.length);
                    int length = random.nextInt(broken.length - Math.max(at, from));
                    System.arraycopy(broken, from, broken, at, length);
                }
            }
        }
        return broken;
    }
}
