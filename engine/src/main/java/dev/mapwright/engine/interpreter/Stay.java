package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.Catcher;
import dev.mapwright.asl.definition.Recovery;
import dev.mapwright.asl.definition.Rule;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.Until;
import dev.mapwright.asl.expression.Dataflow.Leaving;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.BranchesEnded;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.StateExited;
import dev.mapwright.engine.journal.Note.WakeAt;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each kind of state does between its entry and its exit.
final class Stay {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: an execution lasts
    /// a year at most.
    private static final Duration WAIT_MAX = Duration.ofDays(366);

    private final Visit visit;

    private Stay(Visit visit) {
        this.visit = visit;
    }

    static StateExited in(State state, Visit visit) throws StateFailed, InterruptedException {
        var stay = new Stay(visit);
        return switch (state) {
            case State.Pass pass -> stay.pass(pass);
            case State.Choice choice -> stay.choose(choice);
            case State.Wait wait -> stay.wait(wait);
            case State.Succeed succeed -> stay.leave(succeed, Optional.empty());
            case State.Fail fail -> throw stay.failing(fail);
            case State.Task task ->
                stay.recovering(
                        task, task.recovery(), new TaskAttempt(task, visit)::run, task.next());
            case State.Parallel parallel ->
                stay.recovering(
                        parallel,
                        parallel.recovery(),
                        new ParallelAttempt(parallel, visit)::run,
                        parallel.next());
            case State.MapState map ->
                stay.recovering(map, map.recovery(), MapAttempt.of(map, visit), map.next());
        };
    }

    private StateExited pass(State.Pass pass) throws StateFailed, InterruptedException {
        Scope scope = visit.scope();
        Leaving leaving = visit.evaluate(
                () -> pass.dataflow().leave(scope.withResult(pass.dataflow().arguments(scope))));
        return exit(pass, leaving, pass.next());
    }

    private StateExited choose(State.Choice choice) throws StateFailed, InterruptedException {
        Scope scope = visit.scope();
        Scope fields =
                visit.evaluate(() -> scope.withInput(choice.dataflow().effectiveInput(scope)));
        for (Rule rule : choice.rules()) {
            if (visit.evaluate(() -> rule.when().holds(fields))) {
                return exit(
                        choice,
                        visit.evaluate(() -> rule.dataflow().leave(scope)),
                        Optional.of(rule.next()));
            }
        }
        if (choice.otherwise().isEmpty()) {
            throw visit.runtime(
                    "Failed to transition out of the state. The state does not point to a next state.");
        }
        return leave(choice, choice.otherwise());
    }

    private StateExited wait(State.Wait wait) throws StateFailed, InterruptedException {
        WakeAt wake = visit.once(WakeAt.class, () -> new WakeAt(until(wait)));
        park(wake.time());
        return leave(wait, wait.next());
    }

    private Instant until(State.Wait wait) throws StateFailed {
        Scope scope = visit.scope();
        Scope fields = visit.evaluate(() -> scope.withInput(wait.dataflow().effectiveInput(scope)));
        Instant now = visit.now();
        Instant time =
                switch (wait.until()) {
                    case Until.Seconds(Expression seconds) -> {
                        var count = (Number)
                                visit.evaluate(() -> seconds.evaluate(fields)).value();
                        yield now.plusSeconds(
                                Math.min(count.longValue(), WAIT_MAX.toSeconds() + 1));
                    }
                    case Until.Timestamp(Expression timestamp) -> {
                        var text = (String)
                                visit.evaluate(() -> timestamp.evaluate(fields)).value();
                        yield OffsetDateTime.parse(text).toInstant();
                    }
                };
        if (time.isAfter(now.plus(WAIT_MAX))) {
            throw visit.runtime("Wait state delay is too long.");
        }
        return time;
    }

