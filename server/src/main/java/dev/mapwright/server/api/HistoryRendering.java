package dev.mapwright.server.api;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent;
import dev.mapwright.engine.journal.HistoryEvent.BranchesEnded;
import dev.mapwright.engine.journal.HistoryEvent.BranchesStarted;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionEnded;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionRedriven;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionStarted;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.IterationEnded;
import dev.mapwright.engine.journal.HistoryEvent.IterationStarted;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.MapRunEnded;
import dev.mapwright.engine.journal.HistoryEvent.MapRunRedriven;
import dev.mapwright.engine.journal.HistoryEvent.MapRunStarted;
import dev.mapwright.engine.journal.HistoryEvent.QueryFailed;
import dev.mapwright.engine.journal.HistoryEvent.StateAborted;
import dev.mapwright.engine.journal.HistoryEvent.StateEntered;
import dev.mapwright.engine.journal.HistoryEvent.StateExited;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskSubmitted;
import dev.mapwright.engine.journal.Note;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.server.awsjson.Members;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The one table from our event shapes to AWS's sixty-odd type names and their details:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
final class HistoryRendering {
    /// Whether inputs, outputs and parameters are shown: GetExecutionHistory's
    /// `includeExecutionData`.
    enum Payloads {
        SHOWN,
        LEFT_OUT
    }

    private final Payloads payloads;
    private final String region;

    HistoryRendering(Payloads payloads, String region) {
        this.payloads = payloads;
        this.region = region;
    }

    Members render(Recorded line) {
        Rendered event =
                switch (line.entry()) {
                    case HistoryEvent history -> render(history);
                    case Note note ->
                        throw new IllegalStateException("expected an event, found a note: " + note);
                };
        var members = new Members()
                .withTime("timestamp", line.at())
                .with("type", event.type())
                .with("id", line.eventId())
                .with("previousEventId", line.previousEventId());
        event.details().ifPresent(details -> members.with(detailsName(event), details));
        return members;
    }

    /// @param type AWS's type name
    /// @param details absent where AWS has none for this type
    private record Rendered(String type, Optional<Members> details) {
        static Rendered bare(String type) {
            return new Rendered(type, Optional.empty());
        }

        static Rendered of(String type, Members details) {
            return new Rendered(type, Optional.of(details));
        }
    }

    /// `TaskFailed` has `taskFailedEventDetails`; all states share `stateEnteredEventDetails`.
    private static String detailsName(Rendered event) {
        String type = event.type();
        String stem = type.endsWith("StateEntered")
                ? "stateEntered"
                : type.endsWith("StateExited") ? "stateExited" : decapitalized(type);
        return stem + "EventDetails";
    }

    private Rendered render(HistoryEvent event) {
        return switch (event) {
            case ExecutionStarted started ->
                Rendered.of(
                        "ExecutionStarted",
                        payload("input", started.input())
                                .with("roleArn", started.roleArn())
                                .with("stateMachineAliasArn", started.aliasArn())
                                .with("stateMachineVersionArn", started.versionArn()));
            case ExecutionRedriven redriven ->
                Rendered.of(
                        "ExecutionRedriven", new Members().with("redriveCount", redriven.count()));
            case ExecutionEnded ended -> execution(ended.ending());
            case StateEntered entered ->
                Rendered.of(
                        kind(entered.kind()) + "StateEntered",
                        new Members()
                                .with("name", entered.name())
                                .withAll(payload("input", entered.input())));
            case StateExited exited ->
                Rendered.of(kind(exited.kind()) + "StateExited", exitDetails(exited));
            case StateAborted aborted -> Rendered.bare(kind(aborted.kind()) + "StateAborted");
            case TaskScheduled scheduled -> scheduled(scheduled);
            case TaskNotStarted failed -> notStarted(failed);
            case TaskStarted started -> started(started);
            case TaskSubmitted submitted ->
                Rendered.of(
                        "TaskSubmitted",
                        resource(submitted.resourceType(), submitted.resource())
                                .withAll(payload("output", submitted.output())));
            case TaskEnded ended -> taskEnded(ended);
            case BranchesStarted started -> branchesStarted(started);
            case BranchesEnded ended ->
                Rendered.bare(kind(ended.kind()) + "State" + joined(ended.ending()));
            case IterationStarted started ->
                Rendered.of("MapIterationStarted", iteration(started.name(), started.index()));
            case IterationEnded ended ->
                Rendered.of(
                        "MapIteration" + joined(ended.ending()),
                        iteration(ended.name(), ended.index()));
            case MapRunStarted started ->
                Rendered.of("MapRunStarted", new Members().with("mapRunArn", started.mapRunArn()));
            case MapRunRedriven redriven ->
                Rendered.of(
                        "MapRunRedriven",
                        new Members()
                                .with("mapRunArn", redriven.mapRunArn())
                                .with("redriveCount", redriven.count()));
            case MapRunEnded ended -> mapRunEnded(ended.ending());
            case QueryFailed failed ->
                Rendered.of(
                        "EvaluationFailed",
                        failure(failed.failure())
                                .with("location", failed.location())
                                .with("state", failed.state()));
        };
    }

    private Rendered execution(Ending ending) {
        return Rendered.of(
                "Execution" + outcome(ending),
                switch (ending) {
                    case Ending.Succeeded succeeded -> payload("output", succeeded.output());
                    case Ending.Failed failed -> failure(failed.failure());
                    case Ending.TimedOut timedOut -> failure(timedOut.failure());
                    case Ending.Aborted aborted -> failure(aborted.failure());
                });
    }

