package dev.mapwright.engine.store;

import java.util.Optional;

/// Which executions to list, newest start first: those of one machine (children of its map runs are
/// not among them), or the children of one map run.
public record ExecutionQuery(
        Of of, Optional<Execution.Status> status, int limit, Optional<String> pageToken) {
    public sealed interface Of {
        record Machine(String machineArn) implements Of {}

        record MapRun(String mapRunArn) implements Of {}
    }
}