    private StateFailed failing(State.Fail fail) throws StateFailed {
        Scope scope = visit.scope();
        Scope fields = visit.evaluate(() -> scope.withInput(fail.dataflow().effectiveInput(scope)));
        Optional<String> error = text(fail.error(), fields);
        Optional<String> cause = text(fail.cause(), fields);
        return StateFailed.inWork(new Failure(error, cause), visit.walk().previousEventId());
    }

    private Optional<String> text(Optional<Expression> field, Scope scope) throws StateFailed {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of((String)
                        visit.evaluate(() -> field.get().evaluate(scope)).value());
    }

    private StateExited leave(State state, Optional<String> next)
            throws StateFailed, InterruptedException {
        Scope scope = visit.scope();
        return exit(state, visit.evaluate(() -> state.dataflow().leave(scope)), next);
    }

    private StateExited exit(State state, Leaving leaving, Optional<String> next)
            throws StateFailed, InterruptedException {
        Json output = visit.payload(leaving.output(), state.name());
        Map<String, Json> assigned = visit.assigned(leaving.assigned());
        return visit.once(
                StateExited.class,
                () -> new StateExited(visit.kind(), state.name(), output, assigned, next));
    }

    /// Works, and works again as Retry says, until an outcome stands.
    private StateExited recovering(
            State state, Recovery recovery, Attempt attempt, Optional<String> next)
            throws StateFailed, InterruptedException {
        List<Integer> used =
                new ArrayList<>(Collections.nCopies(recovery.retriers().size(), 0));
        while (true) {
            try {
                Json result = attempt.run();
                Scope scope = visit.scope().withResult(result);
                return exit(state, visit.evaluate(() -> state.dataflow().leave(scope)), next);
            } catch (StateFailed failed) {
                visit.walk().continueAfter(failed.eventId());
                switch (decide(recovery, failed, used)) {
                    case Recovery.Decision.RetryAfter(Duration delay, int retrier) -> {
                        park(visit.once(
                                        WakeAt.class,
                                        () -> new WakeAt(visit.now().plus(delay)))
                                .time());
                        used.set(retrier, used.get(retrier) + 1);
                        visit.retried();
                    }
                    case Recovery.Decision.GoTo(Catcher catcher) -> {
                        closeFork(failed);
                        Scope scope = visit.scope().withError(caught(failed.failure()));
                        Leaving leaving =
                                visit.evaluate(() -> catcher.dataflow().leave(scope));
                        return exit(state, leaving, Optional.of(catcher.next()));
                    }
                    case Recovery.Decision.GiveUp() -> {
                        closeFork(failed);
                        throw StateFailed.inWork(failed.failure(), visit.walk().previousEventId());
                    }
                }
            }
        }
    }

    /// A field of the state's own that is wrong ends the execution, whatever a catcher names.
    private Recovery.Decision decide(Recovery recovery, StateFailed failed, List<Integer> used) {
        return failed.isFatal()
                ? new Recovery.Decision.GiveUp()
                : recovery.decide(
                        failed.matched(), used, visit.walk().run().world().random());
    }

    /// AWS gives a catcher an empty cause where a timeout has none.
    private static Failure caught(Failure failure) {
        return failure.equals(ScheduledTask.TIMEOUT) ? Failure.of(failure.name(), "") : failure;
    }

    private void closeFork(StateFailed failed) throws StateFailed, InterruptedException {
        Kind kind = visit.kind();
        if ((kind == Kind.PARALLEL || kind == Kind.MAP) && failed.endsFork()) {
            visit.once(
                    BranchesEnded.class,
                    () -> new BranchesEnded(kind, new Ending.Failed(failed.failure())));
        }
    }

    /// Waits until `time`, having made durable how far it came.
    private void park(Instant time) throws InterruptedException {
        if (time.isAfter(visit.now())) {
            visit.walk().run().journal().commit();
            visit.walk().run().sleepUntil(time);
        }
    }

    /// One try at a state's work.
    interface Attempt {
        Json run() throws StateFailed, InterruptedException;
    }
}
