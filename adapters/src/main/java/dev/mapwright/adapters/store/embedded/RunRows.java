package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.engine.store.Execution.Status;

import java.util.Arrays;
import java.util.List;

/// Where the children of one run lie.
///
///     records   c run batch 0     → what it started with
///     records   k run 0 last      → the same of several
///     records   c run batch 1     → its progress, once it is more than having started
///     records   k run 1 last      → the same of several
///     index     t run status batch → nothing, once it has ended, or when it runs once more
///     index     u run status last  → the same of several
///
/// @param outcomes by status
record RunRows(long run, Rows started, Rows progress, List<Rows> outcomes) {
    private static final int STARTED = 0;
    private static final int PROGRESS = 1;

    static RunRows of(long run, Space records, Space index) {
        return new RunRows(
                run,
                kind(run, STARTED, records),
                kind(run, PROGRESS, records),
                Arrays.stream(Status.values())
                        .map(status -> new Rows(
                                index,
                                Key.of('t').number(run).octet(status.ordinal()),
                                new byte[0],
                                Key.of('u').number(run).octet(status.ordinal())))
                        .toList());
    }

    private static Rows kind(long run, int kind, Space records) {
        return new Rows(
                records,
                Children.key(run),
                new byte[] {(byte) kind},
                Key.of('k').number(run).octet(kind));
    }

    Rows outcome(Status status) {
        return outcomes.get(status.ordinal());
    }

    static void drop(long run, Space records, Space index, Batch write) {
        drop(Children.key(run), records, write);
        drop(Key.of('k').number(run), records, write);
        drop(Key.of('t').number(run), index, write);
        drop(Key.of('u').number(run), index, write);
    }

    private static void drop(Key prefix, Space space, Batch write) {
        write.deleteRange(space, prefix.bytes(), prefix.end());
    }
}
