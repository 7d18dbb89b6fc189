package dev.mapwright.testkit.corpus;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Activities.NewActivity;
import dev.mapwright.engine.execution.Definitions.NewMachine;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.testkit.maprun.RecordedResults;
import dev.mapwright.testkit.simulation.Aftermath;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A whole engine in a simulated world, in which a sample is created and run. For one strand.
final class Stage {
    private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");
    private static final String ROLE = PLACE.arn("role/r").replace(":states:us-east-1:", ":iam::");
    private static final Pattern ACTIVITY = Pattern.compile("\"(arn:[^\"]*:activity:([^\"]+))\"");

    /// What takes longer than this in the simulated world runs in circles.
    private static final Duration PATIENCE = Duration.ofDays(30);

    /// EXPRESS children may still be at it when an execution ends.
    private static final Duration AFTERWARDS = Duration.ofHours(2);

    private final SimulatedWorld world;
    private final MemoryStore store;
    private final Outside outside;
    private final Engine engine;
    private final Map<String, RecordedResults> results = new HashMap<>();

    private Stage(SimulatedWorld world, Outside.Temper temper, long seed) {
        this.world = world;
        this.store = new MemoryStore(world);
        this.outside = new Outside(world, temper, seed);
        this.engine = new Engine(
                world,
                store,
                PLACE,
                outside,
                outside::reader,
                (run, generation, target, checkpoint) -> results.computeIfAbsent(
                                run, _ -> new RecordedResults(2, () -> {}))
                        .open(run, generation, target, checkpoint),
                Settings.AWS);
        outside.attend(engine);
    }

    interface Script {
        void play(Stage stage) throws Refused, InterruptedException;
    }

    static void set(Outside.Temper temper, long seed, Script script) {
        var world = new SimulatedWorld(seed);
        world.run(() -> {
            try {
                script.play(new Stage(world, temper, seed));
            } catch (Refused refused) {
                throw new AssertionError(refused.code() + ": " + refused.getMessage(), refused);
            }
        });
    }

    Machine create(Sample sample) throws Refused, InterruptedException {
        return engine.definitions()
                .create(new NewMachine(
                        "m", sample.type(), sample.definition(), ROLE, Json.EMPTY_OBJECT));
    }

    Machine describe(Machine machine) {
        return engine.definitions().find(machine.arn()).orElseThrow();
    }

    /// Runs the sample to its end, and checks what it leaves behind.
    Execution run(Sample sample, Json input) throws Refused, InterruptedException {
        Machine machine = create(sample);
        for (MatchResult activity :
                ACTIVITY.matcher(sample.definition()).results().toList()) {
            engine.activities().create(new NewActivity(activity.group(2)));
            world.start("worker", () -> outside.workAt(activity.group(1)));
        }
        Execution started = engine.executions()
                .start(new Start(machine.arn(), Optional.of("e"), input, Optional.empty()));
        Execution ended = await(started);
        world.sleepUntil(world.now().plus(AFTERWARDS));
        Aftermath.check(store, ended, results);
        return ended;
    }

    private Execution await(Execution started) throws InterruptedException {
        Instant deadline = world.now().plus(PATIENCE);
        Duration pause = Duration.ofMillis(20);
        while (world.now().isBefore(deadline)) {
            Execution now = engine.executions().find(started.arn()).orElseThrow();
            if (now.status().hasEnded()) {
                return now;
            }
            world.sleepUntil(world.now().plus(pause));
            pause = pause.multipliedBy(2);
        }
        throw new AssertionError("%s has not ended in %s".formatted(started.arn(), PATIENCE));
    }
}
