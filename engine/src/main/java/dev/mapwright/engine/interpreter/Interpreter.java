package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionEnded;
import dev.mapwright.engine.journal.HistoryFull;
import dev.mapwright.engine.journal.Journal;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.Callbacks;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskListener;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Runs one execution from wherever its journal left off. Starting, recovering, waking and
/// redriving are this one call.
public final class Interpreter {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
    private static final Duration EXPRESS_DURATION_MAX = Duration.ofMinutes(5);

    private final World world;
    private final Integrations integrations;
    private final MapRunHost mapRuns;
    private final Place place;
    private final Callbacks callbacks;
    private final TaskListener listener;
    private final Quotas quotas;

    public Interpreter(
            World world,
            Integrations integrations,
            Callbacks callbacks,
            MapRunHost mapRuns,
            Place place,
            TaskListener listener,
            Quotas quotas) {
        this.world = world;
        this.integrations = integrations;
        this.callbacks = callbacks;
        this.listener = listener;
        this.mapRuns = mapRuns;
        this.place = place;
        this.quotas = quotas;
    }

    /// Runs to the end and appends it to the journal as the last event, still uncommitted.
    ///
    /// @param halt says why, when the calling strand is interrupted
    /// @throws InterruptedException when the process shuts down: nothing was recorded, a later call
    ///     goes on
    public Ending run(
            StateMachine machine, Execution execution, Cursor from, Journal journal, Halt halt)
            throws InterruptedException {
        Run run = new Run(
                world,
                integrations,
                callbacks,
                mapRuns,
                place,
                quotas,
                execution,
                new ContextObject(execution),
                journal,
                halt,
                deadline(machine, execution),
                listener);
        Walk walk = Walk.root(run, machine, from);
        Last last = last(walk, halt);
        journal.append(Frame.ROOT, last.previousEventId(), new ExecutionEnded(last.ending()));
        return last.ending();
    }

    /// How an execution ends, and after which event.
    private record Last(Ending ending, long previousEventId) {}

    private static Last last(Walk walk, Halt halt) throws InterruptedException {
        try {
            Json output = walk.toEnd();
            return new Last(new Ending.Succeeded(output), walk.previousEventId());
        } catch (StateFailed failed) {
            return new Last(new Ending.Failed(failed.failure()), failed.eventId());
        } catch (HistoryFull | MachineDeleted broken) {
            var failure = Failure.of("States.Runtime", broken.getMessage());
            return new Last(new Ending.Failed(failure), walk.previousEventId());
        } catch (DeadlinePassed _) {
            var timeout = Failure.of("States.Timeout");
            return new Last(new Ending.TimedOut(timeout), walk.previousEventId());
        } catch (InterruptedException interrupted) {
            return switch (halt.why().orElseThrow(() -> interrupted)) {
                case Interruption.Stopped(Failure failure) ->
                    new Last(new Ending.Aborted(failure), 0);
                case Interruption.ShuttingDown _ -> throw interrupted;
            };
        }
    }

    /// An EXPRESS execution that a crash cut off begins anew, and so does its time: it may have
    /// been cut off late, or the engine may have been away for longer than it may take.
    private Instant deadline(StateMachine machine, Execution execution) {
        return switch (execution.type()) {
            case STANDARD -> {
                Instant begun = execution
                        .redriven()
                        .map(Execution.Redriven::at)
                        .orElse(execution.startedAt());
                yield machine.timeout().map(begun::plus).orElse(Instant.MAX);
            }
            case EXPRESS -> {
                Duration own = machine.timeout().orElse(EXPRESS_DURATION_MAX);
                Duration shorter =
                        own.compareTo(EXPRESS_DURATION_MAX) < 0 ? own : EXPRESS_DURATION_MAX;
                yield world.now().plus(shorter);
            }
        };
    }

    /// What all walks of one execution share.
    record Run(
            World world,
            Integrations integrations,
            Callbacks callbacks,
            MapRunHost mapRuns,
            Place place,
            Quotas quotas,
            Execution execution,
            ContextObject context,
            Journal journal,
            Halt halt,
            Instant deadline,
            TaskListener listener) {

        void checkDeadline() {
            if (deadline != Instant.MAX && !world.now().isBefore(deadline)) {
                throw new DeadlinePassed();
            }
        }

        void checkMachine() {
            if (halt.isMachineDeleted()) {
                throw new MachineDeleted(ContextObject.machineName(execution.machineArn()));
            }
        }

        /// Sleeps, or fails with DeadlinePassed when the execution's own time is up before.
        void sleepUntil(Instant time) throws InterruptedException {
            if (time.isAfter(deadline)) {
                world.sleepUntil(deadline);
                throw new DeadlinePassed();
            }
            world.sleepUntil(time);
        }

        /// The next message, or empty once `until` has passed; or fails with DeadlinePassed when
        /// the execution's own time is up before.
        <T> Optional<T> take(Inbox<T> inbox, Instant until) throws InterruptedException {
            return await(inbox::take, until);
        }

        /// What there is by `until`, or empty; or fails with DeadlinePassed when the execution's
        /// own time is up before.
        <T, E extends Exception> Optional<T> await(Awaited<T, E> awaited, Instant until)
                throws E, InterruptedException {
            if (!until.isAfter(deadline)) {
                return awaited.by(until);
            }
            Optional<T> value = awaited.by(deadline);
            if (value.isEmpty()) {
                throw new DeadlinePassed();
            }
            return value;
        }
    }

    /// Something to wait for, but not longer than up to a time: empty once that has passed.
    interface Awaited<T, E extends Exception> {
        Optional<T> by(Instant until) throws E, InterruptedException;
    }
}
