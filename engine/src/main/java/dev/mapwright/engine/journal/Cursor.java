package dev.mapwright.engine.journal;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.HistoryEvent.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Where an execution stands: a fold over its journal, holding what is needed to continue and no
/// more. The only code that knows what recovery and redrive mean.
///
/// @param input the execution's input
/// @param positions of the frames that are open, the root's among them once a state was entered
/// @param ending absent while the execution runs
/// @param sequence of the last line, and `eventId` of the last event: where the journal goes on
public record Cursor(
        Json input,
        Map<Frame, Position> positions,
        Optional<Ending> ending,
        long sequence,
        long eventId) {

    /// Before anything but the start was recorded.
    public static Cursor start(Json input) {
        return new Cursor(input, Map.of(), Optional.empty(), 1, 1);
    }

    public Optional<Position> position(Frame frame) {
        return Optional.ofNullable(positions.get(frame));
    }

    public static Cursor fold(Iterable<Recorded> journal) {
        var fold = new Fold();
        journal.forEach(fold::add);
        return fold.cursor();
    }

    /// Of a journal and the line that comes next.
    public static Cursor fold(Iterable<Recorded> journal, Recorded next) {
        var fold = new Fold();
        journal.forEach(fold::add);
        fold.add(next);
        return fold.cursor();
    }

    private static final class Fold {
        private static final Set<String> OF_DATA =
                Set.of("States.DataLimitExceeded", "States.Runtime", "States.QueryEvaluationError");

        private final Map<Frame, List<Recorded>> visits = new LinkedHashMap<>();
        private final Map<Frame, Map<String, Json>> variables = new HashMap<>();
        /// The output of an iteration's last state, for AWS's MapIterationSucceeded does not carry
        /// it.
        private final Map<Frame, Json> outputs = new HashMap<>();
        private Json input;
        private Optional<Ending> ending = Optional.empty();
        private long sequence;
        private long eventId;

        void add(Recorded line) {
            sequence = line.sequence();
            eventId = Math.max(eventId, line.eventId());
            Frame frame = line.frame();
            switch (line.entry()) {
                case ExecutionStarted started -> input = started.input();
                case ExecutionEnded ended -> ending = Optional.of(ended.ending());
                case ExecutionRedriven _ -> {
                    visits.values().stream()
                            .filter(Fold::isOpen)
                            .forEach(visit -> redrive(visit, line));
                    ending = Optional.empty();
                }
                case StateEntered _ -> visits.put(frame, new ArrayList<>(List.of(line)));
                case StateExited exited -> {
                    visit(frame).add(line);
                    variables.merge(frame, exited.assigned(), Fold::assign);
                    outputs.put(frame, exited.output());
                    dropInner(frame);
                }
                case BranchesStarted _ -> {
                    dropInner(frame);
                    visit(frame).add(line);
                }
                case StateAborted _,
                        TaskScheduled _,
                        TaskNotStarted _,
                        TaskStarted _,
                        TaskSubmitted _,
                        TaskEnded _,
                        BranchesEnded _,
                        IterationStarted _,
                        IterationEnded _,
                        MapRunStarted _,
                        MapRunRedriven _,
                        MapRunEnded _,
                        QueryFailed _,
                        Note _ -> visit(frame).add(line);
            }
        }

        Cursor cursor() {
            var positions = new LinkedHashMap<Frame, Position>();
            visits.forEach((frame, visit) -> positions.put(frame, position(frame, visit)));
            return new Cursor(
                    Objects.requireNonNull(input, "a journal starts with ExecutionStarted"),
                    positions,
                    ending,
                    sequence,
                    eventId);
        }

        private List<Recorded> visit(Frame frame) {
            return visits.computeIfAbsent(frame, _ -> new ArrayList<>());
        }

        /// The frames inside `frame` are over when its state exits or forks again, so the fold
        /// never grows with the history.
        private void dropInner(Frame frame) {
            if (visits.size() > 1) {
                visits.keySet().removeIf(other -> other.isInside(frame));
                variables.keySet().removeIf(other -> other.isInside(frame));
                outputs.keySet().removeIf(other -> other.isInside(frame));
            }
        }

        private Position position(Frame frame, List<Recorded> visit) {
            Recorded last = visit.getLast();
            Map<String, Json> own = variables.getOrDefault(frame, Map.of());
            return switch (last.entry()) {
                case StateExited exited ->
                    new Position.Between(exited.next(), exited.output(), own, last.eventId());
                case IterationEnded _ ->
                    new Position.Ended(last, outputs.getOrDefault(frame, Json.NULL));
                case IterationStarted _ -> new Position.Begun(last);
                case Entry _ -> new Position.Inside(List.copyOf(visit), own);
            };
        }

        /// AWS redrives a state that has an `Entered` event and no `Exited` event.
        private static boolean isOpen(List<Recorded> visit) {
            return switch (visit.getLast().entry()) {
                case StateExited _ -> false;
                case IterationEnded ended -> !(ended.ending() instanceof Ending.Succeeded);
                case Entry _ -> true;
            };
        }

        /// Keeps the entry and the last fork. A Map Run that is to be redriven, too, is followed by
        /// the line that says so.
        private void redrive(List<Recorded> visit, Recorded redriven) {
            int lastFork = Math.max(0, lastIndex(visit, BranchesStarted.class));
            int chosen = lastIndex(
                    lastFork == 0 ? visit : visit.subList(0, lastFork), Note.ItemsChosen.class);
            int mapRun = lastIndex(visit, MapRunStarted.class);
            int mapRunEnded = lastIndex(visit, MapRunEnded.class);
            MapRunFate fate = mapRun < lastFork
                    ? MapRunFate.NEW
                    : mapRunEnded < mapRun
                            ? MapRunFate.REDRIVEN
                            : fate(visit.subList(mapRunEnded, visit.size()));
            var kept = new ArrayList<Recorded>();
            for (int i = 0; i < visit.size(); i++) {
                boolean stays =
                        switch (visit.get(i).entry()) {
                            case IterationStarted _, StateEntered _, StateExited _ -> true;
                            case Note.ItemsChosen _ -> i == chosen;
                            case BranchesStarted _ -> i == lastFork;
                            case MapRunStarted _ -> i == mapRun && fate != MapRunFate.NEW;
                            case MapRunEnded _ -> i == mapRunEnded && fate == MapRunFate.KEPT;
                            case Entry _ -> false;
                        };
                if (stays) {
                    kept.add(visit.get(i));
                }
            }
            if (fate == MapRunFate.REDRIVEN) {
                kept.add(redriven);
            }
            visit.clear();
            visit.addAll(kept);
        }

        private enum MapRunFate {
            /// It goes on.
            REDRIVEN,
            /// It had succeeded before its state was aborted for another reason.
            KEPT,
            /// The state starts a new one.
            NEW
        }

        /// AWS does not redrive a Map Run that failed because of what the state made of its data:
        /// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
        ///
        /// @param sinceEnd the run's end and what came after it
        private MapRunFate fate(List<Recorded> sinceEnd) {
            return switch (((MapRunEnded) sinceEnd.getFirst().entry()).ending()) {
                case Ending.Succeeded _ -> wasAborted(sinceEnd) ? MapRunFate.KEPT : MapRunFate.NEW;
                case Ending.Failed(Failure failure) ->
                    failure.error().filter(OF_DATA::contains).isPresent()
                            ? MapRunFate.NEW
                            : MapRunFate.REDRIVEN;
                case Ending.TimedOut _, Ending.Aborted _ -> MapRunFate.REDRIVEN;
            };
        }

        private boolean wasAborted(List<Recorded> sinceEnd) {
            boolean nothingElse = sinceEnd.stream()
                    .skip(1)
                    .allMatch(line -> line.entry() instanceof BranchesEnded
                            || line.entry() instanceof StateAborted);
            boolean fromOutside = sinceEnd.getLast().entry() instanceof StateAborted
                    || ending.filter(how ->
                                    how instanceof Ending.Aborted || how instanceof Ending.TimedOut)
                            .isPresent();
            return nothingElse && fromOutside;
        }

        private static int lastIndex(List<Recorded> visit, Class<? extends Entry> type) {
            for (int i = visit.size() - 1; i >= 0; i--) {
                if (type.isInstance(visit.get(i).entry())) {
                    return i;
                }
            }
            return -1;
        }

        private static Map<String, Json> assign(
                Map<String, Json> before, Map<String, Json> assigned) {
            var after = new HashMap<>(before);
            after.putAll(assigned);
            return Map.copyOf(after);
        }
    }
}
