package dev.mapwright.testkit.simulation;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Definitions.NewMachine;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.MapRuns;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.ResultSink;
import dev.mapwright.engine.maprun.ResultWriter.Generation;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.testkit.maprun.RecordedResults;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// One execution from its start to its end, over as many processes as it takes. They share nothing
/// but the store and the world outside.
final class Life {
    private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");
    static final String EXECUTION = PLACE.arn("execution:m:e");
    private static final String ROLE = "arn:aws:iam::123456789012:role/r";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    private static final int MAP_RUNS_MAX = 1_000;

    /// The kind of document by which the engine remembers map runs that wind down.
    private static final String WINDING_DOWN = "winding-down";

    /// Room for three batches at most, and a snapshot every few facts.
    private static final Limits LIMITS =
            new Limits(8, 1_000_000, 262_144, 3, 10_000, 300, 6, 100_000, 12);

    /// More processes than this die of nothing that was planned.
    private static final int PROCESSES_MAX = 1_000;

    private final String definition;
    private final Disturbance disturbance;
    private final RandomGenerator random;
    private final ScriptedTasks tasks = new ScriptedTasks();
    private final Map<String, RecordedResults> results = new HashMap<>();
    private final Map<String, Integer> placesMax = new HashMap<>();
    private SimulatedWorld world;
    private MemoryStore store;
    private long commits;
    private int processes;
    private boolean leaving;
    private int redrives;

    Life(String definition, Disturbance disturbance) {
        this.definition = definition;
        this.disturbance = disturbance;
        this.random = new SplittableRandom(disturbance.seed());
        this.world = new SimulatedWorld(random.nextLong());
        this.store = new MemoryStore(world, this::committing);
    }

    /// Whether the execution has not been redriven as often as it is to be.
    boolean mayRedrive(Execution ended) {
        return disturbance instanceof Disturbance.Redriven(long _, int _, int most)
                && ended.status() != Execution.Status.SUCCEEDED
                && redrives < most;
    }

    /// Redrives the execution, in a process of its own, and returns when it has ended again.
    Execution redriven() {
        redrives++;
        renew();
        return toEnd();
    }

    private void renew() {
        var next = new SimulatedWorld(random.nextLong(), world.now());
        store = store.crash(next, this::committing);
        world = next;
    }

    /// Returns when the execution has ended.
    Execution toEnd() {
        while (!isOver()) {
            processes++;
            Violation.unless(processes < PROCESSES_MAX, "%d processes and no end", processes);
            begin();
            tasks.enter(world, store);
            world.run(this::live);
            if (!isOver()) {
                renew();
            }
        }
        return store.execution(EXECUTION).orElseThrow();
    }

    /// Whether it has ended, and so has what winds down behind it.
    private boolean isOver() {
        return hasEnded()
                && store.documents(WINDING_DOWN, "", 1, Optional.empty())
                        .items()
                        .isEmpty();
    }

    private boolean hasEnded() {
        return processes > 0
                && store.execution(EXECUTION)
                        .map(execution -> execution.status().hasEnded()
                                && execution.redriveCount() == redrives)
                        .orElse(false);
    }

    /// Decides when this process dies, if it does.
    private void begin() {
        switch (disturbance) {
            case Disturbance.None _, Disturbance.CrashAtCommit _, Disturbance.ShutDown _ -> {}
            case Disturbance.Crashes(long _, int count, int stepsMax) -> crash(count, stepsMax);
            case Disturbance.Adjusted(long _, int count) -> crash(count, 400);
            case Disturbance.Stopped(long _, int count) -> crash(count, 400);
            case Disturbance.Redriven(long _, int count, int _) ->
                crash(count * (1 + redrives), 400);
        }
    }

    private void crash(int count, int stepsMax) {
        if (processes <= count) {
            world.crashAtStep(1 + random.nextInt(stepsMax));
        }
    }

    private void committing(long commit) {
        commits++;
        if (disturbance instanceof Disturbance.CrashAtCommit(long _, long last)
                && commits == last) {
            world.crash();
        }
    }

    private void live() throws InterruptedException {
        leaving = false;
        var engine = new Engine(
                world,
                store,
                PLACE,
                tasks,
                dataset -> {
                    throw new ReadFailed("no reader for " + dataset.resource());
                },
                this::openResults,
                Settings.AWS.with(LIMITS));
        engine.resume();
        begin(engine);
        redrive(engine);
        world.start("meddler", () -> meddle(engine));
        for (Duration pause = FIRST_PAUSE; !isOver() && !leaving; pause = longer(pause)) {
            checkRuns(engine.mapRuns());
            world.sleepUntil(world.now().plus(pause));
        }
        if (leaving) {
            engine.shutDown();
            world.sleepUntil(world.now().plusMillis(random.nextInt(20)));
        }
    }

