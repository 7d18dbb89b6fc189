package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
import dev.mapwright.adapters.keyvalue.Space.Scan;

import java.util.Optional;
import java.util.OptionalLong;

/// One value for each batch of a run. What is said of a batch for the first time shares an entry
/// with its neighbours of the same write ([Packing]), which costs a small part of an entry of its
/// own; what is said of it later has one, and counts instead.
///
/// @param alone beginning of the keys of entries that hold one value, before the batch
/// @param kind what follows the batch in those
/// @param packed beginning of the keys of the others, before their last batch
record Rows(Space space, Key alone, byte[] kind, Key packed) {

    void put(Batch write, long batch, byte[] value) {
        write.put(space, key(batch), value);
    }

    void put(Batch write, Pack pack) {
        write.put(space, packed.number(pack.last()).bytes(), pack.encode());
    }

    void deleteAlone(Batch write, long batch) {
        write.delete(space, key(batch));
    }

    private byte[] key(long batch) {
        return alone.number(batch).plus(kind).bytes();
    }

    Lookup lookup() {
        return new Lookup();
    }

    /// Finds values. Remembers the pack that it saw last, for whoever looks for one batch often
    /// looks for its neighbour next. Used by one strand.
    final class Lookup {
        private Optional<Pack> last = Optional.empty();

        Optional<byte[]> find(long batch) {
            return space.get(key(batch)).or(() -> packed(batch));
        }

        private Optional<byte[]> packed(long batch) {
            if (last.isEmpty() || last.get().find(batch).isEmpty()) {
                last = from(batch);
            }
            return last.flatMap(pack -> pack.find(batch));
        }

        /// Packs do not overlap, so that the first one that ends there or later is the only one.
        private Optional<Pack> from(long batch) {
            try (var scan =
                    space.scan(packed.number(batch).bytes(), packed.end(), Direction.FORWARD)) {
                return scan.next()
                        ? Optional.of(Pack.decode(packed.numberIn(scan.key()), scan.value()))
                        : Optional.empty();
            }
        }
    }

    Descent below(long batch) {
        return new Descent(batch);
    }

    /// The batches that have a value, highest first.
    final class Descent implements AutoCloseable {
        private static final long NONE = -1;

        private final long below;
        private final Scan alones;
        private final Scan packs;
        private long nextAlone;
        private long nextPacked;
        private long packFirst;

        private Descent(long below) {
            this.below = below;
            long packsBelow = Math.min(below, Long.MAX_VALUE - Packing.VALUES_MAX);
            this.alones = space.scan(alone.bytes(), alone.number(below).bytes(), Direction.REVERSE);
            this.packs = space.scan(
                    packed.bytes(),
                    packed.number(packsBelow + Packing.VALUES_MAX).bytes(),
                    Direction.REVERSE);
            this.nextAlone = advanceAlone();
            this.nextPacked = advancePack();
        }

        OptionalLong next() {
            long highest = Math.max(nextAlone, nextPacked);
            if (highest == NONE) {
                return OptionalLong.empty();
            }
            if (nextAlone == highest) {
                nextAlone = advanceAlone();
            }
            if (nextPacked == highest) {
                nextPacked = highest > packFirst ? highest - 1 : advancePack();
            }
            return OptionalLong.of(highest);
        }

        private long advanceAlone() {
            while (alones.next()) {
                byte[] key = alones.key();
                if (kind.length == 0 || key[key.length - 1] == kind[0]) {
                    return alone.numberIn(key);
                }
            }
            return NONE;
        }

        /// The highest batch of the next pack that is low enough.
        private long advancePack() {
            while (packs.next()) {
                var pack = Pack.decode(packed.numberIn(packs.key()), packs.value());
                if (pack.first() < below) {
                    packFirst = pack.first();
                    return Math.min(pack.last(), below - 1);
                }
            }
            return NONE;
        }

        @Override
        public void close() {
            alones.close();
            packs.close();
        }
    }
}
