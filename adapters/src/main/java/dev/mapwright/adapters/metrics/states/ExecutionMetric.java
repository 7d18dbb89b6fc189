package dev.mapwright.adapters.metrics.states;

import java.util.List;
import java.util.stream.Stream;

/// What is counted of executions, by state machine and for the whole account.
enum ExecutionMetric {
    STARTED(MetricName.count("ExecutionsStarted")),
    SUCCEEDED(MetricName.count("ExecutionsSucceeded")),
    FAILED(MetricName.count("ExecutionsFailed")),
    TIMED_OUT(MetricName.count("ExecutionsTimedOut")),
    ABORTED(MetricName.count("ExecutionsAborted")),
    TIME(MetricName.milliseconds("ExecutionTime")),
    REDRIVEN(MetricName.count("ExecutionsRedriven")),
    REDRIVEN_SUCCEEDED(MetricName.count("RedrivenExecutionsSucceeded")),
    REDRIVEN_FAILED(MetricName.count("RedrivenExecutionsFailed")),
    REDRIVEN_TIMED_OUT(MetricName.count("RedrivenExecutionsTimedOut")),
    REDRIVEN_ABORTED(MetricName.count("RedrivenExecutionsAborted")),
    EXPRESS_BILLED_DURATION(MetricName.milliseconds("ExpressExecutionBilledDuration")),
    EXPRESS_BILLED_MEMORY(MetricName.bytes("ExpressExecutionBilledMemory"));

    static final List<MetricName> NAMES =
            Stream.of(values()).map(metric -> metric.name).toList();

    private final MetricName name;

    ExecutionMetric(MetricName name) {
        this.name = name;
    }
}
