package dev.mapwright.testkit.history;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.*;
import dev.mapwright.engine.journal.Note;
import dev.mapwright.engine.journal.Recorded;

import java.util.List;
import java.util.stream.Collectors;

/// Renders a journal's events one per line, `id <- previousEventId  Type  name`, notes left out.
public final class HistoryText {
    private HistoryText() {}

    public static String of(List<Recorded> journal) {
        return journal.stream()
                .filter(line -> line.eventId() != 0)
                .map(line -> "%d <- %d %s"
                        .formatted(line.eventId(), line.previousEventId(), text(line.entry()))
                        .strip())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String text(Entry entry) {
        return switch (entry) {
            case ExecutionStarted _ -> "ExecutionStarted";
            case ExecutionRedriven _ -> "ExecutionRedriven";
            case ExecutionEnded ended -> "Execution" + text(ended.ending());
            case StateEntered entered -> kind(entered.kind()) + "StateEntered " + entered.name();
            case StateExited exited -> kind(exited.kind()) + "StateExited " + exited.name();
            case StateAborted aborted -> kind(aborted.kind()) + "StateAborted";
            case TaskScheduled scheduled ->
                flavor(scheduled.flavor()) + "Scheduled " + scheduled.resource();
            case TaskNotStarted notStarted ->
                flavor(notStarted.flavor()) + stage(notStarted.stage()) + "Failed";
            case TaskStarted started -> flavor(started.flavor()) + "Started";
            case TaskSubmitted _ -> "TaskSubmitted";
            case TaskEnded ended -> flavor(ended.flavor()) + text(ended.ending());
            case BranchesStarted started -> kind(started.kind()) + "StateStarted";
            case BranchesEnded ended -> kind(ended.kind()) + "State" + text(ended.ending());
            case IterationStarted started -> "MapIterationStarted " + started.index();
            case IterationEnded ended ->
                "MapIteration" + text(ended.ending()) + " " + ended.index();
            case MapRunStarted _ -> "MapRunStarted";
            case MapRunRedriven _ -> "MapRunRedriven";
            case MapRunEnded ended -> "MapRun" + text(ended.ending());
            case QueryFailed failed -> "EvaluationFailed " + failed.state();
            case Note note -> note.toString();
        };
    }

    private static String stage(Stage stage) {
        return switch (stage) {
            case SCHEDULE -> "Schedule";
            case START -> "Start";
            case SUBMIT -> "Submit";
        };
    }

    private static String text(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> "Succeeded";
            case Ending.Failed _ -> "Failed";
            case Ending.TimedOut _ -> "TimedOut";
            case Ending.Aborted _ -> "Aborted";
        };
    }

    private static String flavor(Flavor flavor) {
        return switch (flavor) {
            case TASK -> "Task";
            case LAMBDA -> "LambdaFunction";
            case ACTIVITY -> "Activity";
        };
    }

    private static String kind(Kind kind) {
        String name = kind.name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
