package dev.mapwright.testkit.interpreter;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Definitions.NewMachine;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.ResultWriter;
import dev.mapwright.engine.maprun.WriteFailed;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.world.World;
import dev.mapwright.testkit.history.HistoryText;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An engine for tests, without files: state input in, results out.
final class Machines {
    static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

    /// More than any test has.
    private static final int RUNS_MAX = 100;

    private static final int CHILDREN_MAX = 1_000;

    private final World world;
    private final Store store;
    private final Engine engine;

    Machines(World world, Store store, Integrations integrations) {
        this(world, store, integrations, Settings.AWS);
    }

    Machines(World world, Store store, Integrations integrations, Settings settings) {
        this(
                world,
                store,
                integrations,
                (run, _, _, _) -> {
                    throw new WriteFailed("no writer for " + run);
                },
                settings);
    }

    Machines(
            World world,
            Store store,
            Integrations integrations,
            ResultWriter writer,
            Settings settings) {
        this.world = world;
        this.store = store;
        this.engine = new Engine(
                world,
                store,
                PLACE,
                integrations,
                dataset -> {
                    throw new ReadFailed("no reader for " + dataset.resource());
                },
                writer,
                settings);
    }

    Engine engine() {
        return engine;
    }

    /// As an input, the array of so many numbers from 0 on.
    static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    Machine create(String name, Execution.Type type, String definition)
            throws InterruptedException {
        try {
            return engine.definitions()
                    .create(new NewMachine(
                            name,
                            type,
                            definition,
                            "arn:aws:iam::123456789012:role/r",
                            Json.EMPTY_OBJECT));
        } catch (Refused refused) {
            throw new AssertionError(refused.code() + ": " + refused.getMessage());
        }
    }

    Execution start(Machine machine, String name, String input) throws InterruptedException {
        try {
            return engine.executions()
                    .start(new Start(
                            machine.arn(),
                            Optional.of(name),
                            Json.ofText(input),
                            Optional.empty()));
        } catch (Refused refused) {
            throw new AssertionError(refused.code() + ": " + refused.getMessage());
        }
    }

    void stop(Execution execution) throws InterruptedException {
        try {
            engine.executions().stop(execution.arn(), Failure.of("Stopped"));
        } catch (Refused refused) {
            throw new AssertionError(refused.code() + ": " + refused.getMessage());
        }
    }

    /// The execution's record, as soon as others can see it.
    Execution firstSeen(String arn) throws InterruptedException {
        Optional<Execution> seen = engine.executions().find(arn);
        while (seen.isEmpty()) {
            pass(Duration.ofMillis(1));
            seen = engine.executions().find(arn);
        }
        return seen.get();
    }

    Execution await(Execution execution) throws InterruptedException {
        while (true) {
            Execution now = engine.executions().find(execution.arn()).orElseThrow();
            if (now.status().hasEnded()) {
                return now;
            }
            world.sleepUntil(world.now().plus(Duration.ofMillis(20)));
        }
    }

    /// The map runs of an execution, the newest first.
    List<MapRunRecord> runs(Execution of) {
        return engine.mapRuns().list(of.arn(), RUNS_MAX, Optional.empty()).items();
    }

    List<Execution> children(MapRunRecord run) {
        return store.executions(new ExecutionQuery(
                        new ExecutionQuery.Of.MapRun(run.arn()),
                        Optional.empty(),
                        CHILDREN_MAX,
                        Optional.empty()))
                .items();
    }

    void pass(Duration time) throws InterruptedException {
        world.sleepUntil(world.now().plus(time));
    }

    String history(Execution execution) {
        return HistoryText.of(engine.executions()
                .history(execution.arn(), Executions.Order.OLDEST_FIRST, 1, 30_000)
                .events());
    }
}
