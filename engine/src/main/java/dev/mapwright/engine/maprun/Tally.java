package dev.mapwright.engine.maprun;

import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord.Counts;

/// Counts by outcome, of items and of children side by side. Part of a run's [Progress], and so a
/// fold over its journal; what has been read but not dispatched is pending and only known while the
/// run is in memory.
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

    /// What the tolerance counts. Children that the run itself stopped are aborted too, but then
    /// nobody asks any more.
    long failedItems() {
        return items.failed + items.timedOut + items.aborted;
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

    private static final class Column {
        private long known;
        private long running;
        private long succeeded;
        private long failed;
        private long timedOut;
        private long aborted;

        private long started() {
            return running + succeeded + failed + timedOut + aborted;
        }

        private void ended(Execution.Status how, int count) {
            running -= count;
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
                    0,
                    0);
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
    }
}
