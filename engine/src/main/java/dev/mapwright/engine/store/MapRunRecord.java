package dev.mapwright.engine.store;

import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.util.Optional;

/// The record of one map run: what DescribeMapRun shows once it has ended, and what is needed to go
/// on with it.
///
/// @param machineArn the labelled state machine ARN, which is its children's
/// @param mapState name of the Map state
/// @param plan everything evaluated once when the run began: dataset, batch limits, batch input,
///     writer
/// @param items counts of items, and `executions` counts of children; as of the last time the
///     record was written
public record MapRunRecord(
        String arn,
        String executionArn,
        String machineArn,
        String mapState,
        Execution.Type childType,
        Status status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Settings settings,
        Json plan,
        Counts items,
        Counts executions,
        Optional<Execution.Redriven> redriven) {

    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED
    }

    /// What UpdateMapRun can change. `maxConcurrency` 0 means no limit but the quota's.
    public record Settings(
            int maxConcurrency,
            Optional<Long> toleratedFailureCount,
            Optional<Double> toleratedFailurePercentage) {}

    /// Whether children of it may run. Those of one that was aborted may have been left to finish.
    public boolean mayHaveRunningChildren() {
        return status == Status.RUNNING || executions.running() > 0;
    }

    public int redriveCount() {
        return redriven.map(Execution.Redriven::count).orElse(0);
    }

    /// Running again, under the same ARN and start date.
    public MapRunRecord redriven(Execution.Redriven last) {
        return new MapRunRecord(
                arn,
                executionArn,
                machineArn,
                mapState,
                childType,
                Status.RUNNING,
                startedAt,
                Optional.empty(),
                settings,
                plan,
                items,
                executions,
                Optional.of(last));
    }

    /// total = pending + running + succeeded + failed + timedOut + aborted, at every moment.
    public record Counts(
            long pending,
            long running,
            long succeeded,
            long failed,
            long timedOut,
            long aborted,
            long resultsWritten,
            long failuresNotRedrivable,
            long pendingRedrive) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

        public long total() {
            return pending + running + succeeded + failed + timedOut + aborted;
        }
    }
}
