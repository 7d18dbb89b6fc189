package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.StateEntered;
import dev.mapwright.engine.journal.HistoryEvent.StateExited;
import dev.mapwright.engine.journal.Position;
import dev.mapwright.engine.journal.Recorded;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One flow of control on its way from state to state: the execution itself, a Parallel branch, or
/// an inline Map iteration. Knows which event the next one follows.
final class Walk {
    private final Interpreter.Run run;
    private final StateMachine machine;
    private final Cursor from;
    private final Frame frame;
    private final Optional<Map<String, Object>> item;
    private final String path;
    private Variables variables;
    private long previousEventId;
    private int visitCount;
    private Optional<Kind> open = Optional.empty();
    private Optional<Fork> openFork = Optional.empty();
    private boolean hasOpenMapRun;

    private Walk(
            Interpreter.Run run,
            StateMachine machine,
            Cursor from,
            Frame frame,
            Optional<Map<String, Object>> item,
            String path,
            Variables variables,
            long previousEventId) {
        this.run = run;
        this.machine = machine;
        this.from = from;
        this.frame = frame;
        this.item = item;
        this.path = path;
        this.variables = variables;
        this.previousEventId = previousEventId;
    }

    /// AWS links the first state to no event: its previousEventId is 0, not 1.
    static Walk root(Interpreter.Run run, StateMachine machine, Cursor from) {
        return new Walk(run, machine, from, Frame.ROOT, Optional.empty(), "", Variables.NONE, 0);
    }

    /// A branch or iteration of `fork`.
    Walk inner(
            StateMachine branch,
            Fork fork,
            int index,
            Optional<Map<String, Object>> item,
            long after) {
        return new Walk(
                run,
                branch,
                from,
                frame.inner(fork.openedBy(), index),
                item.or(() -> this.item),
                fork.path() + "/" + index,
                variables.inner(),
                after);
    }

    /// Goes on from where the journal left this frame, or begins with the execution's input.
    Json toEnd() throws StateFailed, InterruptedException {
        return toEnd(from.input());
    }

    /// Goes on from where the journal left this frame, or begins with `input`.
    Json toEnd(Json input) throws StateFailed, InterruptedException {
        Optional<Position> position = from.position(frame);
        if (position.isEmpty()) {
            return walk(machine.startAt(), input, List.of());
        }
        return switch (position.get()) {
            case Position.Begun(Recorded started) -> {
                previousEventId = started.eventId();
                yield walk(machine.startAt(), input, List.of());
            }
            case Position.Inside(List<Recorded> visit, Map<String, Json> own) -> {
                variables = variables.assign(own);
                yield resume(visit);
            }
            case Position.Between(
                    Optional<String> next,
                    Json output,
                    Map<String, Json> own,
                    long exitedBy) -> {
                variables = variables.assign(own);
                previousEventId = exitedBy;
                yield next.isPresent() ? walk(next.get(), output, List.of()) : output;
            }
            case Position.Ended(Recorded ended, Json output) -> {
                previousEventId = ended.previousEventId();
                yield output;
            }
        };
    }

    private Json resume(List<Recorded> visit) throws StateFailed, InterruptedException {
        Recorded first = visit.getFirst();
        if (!(first.entry() instanceof StateEntered entered)) {
            throw new IllegalStateException(
                    "journal has %s, interpreter wants StateEntered, line %d"
                            .formatted(first.entry().getClass().getSimpleName(), first.sequence()));
        }
        previousEventId = first.previousEventId();
        return walk(entered.name(), entered.input(), visit);
    }

    private Json walk(String startAt, Json input, List<Recorded> recorded)
            throws StateFailed, InterruptedException {
        String name = startAt;
        Json at = input;
        List<Recorded> replay = recorded;
        while (true) {
            if (replay.isEmpty()) {
                run.checkDeadline();
                run.checkMachine();
            }
            State state = machine.state(name);
            visitCount++;
            var visit = new Visit(this, state, at, replay);
            open = Optional.of(visit.kind());
            StateExited exited = Stay.in(state, visit);
            open = Optional.empty();
            variables = variables.assign(exited.assigned());
            if (exited.next().isEmpty()) {
                return exited.output();
            }
            name = exited.next().get();
            at = exited.output();
            replay = List.of();
        }
    }

    /// Records an event or note and makes it the one that the next event follows.
    Recorded record(Entry entry) {
        Recorded recorded = append(previousEventId, entry);
        if (recorded.eventId() != 0) {
            previousEventId = recorded.eventId();
        }
        return recorded;
    }

    /// Records an event without making it the one that others follow.
    Recorded append(long after, Entry entry) {
        return run.journal().append(frame, after, entry);
    }

    void continueAfter(long eventId) {
        previousEventId = eventId;
    }

    Interpreter.Run run() {
        return run;
    }

    Frame frame() {
        return frame;
    }

    /// The states on the way to the one that it is in, through all forks around it: the same in
    /// every run that begins at the execution's start, however branches overtake each other.
    String path() {
        return path + "/" + visitCount;
    }

    void opens(Fork fork) {
        openFork = Optional.of(fork);
    }

    void closesFork() {
        openFork = Optional.empty();
    }

    /// What its state runs side by side at the moment.
    Optional<Fork> openFork() {
        return openFork;
    }

    void opensMapRun() {
        hasOpenMapRun = true;
    }

    void closesMapRun() {
        hasOpenMapRun = false;
    }

    /// Whether its state waits for a Map Run.
    boolean hasOpenMapRun() {
        return hasOpenMapRun;
    }

    Optional<Map<String, Object>> item() {
        return item;
    }

    Variables variables() {
        return variables;
    }

    long previousEventId() {
        return previousEventId;
    }

    /// Where this frame stood when the journal was read; empty for a frame that began since.
    Optional<Position> recordedPosition() {
        return from.position(frame);
    }

    /// Whether the journal already has this frame's first state.
    boolean hasEntered() {
        return recordedPosition()
                .filter(position -> !(position instanceof Position.Begun))
                .isPresent();
    }

    /// The event that ended this iteration, where the journal already has it.
    Optional<Long> recordedEnding() {
        return recordedPosition()
                .filter(Position.Ended.class::isInstance)
                .map(position -> ((Position.Ended) position).ended().eventId());
    }

    /// The kind of the state that was entered and not left.
    Optional<Kind> open() {
        return open;
    }
}
