package dev.mapwright.engine.maprun;

import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord.Counts;

/// Counts by outcome, of items and of children side by side. Part of a run's [Progress], and so a
/// fold over its journal; what has been read but not dispatched is pending and only known while the
/// run is in memory.
///
/// What waits to be redriven stays counted by the outcome that it had; so does what cannot be
/// redriven.
final class Tally {
    private final Column items = new Column();
    private final Column executions = new Column();

    /// So much of the dataset has been read. Reading it again, after a crash or to count ahead,
    /// counts nothing twice.
    void knowAtLeast(long itemCount, long batchCount) {
        items.known = Math.max(items.known, itemCount);
        executions.known = Math.max(executions.known, batchCount);
    }

    /// The dataset has been read to its end.
    void knowExactly(long itemCount, long batchCount) {
        items.known = Math.max(itemCount, items.started());
        executions.known = Math.max(batchCount, executions.started());
    }

    void dispatched(int itemCount) {
        items.running += itemCount;
        executions.running++;
        knowAtLeast(items.started(), executions.started());
    }

    void ended(Execution.Status how, int itemCount) {
        items.ended(how, itemCount);
        executions.ended(how, 1);
    }

    /// Nothing was ever dispatched, and the dataset is read anew.
    void forget() {
        items.known = 0;
        executions.known = 0;
    }

    /// All that did not succeed waits to be redriven.
    void redrive() {
        items.redrive();
        executions.redrive();
    }

    /// What waited runs again.
    ///
    /// @param before how it had ended
    void redispatched(Execution.Status before, int itemCount) {
        items.redispatched(before, itemCount);
        executions.redispatched(before, 1);
    }

    /// What waited cannot be redriven.
    void notRedrivable(int itemCount) {
        items.notRedrivable(itemCount);
        executions.notRedrivable(1);
    }

    /// The run is over.
    void nothingWaits() {
        items.pendingRedrive = 0;
        executions.pendingRedrive = 0;
    }

    /// How many children wait to be redriven.
    long pendingRedrive() {
        return executions.pendingRedrive;
    }

    /// What the tolerance counts: not what waits to be redriven. Children that the run itself
    /// stopped are aborted too, but then nobody asks any more.
    long failedItems() {
        return items.unsuccessful() - items.pendingRedrive;
    }

    long knownItems() {
        return items.known;
    }

    Counts items() {
        return items.counts(0);
    }

    Counts executions() {
        return executions.counts(0);
    }

    /// Once the results have been written: one entry for each child, whether it was started or not.
    Counts itemsWritten() {
        return items.counts(items.known);
    }

    Counts executionsWritten() {
        return executions.counts(executions.known);
    }

    void write(Encoder line) {
        items.write(line);
        executions.write(line);
    }

    void read(Decoder line) {
        items.read(line);
        executions.read(line);
    }

    void writeRedrive(Encoder line) {
        items.writeRedrive(line);
        executions.writeRedrive(line);
    }

    void readRedrive(Decoder line) {
        items.readRedrive(line);
        executions.readRedrive(line);
    }

    private static final class Column {
        private long known;
        private long running;
        private long succeeded;
        private long failed;
        private long timedOut;
        private long aborted;
        private long pendingRedrive;
        private long notRedrivable;

        private long started() {
            return running + succeeded + unsuccessful();
        }

        private long unsuccessful() {
            return failed + timedOut + aborted;
        }

        private void ended(Execution.Status how, int count) {
            running -= count;
            add(how, count);
        }

        private void redrive() {
            pendingRedrive = unsuccessful();
            notRedrivable = 0;
        }

        private void redispatched(Execution.Status before, int count) {
            pendingRedrive -= count;
            add(before, -count);
            running += count;
        }

        private void notRedrivable(int count) {
            pendingRedrive -= count;
            notRedrivable += count;
        }

        private void add(Execution.Status how, int count) {
            switch (how) {
                case SUCCEEDED -> succeeded += count;
                case FAILED -> failed += count;
                case TIMED_OUT -> timedOut += count;
                case ABORTED -> aborted += count;
                case RUNNING, PENDING_REDRIVE ->
                    throw new IllegalStateException(
                            "a child was reported as ended, but its status is " + how);
            }
        }

        private Counts counts(long resultsWritten) {
            return new Counts(
                    known - started(),
                    running,
                    succeeded,
                    failed,
                    timedOut,
                    aborted,
                    resultsWritten,
                    notRedrivable,
                    pendingRedrive);
        }

        private void write(Encoder line) {
            for (long count : new long[] {known, running, succeeded, failed, timedOut, aborted}) {
                line.number(count);
            }
        }

        private void read(Decoder line) {
            known = line.number();
            running = line.number();
            succeeded = line.number();
            failed = line.number();
            timedOut = line.number();
            aborted = line.number();
        }

        private void writeRedrive(Encoder line) {
            line.number(pendingRedrive);
            line.number(notRedrivable);
        }

        private void readRedrive(Decoder line) {
            pendingRedrive = line.number();
            notRedrivable = line.number();
        }
    }
}
