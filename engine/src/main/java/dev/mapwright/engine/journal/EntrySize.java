package dev.mapwright.engine.journal;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.HistoryEvent.*;
import dev.mapwright.engine.journal.Note.*;

/// How much memory a fact takes, about: the characters of the JSON that it holds. All else is
/// small.
public final class EntrySize {
    private EntrySize() {}

    public static long chars(Entry entry) {
        return switch (entry) {
            case ExecutionStarted started -> chars(started.input());
            case ExecutionEnded ended -> chars(ended.ending());
            case StateEntered entered -> chars(entered.input());
            case StateExited exited ->
                chars(exited.output())
                        + exited.assigned().values().stream()
                                .mapToLong(EntrySize::chars)
                                .sum();
            case TaskScheduled scheduled -> chars(scheduled.parameters());
            case TaskSubmitted submitted -> chars(submitted.output());
            case TaskEnded ended -> chars(ended.ending());
            case BranchesEnded ended -> chars(ended.ending());
            case IterationEnded ended -> chars(ended.ending());
            case MapRunEnded ended -> chars(ended.ending());
            case TaskAnswered answered -> chars(answered.ending());
            case JobStarted started -> chars(started.submitted());
            case ItemsChosen chosen -> chars(chosen.items());
            case ExecutionRedriven _,
                    StateAborted _,
                    TaskNotStarted _,
                    TaskStarted _,
                    BranchesStarted _,
                    IterationStarted _,
                    MapRunStarted _,
                    MapRunRedriven _,
                    QueryFailed _,
                    WakeAt _,
                    TokenIssued _,
                    ForkFailed _ -> 0;
        };
    }

    private static long chars(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded(Json output) -> chars(output);
            case Ending.Failed _, Ending.TimedOut _, Ending.Aborted _ -> 0;
        };
    }

    private static long chars(Json json) {
        return json.text().length();
    }
}
