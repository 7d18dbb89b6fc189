package dev.mapwright.adapters.metrics.states;

import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.store.Execution;

import java.util.OptionalLong;

/// The gauges of one engine.
public final class EngineGauges implements Gauges {
    /// AWS's quota, reported so that alarms find it; nothing here is refused beyond it.
    /// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
    private static final long OPEN_EXECUTIONS_MAX = 1_000_000;

    private final Engine engine;

    public EngineGauges(Engine engine) {
        this.engine = engine;
    }

    @Override
    public OptionalLong now(Gauge gauge) {
        return switch (gauge) {
            case OPEN_MAP_RUN_LIMIT -> limit();
            case APPROXIMATE_OPEN_MAP_RUN_COUNT ->
                OptionalLong.of(engine.mapRuns().openCount());
            case APPROXIMATE_MAP_RUN_BACKLOG_SIZE -> backlog();
            case OPEN_EXECUTION_COUNT ->
                OptionalLong.of(engine.executions().openCount(Execution.Type.STANDARD));
            case OPEN_EXECUTION_LIMIT -> OptionalLong.of(OPEN_EXECUTIONS_MAX);
        };
    }

    /// Empty where as many runs as one likes can be open.
    private OptionalLong limit() {
        int limit = engine.settings().quotas().openMapRunsMax();
        return limit == Integer.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    private OptionalLong backlog() {
        int size = engine.mapRuns().backlogCount();
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
