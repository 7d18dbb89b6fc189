package dev.mapwright.testkit.simulation;

import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.*;
import dev.mapwright.engine.journal.Note;
import dev.mapwright.engine.journal.Note.ForkFailed;
import dev.mapwright.engine.journal.Note.ItemsChosen;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What must hold of the journal of an execution that has ended.
final class HistoryRules {
    private final Execution execution;
    private final List<Recorded> journal;
    /// The state that a frame has entered and not left.
    private final Map<Frame, StateEntered> inside = new HashMap<>();
    /// The fork that a frame's state has open.
    private final Map<Frame, Recorded> forks = new HashMap<>();
    private final Set<Frame> openIterations = new HashSet<>();
    private final Map<Frame, Integer> widths = new HashMap<>();
    /// What has failed or was aborted, and goes on if the execution is redriven.
    private final Map<Frame, StateEntered> lostInside = new HashMap<>();
    private final Map<Frame, Recorded> lostForks = new HashMap<>();
    private final Set<Frame> lostIterations = new HashSet<>();

    private HistoryRules(Execution execution, List<Recorded> journal) {
        this.execution = execution;
        this.journal = journal;
    }

    static void check(Execution execution, List<Recorded> journal) {
        var rules = new HistoryRules(execution, journal);
        rules.checkNumbers();
        rules.checkEnding();
        rules.checkStructure();
    }

    private void checkNumbers() {
        long eventId = 0;
        long sequence = 0;
        for (Recorded line : journal) {
            sequence++;
            require(line.sequence() == sequence, line, "line %d expected".formatted(sequence));
            if (line.entry() instanceof Note) {
                require(line.eventId() == 0, line, "a note has an event id");
            } else {
                eventId++;
                require(line.eventId() == eventId, line, "event %d expected".formatted(eventId));
                require(
                        line.previousEventId() >= 0 && line.previousEventId() < eventId,
                        line,
                        "follows no event before it");
            }
        }
    }

    private void checkEnding() {
        Recorded last = journal.getLast();
        require(journal.getFirst().entry() instanceof ExecutionStarted, last, "no start");
        long endings = journal.stream()
                .filter(line -> line.entry() instanceof ExecutionEnded)
                .count();
        require(endings == 1 + execution.redriveCount(), last, endings + " endings");
        List<Integer> redrives = journal.stream()
                .filter(line -> line.entry() instanceof ExecutionRedriven)
                .map(line -> ((ExecutionRedriven) line.entry()).count())
                .toList();
        require(
                redrives.equals(IntStream.rangeClosed(1, execution.redriveCount())
                        .boxed()
                        .toList()),
                last,
                "redrives " + redrives);
        require(last.entry() instanceof ExecutionEnded, last, "the ending is not the last event");
        Ending ending = Cursor.fold(journal).ending().orElseThrow();
        Execution.Status folded =
                switch (ending) {
                    case Ending.Succeeded _ -> Execution.Status.SUCCEEDED;
                    case Ending.Failed _ -> Execution.Status.FAILED;
                    case Ending.TimedOut _ -> Execution.Status.TIMED_OUT;
                    case Ending.Aborted _ -> Execution.Status.ABORTED;
                };
        require(folded == execution.status(), last, "the record says " + execution.status());
        if (ending instanceof Ending.Succeeded(var output)) {
            require(
                    output.text().equals(execution.output().orElseThrow().text()),
                    last,
                    "the record's output is " + execution.output());
        }
    }

