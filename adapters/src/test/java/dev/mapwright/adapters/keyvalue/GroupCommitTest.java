package dev.mapwright.adapters.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.StoreFailed;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

class GroupCommitTest {
    private final Semaphore mayWrite = new Semaphore(0);
    private final List<Integer> groupSizes = new ArrayList<>();

    @Test
    void whatGathersDuringAWriteIsWrittenTogether() throws Exception {
        var commits = new GroupCommit(this::record);
        Receipt first = commits.write(batch(1));
        while (!mayWrite.hasQueuedThreads()) {
            Thread.sleep(1);
        }
        commits.write(batch(1));
        commits.write(batch(1));
        Receipt last = commits.write(batch(1));
        mayWrite.release(2);
        first.await();
        last.await();
        commits.close();
        assertEquals(List.of(1, 3), groupSizes);
    }

    @Test
    void aFullQueueHoldsItsWritersBack() throws Exception {
        var commits = new GroupCommit(this::record);
        commits.write(batch(1));
        while (!mayWrite.hasQueuedThreads()) {
            Thread.sleep(1);
        }
        commits.write(batch((int) GroupCommit.QUEUED_BYTES_MAX));
        var through = new CountDownLatch(1);
        Thread blocked = Thread.startVirtualThread(() -> {
            commits.write(batch(1));
            through.countDown();
        });
        assertFalse(through.await(50, java.util.concurrent.TimeUnit.MILLISECONDS));
        mayWrite.release(3);
        blocked.join();
        commits.close();
        assertEquals(List.of(1, 1, 1), groupSizes);
    }

    @Test
    void afterAFailedWriteEveryWriteIsToldWhy() throws Exception {
        var commits = new GroupCommit(_ -> {
            throw new StoreFailed(
                    "A write failed: No space left on device.", new RuntimeException());
        });
        Receipt receipt = commits.write(batch(1));
        assertEquals(
                "A write failed: No space left on device.",
                assertThrows(StoreFailed.class, receipt::await).getMessage());
        assertEquals(
                "A write failed: No space left on device.",
                assertThrows(StoreFailed.class, () -> commits.write(batch(1))).getMessage());
        commits.close();
    }

    @Test
    void closingWritesWhatWasHandedIn() {
        mayWrite.release(100);
        var commits = new GroupCommit(this::record);
        for (int i = 0; i < 50; i++) {
            commits.write(batch(1));
        }
        commits.close();
        assertEquals(50, groupSizes.stream().mapToInt(size -> size).sum());
    }

    private void record(List<Batch> group) {
        mayWrite.acquireUninterruptibly();
        groupSizes.add(group.size());
    }

    private static Batch batch(int bytes) {
        return new Batch().delete(NOWHERE, new byte[bytes]);
    }

    private static final Space NOWHERE = new Space() {
        @Override
        public java.util.Optional<byte[]> get(byte[] key) {
            return java.util.Optional.empty();
        }

        @Override
        public Scan scan(byte[] from, byte[] to, Direction direction) {
            throw new AssertionError("nobody scans here");
        }
    };
}
