package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.Page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The life of executions: start, resume, stop, end. What the API's execution operations call.
public final class Executions {
    /// @param machineArn unqualified
    /// @param name absent: a UUID
    public record Start(
            String machineArn, Optional<String> name, Json input, Optional<String> traceHeader) {}

    /// Starts an execution and returns once its start is durable. STANDARD: the same name and input
    /// as one that is RUNNING gives that one.
    public Execution start(Start request) throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }

    /// Runs an EXPRESS execution to its end.
    public Execution startSync(Start request) throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }

    public Optional<Execution> find(String executionArn) {
        throw new UnsupportedOperationException("sketch");
    }

    public Page<Execution> list(ExecutionQuery query) {
        throw new UnsupportedOperationException("sketch");
    }

    /// History events (no notes) in order of their ids.
    ///
    /// @param fromEventId the first id of the page; with `Order.NEWEST_FIRST` counting down (0:
    ///     from the newest)
    public List<Recorded> history(String executionArn, Order order, long fromEventId, int limit) {
        throw new UnsupportedOperationException("sketch");
    }

    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /// Stops a STANDARD execution and returns when it has ended ABORTED, with its stop date. One
    /// that has already ended keeps its ending and gives its own stop date.
    public Instant stop(String executionArn, Failure why) throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }
}
