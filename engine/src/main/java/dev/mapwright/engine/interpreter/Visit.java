package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.QueryFailed;
import dev.mapwright.engine.journal.HistoryEvent.StateEntered;
import dev.mapwright.engine.journal.Recorded;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One stay in one state. A step that an earlier run recorded is returned, not repeated.
final class Visit {
    private static final String QUERY_ERROR = "States.QueryEvaluationError";

    private final Walk walk;
    private final State state;
    private final Json input;
    private final Deque<Recorded> replay;
    private final long enteredAfter;
    private final Recorded entered;
    private final Optional<TaskMeter> meter;
    private int retryCount;
    private Optional<String> taskToken = Optional.empty();

    Visit(Walk walk, State state, Json input, List<Recorded> recorded) {
        this.walk = walk;
        this.state = state;
        this.input = input;
        this.replay = new ArrayDeque<>(recorded);
        this.enteredAfter = walk.previousEventId();
        this.meter = state instanceof State.Task task
                ? Optional.of(new TaskMeter(walk.run().listener(), task.resource()))
                : Optional.empty();
        this.entered = replay.isEmpty()
                ? walk.record(new StateEntered(kind(), state.name(), input))
                : replayed(StateEntered.class);
    }

    /// A step that touches nothing outside: evaluate, then record.
    <E extends Entry> E once(Class<E> type, Step<E> step) throws StateFailed, InterruptedException {
        return type.cast(line(type, step).entry());
    }

    /// As `once`, with id and time of the line.
    <E extends Entry> Recorded line(Class<E> type, Step<E> step)
            throws StateFailed, InterruptedException {
        if (replay.isEmpty()) {
            Recorded recorded = walk.record(step.run());
            meter.ifPresent(clocks -> clocks.recorded(recorded));
            return recorded;
        }
        throwRecordedQueryFailure();
        return replayed(type);
    }

    /// A step that calls the outside world: commit the journal, call, then record the outcome.
    <E extends Entry> E effect(Class<E> type, Step<E> step)
            throws StateFailed, InterruptedException {
        return type.cast(effectLine(type, step).entry());
    }

    /// As `effect`, with id and time of the line.
    <E extends Entry> Recorded effectLine(Class<E> type, Step<E> step)
            throws StateFailed, InterruptedException {
        if (replay.isEmpty()) {
            walk.run().journal().commit();
            walk.run().checkDeadline();
        }
        return outcomeLine(type, step);
    }

    /// As `effect`, for a step of which the caller knows that the journal is durable so far. Does
    /// not wait before the step: even an interrupted visit comes to it.
    <E extends Entry> E outcome(Class<E> type, Step<E> step)
            throws StateFailed, InterruptedException {
        return type.cast(outcomeLine(type, step).entry());
    }

    private <E extends Entry> Recorded outcomeLine(Class<E> type, Step<E> step)
            throws StateFailed, InterruptedException {
        Recorded outcome = line(type, step);
        walk.run().journal().flush();
        return outcome;
    }

    /// An event that no later event of this flow follows.
    <E extends Entry> void leaf(Class<E> type, E event) {
        long before = walk.previousEventId();
        if (replay.isEmpty()) {
            walk.append(before, event);
        } else {
            replayed(type);
            walk.continueAfter(before);
        }
    }

    /// The recorded step that comes next, if it is of this type: taken off the replay, so that
    /// asking again gives the one after it.
    <E extends Entry> Optional<E> recorded(Class<E> type) {
        return isNext(type) ? Optional.of(type.cast(replayed(type).entry())) : Optional.empty();
    }

    /// Whether an earlier run recorded a step of this type as the next one.
    boolean isNext(Class<? extends Entry> type) {
        Recorded next = replay.peekFirst();
        return next != null && type.isInstance(next.entry());
    }

    /// Evaluates; a failure is recorded where AWS shows it, and thrown as the state's.
    <V> V evaluate(Evaluation<V> evaluation) throws StateFailed {
        throwRecordedQueryFailure();
        try {
            return evaluation.run();
        } catch (EvaluationFailed problem) {
            throw failed(problem);
        }
    }

    private void throwRecordedQueryFailure() throws StateFailed {
        Optional<QueryFailed> failed = recorded(QueryFailed.class);
        if (failed.isPresent()) {
            throw StateFailed.inField(failed.get().failure(), walk.previousEventId());
        }
    }