    private void begin(Engine engine) throws InterruptedException {
        try {
            var machine = engine.definitions()
                    .create(new NewMachine(
                            "m", Execution.Type.STANDARD, definition, ROLE, Json.EMPTY_OBJECT));
            if (store.execution(EXECUTION).isEmpty()) {
                engine.executions()
                        .start(new Start(
                                machine.arn(), Optional.of("e"), Json.of(7), Optional.empty()));
            }
        } catch (Refused refused) {
            throw new Violation(refused.code() + ": " + refused.getMessage());
        }
    }

    /// A process that died may have come so far.
    private void redrive(Engine engine) throws InterruptedException {
        Execution execution = store.execution(EXECUTION).orElseThrow();
        if (execution.redriveCount() < redrives) {
            try {
                engine.redrives().redrive(EXECUTION, Optional.empty());
            } catch (Refused refused) {
                throw new Violation(refused.code() + ": " + refused.getMessage());
            }
        }
    }

    private ResultSink openResults(
            String mapRunArn, Generation generation, Json target, Optional<Json> checkpoint)
            throws dev.mapwright.engine.maprun.WriteFailed {
        return results.computeIfAbsent(
                        mapRunArn, _ -> new RecordedResults(1 + random.nextInt(3), this::pause))
                .open(mapRunArn, generation, target, checkpoint);
    }

    private void pause() throws InterruptedException {
        world.sleepUntil(world.now().plusMillis(random.nextInt(3)));
    }

    private void meddle(Engine engine) throws InterruptedException {
        switch (disturbance) {
            case Disturbance.None _, Disturbance.CrashAtCommit _, Disturbance.Crashes _ -> {}
            case Disturbance.Adjusted _ -> adjust(engine.mapRuns());
            case Disturbance.Stopped(long _, int crashes) -> {
                if (processes <= crashes + 1) {
                    stop(engine);
                }
            }
            case Disturbance.Redriven(long seed, int crashes, int _) -> {
                if (seed % 2 == 0 && redrives == 0 && processes <= crashes + 1) {
                    stop(engine);
                }
            }
            case Disturbance.ShutDown(long _, int times) -> {
                if (processes <= times) {
                    sleepSomewhile();
                    leaving = true;
                }
            }
        }
    }

    private void stop(Engine engine) throws InterruptedException {
        sleepSomewhile();
        if (hasEnded()) {
            return;
        }
        try {
            engine.executions().stop(EXECUTION, Failure.of("Stopped", "by a meddler"));
        } catch (Refused refused) {
            throw new Violation(refused.code() + ": " + refused.getMessage());
        }
        var after = store.execution(EXECUTION).orElseThrow();
        Violation.unless(
                after.status().hasEnded(), "StopExecution came back, but it is %s", after.status());
    }

    /// Mostly soon, sometimes late.
    private void sleepSomewhile() throws InterruptedException {
        world.sleepUntil(world.now().plusMillis(1L << random.nextInt(16)));
    }

    private void adjust(MapRuns mapRuns) throws InterruptedException {
        while (true) {
            sleepSomewhile();
            for (MapRunRecord run : runs()) {
                int places = 1 + random.nextInt(7);
                allow(run.arn(), run.settings().maxConcurrency());
                allow(run.arn(), places);
                try {
                    mapRuns.update(
                            run.arn(),
                            new MapRuns.Update(
                                    Optional.of(places), Optional.empty(), Optional.empty()));
                } catch (Refused refused) {
                    Violation.unless(
                            store.mapRun(run.arn()).orElseThrow().status()
                                            != MapRunRecord.Status.RUNNING
                                    || refused.getMessage().contains("not in a running state"),
                            "UpdateMapRun: %s",
                            refused.getMessage());
                }
            }
        }
    }

    /// What DescribeMapRun shows must add up at every moment, and no more children may run than
    /// allowed.
    private void checkRuns(MapRuns mapRuns) {
        for (MapRunRecord stored : runs()) {
            MapRunRecord run = mapRuns.find(stored.arn()).orElseThrow();
            LedgerRules.checkCounts(run);
            int allowed = allow(run.arn(), run.settings().maxConcurrency());
            long running = LedgerRules.children(store, run).stream()
                    .filter(child -> !child.status().hasEnded())
                    .count();
            Violation.unless(
                    running <= allowed && run.executions().running() <= allowed,
                    "%d children run (by the counts %d) in %d places of %s",
                    running,
                    run.executions().running(),
                    allowed,
                    run.arn());
        }
    }

    /// The most that were ever allowed: a lowered maximum stops no child.
    private int allow(String mapRunArn, int maxConcurrency) {
        int places = maxConcurrency == 0
                ? LIMITS.childrenMax()
                : Math.min(maxConcurrency, LIMITS.childrenMax());
        return placesMax.merge(mapRunArn, places, Math::max);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
    }

    /// All map runs of the execution and of its children, theirs, …
    List<MapRunRecord> runs() {
        return LedgerRules.runs(store, EXECUTION, MAP_RUNS_MAX);
    }

    MemoryStore store() {
        return store;
    }

    Map<String, RecordedResults> results() {
        return results;
    }

    /// Commits of all processes together.
    long commits() {
        return commits;
    }

    List<String> trace() {
        return world.trace();
    }
}
