package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.interpreter.Halt;
import dev.mapwright.engine.interpreter.Interpreter;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionEnded;
import dev.mapwright.engine.journal.Journal;
import dev.mapwright.engine.journal.LeaseLost;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.StoreFailed;
import dev.mapwright.engine.world.World;

import java.lang.System.Logger;
import java.util.Optional;

/// What lies between an execution's start and the record of its end, on whatever strand.
record Lives(World world, Definitions definitions, Interpreter interpreter) {
    private static final Logger LOG = System.getLogger(Lives.class.getName());

    /// The record at the end, with which the journal's last lines are yet to be stored; empty when
    /// the execution goes on elsewhere or later.
    Optional<Execution> toEnd(Execution execution, Cursor from, Journal journal, Halt halt) {
        return ending(execution, from, journal, halt).map(ending -> ended(execution, ending));
    }

    private Optional<Ending> ending(Execution execution, Cursor from, Journal journal, Halt halt) {
        try {
            return Optional.of(interpreter.run(
                    definitions.program(execution), execution, from, journal, halt));
        } catch (InterruptedException shutdown) {
            return Optional.empty();
        } catch (LeaseLost lost) {
            LOG.log(
                    Logger.Level.WARNING,
                    "{0} is run elsewhere now: {1}",
                    execution.arn(),
                    lost.getMessage());
            return Optional.empty();
        } catch (StoreFailed known) {
            return Optional.empty();
        } catch (RuntimeException broken) {
            LOG.log(Logger.Level.ERROR, "internal error in " + execution.arn(), broken);
            var ending =
                    new Ending.Failed(Failure.of("States.Runtime", "Internal error: " + broken));
            journal.append(Frame.ROOT, 0, new ExecutionEnded(ending));
            return Optional.of(ending);
        }
    }

    private Execution ended(Execution execution, Ending ending) {
        return switch (ending) {
            case Ending.Succeeded(Json output) ->
                execution.ended(
                        Status.SUCCEEDED, world.now(), Optional.of(output), Optional.empty());
            case Ending.Failed(Failure failure) -> failed(execution, Status.FAILED, failure);
            case Ending.TimedOut(Failure failure) -> failed(execution, Status.TIMED_OUT, failure);
            case Ending.Aborted(Failure failure) -> failed(execution, Status.ABORTED, failure);
        };
    }

    private Execution failed(Execution execution, Status how, Failure failure) {
        return execution.ended(how, world.now(), Optional.empty(), Optional.of(failure));
    }
}