    private Members exitDetails(StateExited exited) {
        var details = new Members()
                .with("name", exited.name())
                .withAll(payload("output", exited.output()));
        if (!exited.assigned().isEmpty() && payloads == Payloads.SHOWN) {
            var variables = new TreeMap<String, Object>();
            for (Map.Entry<String, Json> variable : exited.assigned().entrySet()) {
                variables.put(variable.getKey(), variable.getValue().text());
            }
            details.with("assignedVariables", variables)
                    .with("assignedVariablesDetails", notTruncated());
        }
        return details;
    }

    private Rendered scheduled(TaskScheduled task) {
        return switch (task.flavor()) {
            case TASK -> {
                var details = resource(task.resourceType(), task.resource()).with("region", region);
                if (payloads == Payloads.SHOWN) {
                    details.with("parameters", task.parameters().text());
                }
                yield Rendered.of(
                        "TaskScheduled",
                        details.with("timeoutInSeconds", task.timeoutSeconds())
                                .with("heartbeatInSeconds", task.heartbeatSeconds())
                                .withAll(credentials(task)));
            }
            case LAMBDA ->
                Rendered.of(
                        "LambdaFunctionScheduled",
                        new Members()
                                .with("resource", task.resource())
                                .withAll(payload("input", task.parameters()))
                                .with("timeoutInSeconds", task.timeoutSeconds())
                                .withAll(credentials(task)));
            case ACTIVITY ->
                Rendered.of(
                        "ActivityScheduled",
                        new Members()
                                .with("resource", task.resource())
                                .withAll(payload("input", task.parameters()))
                                .with("timeoutInSeconds", task.timeoutSeconds())
                                .with("heartbeatInSeconds", task.heartbeatSeconds()));
        };
    }

    private static Members credentials(TaskScheduled task) {
        var members = new Members();
        task.credentialsRoleArn()
                .ifPresent(role ->
                        members.with("taskCredentials", new Members().with("roleArn", role)));
        return members;
    }

    private static Rendered notStarted(TaskNotStarted task) {
        String stage =
                switch (task.stage()) {
                    case SCHEDULE -> "ScheduleFailed";
                    case START -> "StartFailed";
                    case SUBMIT -> "SubmitFailed";
                };
        return Rendered.of(
                flavor(task.flavor()) + stage,
                task.flavor() == Flavor.TASK
                        ? resource(task.resourceType(), task.resource())
                                .withAll(failure(task.failure()))
                        : failure(task.failure()));
    }

    private static Rendered started(TaskStarted task) {
        return switch (task.flavor()) {
            case TASK -> Rendered.of("TaskStarted", resource(task.resourceType(), task.resource()));
            case LAMBDA -> Rendered.bare("LambdaFunctionStarted");
            case ACTIVITY ->
                Rendered.of("ActivityStarted", new Members().with("workerName", task.workerName()));
        };
    }

    private Rendered taskEnded(TaskEnded task) {
        var details = task.flavor() == Flavor.TASK
                ? resource(task.resourceType(), task.resource())
                : new Members();
        return Rendered.of(
                flavor(task.flavor()) + outcome(task.ending()),
                details.withAll(
                        switch (task.ending()) {
                            case Ending.Succeeded succeeded ->
                                payload("output", succeeded.output());
                            case Ending.Failed failed -> failure(failed.failure());
                            // AWS calls a missed heartbeat so too.
                            case Ending.TimedOut _ -> new Members().with("error", "States.Timeout");
                            case Ending.Aborted aborted -> failure(aborted.failure());
                        }));
    }

    private static Rendered branchesStarted(BranchesStarted started) {
        return started.kind() == Kind.MAP
                ? Rendered.of("MapStateStarted", new Members().with("length", started.length()))
                : Rendered.bare(kind(started.kind()) + "StateStarted");
    }

    private static Rendered mapRunEnded(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> Rendered.bare("MapRunSucceeded");
            case Ending.Failed failed -> Rendered.of("MapRunFailed", failure(failed.failure()));
            // AWS has no type of its own for a run that the state's timeout ended.
            case Ending.TimedOut timedOut ->
                Rendered.of("MapRunFailed", failure(timedOut.failure()));
            case Ending.Aborted _ -> Rendered.bare("MapRunAborted");
        };
    }

    private Members payload(String name, Json data) {
        return payloads == Payloads.LEFT_OUT
                ? new Members()
                : new Members().with(name, data.text()).with(name + "Details", notTruncated());
    }

    private static Members notTruncated() {
        return new Members().with("truncated", false);
    }

    private static Members failure(Failure failure) {
        return new Members().with("error", failure.error()).with("cause", failure.cause());
    }

    private static Members resource(String type, String resource) {
        return new Members().with("resourceType", type).with("resource", resource);
    }

    private static Members iteration(String name, int index) {
        return new Members().with("name", name).with("index", index);
    }

    private static String kind(Kind kind) {
        return capitalized(kind.name());
    }

    private static String flavor(Flavor flavor) {
        return switch (flavor) {
            case TASK -> "Task";
            case LAMBDA -> "LambdaFunction";
            case ACTIVITY -> "Activity";
        };
    }

    private static String outcome(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> "Succeeded";
            case Ending.Failed _ -> "Failed";
            case Ending.TimedOut _ -> "TimedOut";
            case Ending.Aborted _ -> "Aborted";
        };
    }

    /// States and iterations have no type for a timeout: it is a failure.
    private static String joined(Ending ending) {
        return ending instanceof Ending.TimedOut ? "Failed" : outcome(ending);
    }

    private static String capitalized(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String decapitalized(String type) {
        return Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }
}
