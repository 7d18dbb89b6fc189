package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.journal.LeaseLost;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Receipt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/// Who may write which journal. In memory only: opening the store voids every claim of the former
/// process.
final class Fences {
    /// Executions that were resumed in this process. Who claimed before so many others has long
    /// gone.
    private static final int CLAIMS_MAX = 100_000;

    /// In the order of their claims. Changed under the write lock.
    private final LinkedHashMap<String, Long> newest = new LinkedHashMap<>();

    /// No fence that was forgotten is higher.
    private long forgotten;

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
            Long before = newest.remove(executionArn);
            long fence = (before == null ? forgotten : before) + 1;
            newest.put(executionArn, fence);
            if (newest.size() > CLAIMS_MAX) {
                forgotten = Math.max(forgotten, newest.pollFirstEntry().getValue());
            }
            return fence;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /// Whoever gets this ARN next begins like the first one.
    void forget(String executionArn) {
        long stamp = lock.writeLock();
        try {
            newest.remove(executionArn);
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
