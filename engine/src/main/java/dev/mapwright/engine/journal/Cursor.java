package dev.mapwright.engine.journal;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.HistoryEvent.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    private static final class Fold {
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
                            .forEach(Fold::keepEntryAndLastFork);
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

        private static void keepEntryAndLastFork(List<Recorded> visit) {
            int fork = -1;
            for (int i = 0; i < visit.size(); i++) {
                if (visit.get(i).entry() instanceof BranchesStarted) {
                    fork = i;
                }
            }
            int lastFork = fork;
            var kept = new ArrayList<Recorded>();
            for (int i = 0; i < visit.size(); i++) {
                switch (visit.get(i).entry()) {
                    case IterationStarted _, StateEntered _, StateExited _, Note.ItemsChosen _ ->
                        kept.add(visit.get(i));
                    case BranchesStarted _, MapRunStarted _ -> {
                        if (i >= lastFork) {
                            kept.add(visit.get(i));
                        }
                    }
                    case Entry _ -> {}
                }
            }
            visit.clear();
            visit.addAll(kept);
        }

        private static Map<String, Json> assign(
                Map<String, Json> before, Map<String, Json> assigned) {
            var after = new HashMap<>(before);
            after.putAll(assigned);
            return Map.copyOf(after);
        }
    }
}