    private void checkStructure() {
        for (Recorded line : journal) {
            Frame frame = line.frame();
            switch (line.entry()) {
                case StateEntered entered -> {
                    require(!inside.containsKey(frame), line, "inside " + inside.get(frame));
                    requireOpenFork(line);
                    forgetLost(frame);
                    inside.put(frame, entered);
                }
                case StateExited exited -> {
                    requireInside(line, exited.name());
                    require(!forks.containsKey(frame), line, "leaves a fork open");
                    inside.remove(frame);
                    forgetLost(frame);
                }
                case StateAborted aborted -> {
                    require(inside.containsKey(frame), line, "is inside no state");
                    require(
                            inside.get(frame).kind() == aborted.kind(),
                            line,
                            "is inside " + inside.get(frame));
                    lose(frame);
                }
                case ItemsChosen chosen -> widths.put(frame, chosen.concurrency());
                case BranchesStarted _ -> {
                    require(!forks.containsKey(frame), line, "the fork before is still open");
                    requireInside(line, inside.get(frame).name());
                    forgetLost(frame);
                    forks.put(frame, line);
                }
                case ForkFailed _ -> {
                    loseStatesInside(frame);
                    requireNoIterations(line);
                    loseFork(frame);
                }
                case BranchesEnded ended -> {
                    if (ended.ending() instanceof Ending.Succeeded) {
                        require(forks.containsKey(frame), line, "there is no fork");
                        requireNoStates(line);
                        requireNoIterations(line);
                    }
                    loseFork(frame);
                }
                case IterationStarted _ -> {
                    require(openIterations.add(frame), line, "began before");
                    requireOpenFork(line);
                    requireWidth(line);
                }
                case IterationEnded ended -> {
                    require(openIterations.remove(frame), line, "is not open");
                    if (ended.ending() instanceof Ending.Succeeded) {
                        require(!inside.containsKey(frame), line, "is inside a state");
                    } else {
                        lostIterations.add(frame);
                    }
                }
                case TaskScheduled _,
                        TaskStarted _,
                        TaskSubmitted _,
                        TaskEnded _,
                        TaskNotStarted _ ->
                    require(inside.containsKey(frame), line, "is inside no state");
                case MapRunEnded ended -> {
                    if (!(ended.ending() instanceof Ending.Succeeded)) {
                        loseFork(frame);
                    }
                }
                case ExecutionRedriven _ -> findLost();
                case ExecutionStarted _,
                        ExecutionEnded _,
                        MapRunStarted _,
                        MapRunRedriven _,
                        QueryFailed _,
                        Note _ -> {}
            }
        }
        if (execution.status() == Execution.Status.SUCCEEDED) {
            require(
                    inside.isEmpty() && forks.isEmpty() && openIterations.isEmpty(),
                    journal.getLast(),
                    "left open: " + inside + forks + openIterations);
        }
    }

    private void lose(Frame frame) {
        lostInside.put(frame, inside.remove(frame));
        loseFork(frame);
    }

    private void loseFork(Frame frame) {
        Recorded fork = forks.remove(frame);
        if (fork != null) {
            lostForks.put(frame, fork);
        }
    }

    /// A frame that has gone on leaves what was inside it for good.
    private void forgetLost(Frame frame) {
        lostForks.remove(frame);
        lostInside.remove(frame);
        lostForks.keySet().removeIf(other -> other.isInside(frame));
        lostInside.keySet().removeIf(other -> other.isInside(frame));
        lostIterations.removeIf(other -> other.isInside(frame));
    }

    private void findLost() {
        inside.putAll(lostInside);
        forks.putAll(lostForks);
        openIterations.addAll(lostIterations);
        lostInside.clear();
        lostForks.clear();
        lostIterations.clear();
    }

    private void requireInside(Recorded line, String name) {
        StateEntered entered = inside.get(line.frame());
        require(entered != null && entered.name().equals(name), line, "is inside " + entered);
    }

    /// A branch's or iteration's event lies within its fork.
    private void requireOpenFork(Recorded line) {
        if (line.frame().outer().isPresent()) {
            Recorded fork = forks.get(line.frame().outer().get());
            require(
                    fork != null && fork.eventId() == line.frame().openedBy(),
                    line,
                    "its fork is over: " + fork);
        }
    }

    private void requireWidth(Recorded line) {
        Frame outer = line.frame().outer().orElseThrow();
        long open = openIterations.stream()
                .filter(frame -> frame.outer().orElseThrow().equals(outer))
                .count();
        int width = widths.getOrDefault(outer, 0);
        require(width == 0 || open <= width, line, open + " iterations in " + width + " places");
    }

    /// The state that has failed, and those that its siblings were in.
    private void loseStatesInside(Frame outer) {
        for (Frame frame : Set.copyOf(inside.keySet())) {
            if (frame.isInside(outer)) {
                lose(frame);
            }
        }
    }

    private void requireNoStates(Recorded line) {
        inside.forEach((frame, state) ->
                require(!frame.isInside(line.frame()), line, "left open: " + state));
    }

    private void requireNoIterations(Recorded line) {
        for (Frame frame : openIterations) {
            require(!frame.isInside(line.frame()), line, "iteration left open: " + frame);
        }
    }

    private void require(boolean holds, Recorded line, String otherwise) {
        Violation.unless(
                holds,
                "%s: line %d, event %d <- %d in %s, %s: %s",
                execution.arn(),
                line.sequence(),
                line.eventId(),
                line.previousEventId(),
                line.frame(),
                line.entry(),
                otherwise);
    }
}
