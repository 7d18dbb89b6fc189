package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.journal.LeaseLost;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/// Who may write which journal. In memory only: opening the store voids every claim of the former
/// process.
final class Fences {
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private final StampedLock lock = new StampedLock();

    /// Hands lines in if all of them come under the newest fence. No claim gets in between.
    Receipt handIn(List<Change.Append> lines, Supplier<Receipt> handIn) {
        if (lines.isEmpty()) {
            return handIn.get();
        }
        long stamp = lock.readLock();
        try {
            lines.forEach(this::requireNewest);
            return handIn.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    long claim(String executionArn) {
        long stamp = lock.writeLock();
        try {
            return newest.merge(executionArn, 1L, Long::sum);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void requireNewest(Change.Append append) {
        long fence = newest.getOrDefault(append.executionArn(), 0L);
        if (append.fence() < fence) {
            throw new LeaseLost(
                    "The journal of %s was taken over: these lines come under fence %d, the newest is %d."
                            .formatted(append.executionArn(), append.fence(), fence));
        }
    }
}
