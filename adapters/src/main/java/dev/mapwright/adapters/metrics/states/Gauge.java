package dev.mapwright.adapters.metrics.states;

/// What is looked at instead of counted; of the whole account.
public enum Gauge {
    OPEN_MAP_RUN_LIMIT("OpenMapRunLimit"),
    APPROXIMATE_OPEN_MAP_RUN_COUNT("ApproximateOpenMapRunCount"),
    /// Only while there is one.
    APPROXIMATE_MAP_RUN_BACKLOG_SIZE("ApproximateMapRunBacklogSize"),
    /// STANDARD executions, children of map runs included.
    OPEN_EXECUTION_COUNT("OpenExecutionCount"),
    OPEN_EXECUTION_LIMIT("OpenExecutionLimit");

    private final MetricName name;

    Gauge(String text) {
        this.name = MetricName.count(text);
    }

    public MetricName metric() {
        return name;
    }
}
