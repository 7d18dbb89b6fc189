package dev.mapwright.adapters.objects.local;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/// Who may commit: writers of one key, and of one upload, one after the other; changes of buckets
/// alone. Held while a batch is on its way to the disk, never while a body is received.
final class Locks {
    private static final int STRIPES = 1024;

    private final ReadWriteLock buckets = new ReentrantReadWriteLock();
    private final List<Lock> keys = stripes();
    private final List<Lock> uploads = stripes();

    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /// No object changes meanwhile.
    <T> T forBuckets(Work<T> work) throws IOException, InterruptedException {
        return holding(buckets.writeLock(), work);
    }

    <T> T forKey(String bucket, String key, Work<T> work) throws IOException, InterruptedException {
        return holding(buckets.readLock(), () -> holding(keys.get(stripe(bucket, key)), work));
    }

    /// Taken in one order, so that two of these never wait for each other.
    <T> T forKeys(String bucket, Collection<String> all, Work<T> work)
            throws IOException, InterruptedException {
        TreeSet<Integer> stripes = new TreeSet<>();
        all.forEach(key -> stripes.add(stripe(bucket, key)));
        return holding(buckets.readLock(), () -> {
            Deque<Lock> held = new ArrayDeque<>();
            try {
                for (int stripe : stripes) {
                    keys.get(stripe).lockInterruptibly();
                    held.push(keys.get(stripe));
                }
                return work.run();
            } finally {
                held.forEach(Lock::unlock);
            }
        });
    }

    /// Taken before the key's lock where both are needed.
    <T> T forUpload(long sequence, Work<T> work) throws IOException, InterruptedException {
        return holding(uploads.get((int) Math.floorMod(sequence, (long) STRIPES)), work);
    }

    private static <T> T holding(Lock lock, Work<T> work) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    private static int stripe(String bucket, String key) {
        return Math.floorMod(31 * bucket.hashCode() + key.hashCode(), STRIPES);
    }

    private static List<Lock> stripes() {
        return Stream.<Lock>generate(ReentrantLock::new).limit(STRIPES).toList();
    }
}
