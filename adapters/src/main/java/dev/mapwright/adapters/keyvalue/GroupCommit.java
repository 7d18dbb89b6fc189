package dev.mapwright.adapters.keyvalue;

import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.StoreFailed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One thread that writes. While it is busy with one group of batches, the next group gathers, so
/// that under load a thousand commits share one write and one fdatasync, and an idle store answers
/// after a single one.
final class GroupCommit {
    /// A batch is usually one commit of one execution, and a strand has one under way: 10,000
    /// children at once.
    static final int QUEUED_BATCHES_MAX = 10_000;

    /// Heap that a gathering group may hold; as much again is held by the group being written.
    static final long QUEUED_BYTES_MAX = 16 * 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gathered = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Target target;
    private final Thread writer;
    private Group gathering = new Group();
    private boolean closed;

    /// What every later write is told, once one has failed.
    private volatile StoreFailed failure;

    /// Where groups go. Called by the writer only, never again after it has failed.
    interface Target {
        /// Writes all batches or none, durably.
        void write(List<Batch> batches) throws StoreFailed;
    }

    GroupCommit(Target target) {
        this.target = target;
        this.writer = Thread.ofPlatform()
                .name("mapwright-store-writer")
                .daemon()
                .start(this::writeGroups);
    }

    Receipt write(Batch batch) {
        lock.lock();
        try {
            while (failure == null && !closed && !gathering.hasRoomFor(batch)) {
                room.awaitUninterruptibly();
            }
            if (failure != null) {
                throw new StoreFailed(failure.getMessage(), failure);
            }
            if (closed) {
                throw new IllegalStateException(
                        "The store is closed: nothing more can be written.");
            }
            if (gathering.isEmpty()) {
                gathered.signal();
            }
            gathering.add(batch);
            return gathering;
        } finally {
            lock.unlock();
        }
    }

    /// Writes what was handed in and ends the writer.
    void close() {
        lock.lock();
        try {
            closed = true;
            gathered.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        joinWriter();
    }

    /// A shutdown is under way already; an interrupt must not leave a native write behind a closed
    /// database.
    private void joinWriter() {
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeGroups() {
        while (true) {
            Group group = takeGroup();
            if (group.isEmpty()) {
                return;
            }
            write(group);
        }
    }

    /// The next group, once there is something in it; an empty one when the store is closed.
    private Group takeGroup() {
        lock.lock();
        try {
            while (gathering.isEmpty() && !closed) {
                gathered.awaitUninterruptibly();
            }
            Group taken = gathering;
            gathering = new Group();
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(Group group) {
        if (failure == null) {
            try {
                target.write(group.batches);
                group.batches.forEach(Batch::react);
            } catch (StoreFailed e) {
                LOG.log(System.Logger.Level.ERROR, e.getMessage());
                fail(e);
            } catch (RuntimeException | Error e) {
                String defect = "The store's writer met a defect: " + e;
                LOG.log(System.Logger.Level.ERROR, defect, e);
                fail(new StoreFailed(defect, e));
            }
        }
        group.end(failure);
    }

    private void fail(StoreFailed reason) {
        lock.lock();
        try {
            failure = reason;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Batches that are written together; and the receipt that all of them share.
    private static final class Group implements Receipt {
        private final CountDownLatch done = new CountDownLatch(1);
        private List<Batch> batches = new ArrayList<>();
        private long bytes;
        private StoreFailed failure;

        boolean isEmpty() {
            return batches.isEmpty();
        }

        /// A batch larger than the limit goes alone.
        boolean hasRoomFor(Batch batch) {
            return isEmpty()
                    || (batches.size() < QUEUED_BATCHES_MAX
                            && bytes + batch.bytes() <= QUEUED_BYTES_MAX);
        }

        void add(Batch batch) {
            batches.add(batch);
            bytes += batch.bytes();
        }

        /// A receipt may be kept for long; what it was for need not be.
        void end(StoreFailed reason) {
            failure = reason;
            batches = List.of();
            done.countDown();
        }

        @Override
        public void await() throws InterruptedException {
            done.await();
            if (failure != null) {
                throw new StoreFailed(failure.getMessage(), failure);
            }
        }
    }
}
