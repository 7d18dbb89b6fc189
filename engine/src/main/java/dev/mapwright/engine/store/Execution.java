package dev.mapwright.engine.store;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.util.Optional;

/// The record of one execution: what DescribeExecution shows, and what is needed to run it again.
///
/// @param machineArn without version or alias; for a child of a map run the labelled ARN
/// @param definitionId names the definition that it runs and goes on running after an
///     UpdateStateMachine
/// @param output present exactly when it succeeded
/// @param failure present when it failed, timed out or was aborted
public record Execution(
        String arn,
        String machineArn,
        String name,
        Type type,
        String definitionId,
        String roleArn,
        Json input,
        Status status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Json> output,
        Optional<Failure> failure,
        Optional<Child> child,
        Optional<Redriven> redriven,
        Optional<String> versionArn,
        Optional<String> aliasArn,
        Optional<String> traceHeader) {

    public enum Type {
        STANDARD,
        EXPRESS
    }

    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED,
        PENDING_REDRIVE;

        public boolean hasEnded() {
            return this != RUNNING && this != PENDING_REDRIVE;
        }
    }

    /// Where a child of a map run belongs.
    ///
    /// @param mapState the Map state whose processor it runs
    /// @param batch position among the run's children, from 0
    /// @param firstItem index of its first item in the dataset
    public record Child(
            String mapRunArn, String mapState, long batch, long firstItem, int itemCount) {}

    public record Redriven(int count, Instant at) {}

    public int redriveCount() {
        return redriven.map(Redriven::count).orElse(0);
    }

    /// Running again, under the same ARN. A STANDARD one keeps its start date, an EXPRESS one
    /// begins anew.
    public Execution redriven(Instant when) {
        var running = new Progress(
                Status.RUNNING,
                type == Type.EXPRESS ? when : startedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return with(running, Optional.of(new Redriven(redriveCount() + 1, when)));
    }

    public Execution ended(Status how, Instant when, Optional<Json> result, Optional<Failure> why) {
        return with(new Progress(how, startedAt, Optional.of(when), result, why), redriven);
    }

    /// As it is shown while it waits to be redriven; never stored like this.
    public Execution pendingRedrive() {
        return with(
                new Progress(Status.PENDING_REDRIVE, startedAt, endedAt, output, failure),
                redriven);
    }

    /// Characters of input and output: nearly all that one record takes more than another.
    public long payloadChars() {
        return input.text().length()
                + output.map(written -> written.text().length()).orElse(0);
    }

    /// What changes while it runs, each under the name that it has above.
    private record Progress(
            Status status,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Json> output,
            Optional<Failure> failure) {}

    private Execution with(Progress progress, Optional<Redriven> last) {
        return new Execution(
                arn,
                machineArn,
                name,
                type,
                definitionId,
                roleArn,
                input,
                progress.status,
                progress.startedAt,
                progress.endedAt,
                progress.output,
                progress.failure,
                child,
                last,
                versionArn,
                aliasArn,
                traceHeader);
    }
}