    /// The failure that a problem with one of the state's fields is, in AWS's words.
    StateFailed failed(EvaluationFailed problem) {
        Failure failure = Failure.of(problem.error(), prefix() + problem.detail());
        if (problem.error().equals(QUERY_ERROR)) {
            long after = kind() == Kind.WAIT ? entered.eventId() : enteredAfter;
            Recorded recorded =
                    walk.append(after, new QueryFailed(state.name(), problem.location(), failure));
            walk.continueAfter(recorded.eventId());
        }
        return StateFailed.inField(failure, walk.previousEventId());
    }

    /// States.Runtime with AWS's prefix.
    StateFailed runtime(String detail) {
        return failed(EvaluationFailed.runtime(detail));
    }

    String name() {
        return state.name();
    }

    /// Where in the definition this is, how many states came before, and which attempt.
    String path() {
        return walk.path() + ":" + state.name() + ":" + retryCount;
    }

    /// What AWS puts before the cause of every failure in a state's own fields.
    private String prefix() {
        return prefix(state.name(), entered.eventId());
    }

    static String prefix(String state, long enteredEventId) {
        return "An error occurred while executing the state '%s' (entered at the event id #%d). "
                .formatted(state, enteredEventId);
    }

    /// Refuses a payload over the quota.
    ///
    /// @param of what AWS names: the state, or the resource that returned it
    Json payload(Json value, String of) throws StateFailed {
        Optional<Failure> tooLarge = tooLarge(value, of);
        if (tooLarge.isPresent()) {
            throw StateFailed.inWork(tooLarge.get(), walk.previousEventId());
        }
        return value;
    }

    /// Refuses variables over the quotas.
    Map<String, Json> assigned(Map<String, Json> values) throws StateFailed {
        Optional<Failure> excess = AssignedSize.excess(
                state.name(), walk.variables(), values, walk.run().quotas());
        if (excess.isPresent()) {
            throw StateFailed.inWork(excess.get(), walk.previousEventId());
        }
        return values;
    }

    /// What a payload over the quota is to the state.
    Optional<Failure> tooLarge(Json value, String of) {
        return value.exceeds(walk.run().quotas().payloadBytesMax())
                ? Optional.of(Failure.of(
                        "States.DataLimitExceeded",
                        ("The state/task '%s' returned a result with a size exceeding the maximum number of bytes "
                                        + "service limit.")
                                .formatted(of)))
                : Optional.empty();
    }

    /// What the state's dataflow reads.
    Scope scope() {
        return scope(input, walk.item());
    }

    Scope scope(Json of, Optional<Map<String, Object>> item) {
        var world = walk.run().world();
        return new Scope(
                of,
                Optional.empty(),
                Optional.empty(),
                () -> context(item),
                walk.variables(),
                world.now(),
                world.random());
    }

    Json context(Optional<Map<String, Object>> item) {
        Optional<Integer> retries =
                switch (kind()) {
                    case TASK, PARALLEL, MAP -> Optional.of(retryCount);
                    case PASS, CHOICE, WAIT, SUCCEED, FAIL -> Optional.empty();
                };
        return walk.run().context().of(state.name(), entered.at(), retries, taskToken, item);
    }

    /// The token of the attempt under way becomes part of the context.
    void hold(String token) {
        taskToken = Optional.of(token);
    }

    void retried() {
        retryCount++;
    }

    Walk walk() {
        return walk;
    }

    Json input() {
        return input;
    }

    Instant enteredAt() {
        return entered.at();
    }

    int retryCount() {
        return retryCount;
    }

    long enteredEventId() {
        return entered.eventId();
    }

    Instant now() {
        return walk.run().world().now();
    }

    Kind kind() {
        return switch (state) {
            case State.Pass _ -> Kind.PASS;
            case State.Task _ -> Kind.TASK;
            case State.Choice _ -> Kind.CHOICE;
            case State.Wait _ -> Kind.WAIT;
            case State.Succeed _ -> Kind.SUCCEED;
            case State.Fail _ -> Kind.FAIL;
            case State.Parallel _ -> Kind.PARALLEL;
            case State.MapState _ -> Kind.MAP;
        };
    }

    private Recorded replayed(Class<? extends Entry> type) {
        Recorded next = replay.removeFirst();
        if (!type.isInstance(next.entry())) {
            throw new IllegalStateException("journal has %s, interpreter wants %s at %s, line %d"
                    .formatted(
                            next.entry().getClass().getSimpleName(),
                            type.getSimpleName(),
                            state.name(),
                            next.sequence()));
        }
        if (next.eventId() != 0) {
            walk.continueAfter(next.eventId());
        }
        meter.ifPresent(clocks -> clocks.replayed(next));
        return next;
    }

    interface Step<E> {
        E run() throws StateFailed, InterruptedException;
    }

    interface Evaluation<V> {
        V run() throws EvaluationFailed;
    }
}
