package dev.mapwright.adapters.items;

import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Broken variants of a file. A reader reads each or refuses it with [ReadFailed]; it never throws
/// anything else, and always comes to an end.
public final class Mutations {
    private static final int ROUNDS = 500;
    private static final int CHANGES_MAX = 4;
    private static final long ITEMS_MAX = 100_000;

    private Mutations() {}

    /// Opens what a reader makes of the bytes.
    public interface Opening {
        ItemSource open(byte[] content) throws Exception;
    }

    public static void readOrRefuseAll(byte[] good, Opening opening) throws Exception {
        var random = new SplittableRandom(11);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] broken = broken(good, random);
            try (ItemSource source = opening.open(broken)) {
                long items = 0;
                while (source.next().isPresent()) {
                    if (++items > ITEMS_MAX) {
                        throw new AssertionError("no end in sight in round " + round);
                    }
                }
            } catch (ReadFailed expected) {
                // This is how a broken file is refused.
            } catch (RuntimeException e) {
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
