package dev.mapwright.engine.journal;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

import java.util.Map;
import java.util.Optional;

/// What GetExecutionHistory shows. AWS has some sixty type names but about twenty shapes:
/// `StateEntered(MAP, …)` is rendered as `MapStateEntered`.
public sealed interface HistoryEvent extends Entry {
    record ExecutionStarted(
            Json input, String roleArn, Optional<String> aliasArn, Optional<String> versionArn)
            implements HistoryEvent {}

    record ExecutionRedriven(int count) implements HistoryEvent {}

    record ExecutionEnded(Ending ending) implements HistoryEvent {}

    record StateEntered(Kind kind, String name, Json input) implements HistoryEvent {}

    /// `next` is not shown by AWS; it makes leaving a state and choosing the next one a single
    /// fact.
    record StateExited(
            Kind kind, String name, Json output, Map<String, Json> assigned, Optional<String> next)
            implements HistoryEvent {}

    /// Rendered for TASK, WAIT, PARALLEL and MAP: `TaskStateAborted`, …
    record StateAborted(Kind kind) implements HistoryEvent {}

    record TaskScheduled(
            Flavor flavor,
            String resourceType,
            String resource,
            Json parameters,
            Optional<Long> timeoutSeconds,
            Optional<Long> heartbeatSeconds,
            Optional<String> credentialsRoleArn)
            implements HistoryEvent {}

    /// The attempt ended before there was anything to wait for: `TaskSubmitFailed` where the call
    /// that starts a job or hands out a token failed, `LambdaFunctionScheduleFailed`, …
    record TaskNotStarted(
            Flavor flavor, Stage stage, String resourceType, String resource, Failure failure)
            implements HistoryEvent {}

    record TaskStarted(
            Flavor flavor, String resourceType, String resource, Optional<String> workerName)
            implements HistoryEvent {}

    record TaskSubmitted(String resourceType, String resource, Json output)
            implements HistoryEvent {}

    /// Succeeded, failed or timed out: one recorded outcome per attempt.
    record TaskEnded(Flavor flavor, String resourceType, String resource, Ending ending)
            implements HistoryEvent {}

    /// `ParallelStateStarted`; `MapStateStarted` with the number of items (0 where an ItemReader
    /// reads them).
    record BranchesStarted(Kind kind, int length) implements HistoryEvent {}

    /// `ParallelStateSucceeded`, `MapStateFailed`, …; a success carries JSON null, for AWS shows no
    /// output here.
    record BranchesEnded(Kind kind, Ending ending) implements HistoryEvent {}

    record IterationStarted(String name, int index) implements HistoryEvent {}

    record IterationEnded(String name, int index, Ending ending) implements HistoryEvent {}

    record MapRunStarted(String mapRunArn) implements HistoryEvent {}

    record MapRunRedriven(String mapRunArn, int count) implements HistoryEvent {}

    /// A success carries the Map state's result, which AWS does not show at this event.
    record MapRunEnded(Ending ending) implements HistoryEvent {}

    /// `EvaluationFailed`.
    record QueryFailed(String state, Optional<String> location, Failure failure)
            implements HistoryEvent {}

    enum Kind {
        PASS,
        TASK,
        CHOICE,
        WAIT,
        SUCCEED,
        FAIL,
        PARALLEL,
        MAP
    }

    enum Flavor {
        TASK,
        LAMBDA,
        ACTIVITY
    }

    enum Stage {
        SCHEDULE,
        START,
        SUBMIT
    }
}
