package dev.mapwright.adapters.metrics.states;

import dev.mapwright.engine.journal.HistoryEvent.Flavor;

import java.util.List;
import java.util.stream.Stream;

/// What is counted of tasks, by resource. Functions, activities and integrations have the same
/// metrics under names of their own.
enum TaskMetric {
    SCHEDULED("Scheduled"),
    STARTED("Started"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    TIMED_OUT("TimedOut"),
    /// Of activities only.
    HEARTBEAT_TIMED_OUT("HeartbeatTimedOut"),
    SCHEDULE_TIME("ScheduleTime"),
    RUN_TIME("RunTime"),
    TIME("Time");

    private final String ending;

    TaskMetric(String ending) {
        this.ending = ending;
    }

    static List<MetricName> names(Flavor flavor) {
        return Stream.of(values()).map(metric -> metric.name(flavor)).toList();
    }

    private MetricName name(Flavor flavor) {
        return switch (this) {
            case SCHEDULED, STARTED, SUCCEEDED, FAILED, TIMED_OUT, HEARTBEAT_TIMED_OUT ->
                MetricName.count(plural(flavor) + ending);
            case SCHEDULE_TIME, RUN_TIME, TIME ->
                MetricName.milliseconds(singular(flavor) + ending);
        };
    }

    private static String plural(Flavor flavor) {
        return switch (flavor) {
            case LAMBDA -> "LambdaFunctions";
            case ACTIVITY -> "Activities";
            case TASK -> "ServiceIntegrations";
        };
    }

    private static String singular(Flavor flavor) {
        return switch (flavor) {
            case LAMBDA -> "LambdaFunction";
            case ACTIVITY -> "Activity";
            case TASK -> "ServiceIntegration";
        };
    }

    static String dimension(Flavor flavor) {
        return switch (flavor) {
            case LAMBDA -> "LambdaFunctionArn";
            case ACTIVITY -> "ActivityArn";
            case TASK -> "ServiceIntegrationResourceArn";
        };
    }
}
