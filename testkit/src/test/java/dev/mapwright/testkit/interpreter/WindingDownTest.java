package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.MapRuns.Update;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.testkit.maprun.RecordedResults;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A Map Run that was stopped: it has ended, and its EXPRESS children finish.
class WindingDownTest {
    private static final Duration CHILD_TIME = Duration.ofSeconds(60);

    /// Two of four items at a time, each a minute.
    private static final String MAP = """
            {"Type": "Map", "End": true, "MaxConcurrency": 2, "Items": "{%% [1, 2, 3, 4] %%}",
             "ItemSelector": {"item": "{%% $states.context.Map.Item.Value %%}", "of": "{%% $word %%}"},
             "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
               "Arguments": {"Bucket": "b"}},
             "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
               "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": true}}}}""";

    /// The results of a run that was stopped while the first two of its children were under way.
    private static final List<String> TWO_OF_FOUR = List.of(
            "0 SUCCEEDED",
            "1 SUCCEEDED",
            "PENDING {\"item\":3,\"of\":\"hello\"}",
            "PENDING {\"item\":4,\"of\":\"hello\"}");

    @Test
    void theExecutionAndItsRunEndAtOnceAndExpressChildrenFinish() {
        simulate(scene -> {
            scene.start(machine("EXPRESS", ""));
            scene.pass(10);
            Instant asked = scene.world.now();
            scene.stop();

            Execution parent = scene.execution();
            assertEquals(Status.ABORTED, parent.status());
            assertEquals(0, seconds(asked, parent.endedAt()));
            MapRunRecord stopped = scene.run();
            assertEquals(MapRunRecord.Status.ABORTED, stopped.status());
            assertEquals(0, seconds(asked, stopped.endedAt()));
            assertEquals(new Counts(2, 2, 0, 0, 0, 0, 0, 0, 0), stopped.items());

            scene.pass(60);
            MapRunRecord over = scene.run();
            assertEquals(new Counts(2, 0, 2, 0, 0, 0, 4, 0, 0), over.items());
            assertEquals(MapRunRecord.Status.ABORTED, over.status());
            assertEquals(stopped.endedAt(), over.endedAt());
            assertEquals(
                    List.of(Status.SUCCEEDED, Status.SUCCEEDED),
                    scene.machines.children(over).stream()
                            .map(Execution::status)
                            .toList());
            assertEquals(TWO_OF_FOUR, scene.results.finished().stream().sorted().toList());
        });
    }

    @Test
    void standardChildrenAreStopped() {
        simulate(scene -> {
            scene.start(machine("STANDARD", ""));
            scene.pass(10);
            scene.stop();
            scene.pass(1);
            assertEquals(new Counts(2, 0, 0, 0, 0, 2, 4, 0, 0), scene.run().items());
        });
    }

    @Test
    void theSameHoldsWhenTheExecutionTimesOut() {
        simulate(scene -> {
            scene.start(machine("EXPRESS", "\"TimeoutSeconds\": 10, "));
            Execution ended = scene.machines.await(scene.execution());
            assertEquals(Status.TIMED_OUT, ended.status());
            assertEquals(10, seconds(ended.startedAt(), ended.endedAt()));
            assertEquals(MapRunRecord.Status.ABORTED, scene.run().status());
            assertEquals(new Counts(2, 2, 0, 0, 0, 0, 0, 0, 0), scene.run().items());
            scene.pass(60);
            assertEquals(new Counts(2, 0, 2, 0, 0, 0, 4, 0, 0), scene.run().items());
        });
    }

    @Test
    void aFailedSiblingDoesNotWaitForThem() {
        simulate(scene -> {
            scene.start("""
                    {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                      "A": {"Type": "Pass", "Assign": {"word": "hello"}, "Next": "P"},
                      "P": {"Type": "Parallel", "End": true, "Branches": [
                        {"StartAt": "M", "States": {"M": %s}},
                        {"StartAt": "L", "States": {
                          "L": {"Type": "Wait", "Seconds": 10, "Next": "F"},
                          "F": {"Type": "Fail", "Error": "Boom"}}}]}}}""".formatted(MAP.formatted("EXPRESS")));
            Execution ended = scene.machines.await(scene.execution());
            assertEquals(Status.FAILED, ended.status());
            assertEquals(10, seconds(ended.startedAt(), ended.endedAt()));
            assertEquals("""
                    11 <- 10 FailStateEntered F
                    12 <- 11 MapRunAborted
                    13 <- 12 MapStateAborted
                    14 <- 11 ParallelStateFailed
                    15 <- 14 ExecutionFailed
                    """, scene.historyFrom(11));
            scene.pass(60);
            assertEquals(new Counts(2, 0, 2, 0, 0, 0, 4, 0, 0), scene.run().items());
        });
    }

    /// Whoever notices first interrupts the others.
    @Test
    void theSameHoldsWhenTheTimeIsUpForSeveralBranchesAtOnce() {
        simulate(scene -> {
            scene.start("""
                    {"QueryLanguage": "JSONata", "TimeoutSeconds": 10, "StartAt": "A", "States": {
                      "A": {"Type": "Pass", "Assign": {"word": "hello"}, "Next": "P"},
                      "P": {"Type": "Parallel", "End": true, "Branches": [
                        {"StartAt": "V", "States": {
                          "V": {"Type": "Wait", "Seconds": 90, "End": true}}},
                        {"StartAt": "M", "States": {"M": %s}},
                        {"StartAt": "L", "States": {
                          "L": {"Type": "Wait", "Seconds": 90, "End": true}}}]}}}""".formatted(MAP.formatted("EXPRESS")));
            Execution ended = scene.machines.await(scene.execution());
            assertEquals(Status.TIMED_OUT, ended.status());
            assertEquals(10, seconds(ended.startedAt(), ended.endedAt()));
            scene.pass(60);
            assertEquals(new Counts(2, 0, 2, 0, 0, 0, 4, 0, 0), scene.run().items());
        });
    }

    @Test
    void aRunThatWindsDownIsNotOpenAndCannotBeAdjusted() {
        simulate(scene -> {
            scene.start(machine("EXPRESS", ""));
            scene.pass(10);
            scene.stop();
            var mapRuns = scene.machines.engine().mapRuns();
            assertEquals(0, mapRuns.openCount());
            assertEquals(List.of(), mapRuns.live());
            var update = new Update(Optional.of(1), Optional.empty(), Optional.empty());
            String arn = scene.run().arn();
            assertEquals(
                    Optional.of("CANNOT_UPDATE_COMPLETED_MAP_RUN"),
                    assertThrows(Refused.class, () -> mapRuns.update(arn, update))
                            .reason());
        });
    }

    /// EXPRESS children that ran when the process died begin anew, as those of any run do.
    @Test
    void theNextProcessWindsDownWhatWasLeft() {
        simulateCrash(
                scene -> {
                    scene.start(machine("EXPRESS", ""));
                    scene.pass(10);
                    scene.stop();
                    scene.pass(10);
                },
                scene -> {
                    assertEquals(
                            new Counts(2, 2, 0, 0, 0, 0, 0, 0, 0), scene.run().items());
                    scene.pass(61);
                    assertEquals(
                            new Counts(2, 0, 2, 0, 0, 0, 4, 0, 0), scene.run().items());
                    assertEquals(
                            TWO_OF_FOUR,
                            scene.results.finished().stream().sorted().toList());
                });
    }

    @Test
    void aRedriveOfTheRunWaitsUntilItHasWoundDown() {
        simulate(scene -> {
            scene.start(machine("EXPRESS", ""));
            scene.pass(10);
            scene.stop();
            Instant asked = scene.world.now();
            scene.redrive();
            scene.pass(1);
            assertEquals(Status.RUNNING, scene.execution().status());
            assertEquals(new Counts(2, 2, 0, 0, 0, 0, 0, 0, 0), scene.run().items());
            Execution ended = scene.machines.await(scene.execution());
            assertEquals(Status.SUCCEEDED, ended.status());
            assertEquals(50 + CHILD_TIME.toSeconds(), seconds(asked, ended.endedAt()));
            assertEquals(new Counts(0, 0, 4, 0, 0, 0, 4, 0, 0), scene.run().items());
            assertEquals(1, scene.run().redriveCount());
        });
    }

    @Test
    void aRedriveThatWaitsOutlivesTheProcess() {
        simulateCrash(
                scene -> {
                    scene.start(machine("EXPRESS", ""));
                    scene.pass(10);
                    scene.stop();
                    scene.redrive();
                    scene.pass(10);
                },
                scene -> {
                    Execution ended = scene.machines.await(scene.execution());
                    assertEquals(Status.SUCCEEDED, ended.status());
                    assertEquals(
                            new Counts(0, 0, 4, 0, 0, 0, 4, 0, 0), scene.run().items());
                });
    }

    private static String machine(String childType, String members) {
        return """
                {"QueryLanguage": "JSONata", %s"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Assign": {"word": "hello"}, "Next": "M"},
                  "M": %s}}""".formatted(members, MAP.formatted(childType));
    }

    private static long seconds(Instant from, Optional<Instant> to) {
        return Duration.between(from, to.orElseThrow()).plusMillis(500).toSeconds();
    }

    private interface Play {
        void play(Scene scene) throws InterruptedException;
    }

    private static void simulate(Play play) {
        for (long seed = 1; seed <= 20; seed++) {
            var world = new SimulatedWorld(seed);
            var results = new RecordedResults(1, () -> {});
            var store = new MemoryStore(world);
            assertEquals(
                    End.COMPLETED, world.run(() -> play.play(new Scene(world, store, results))));
        }
    }

    /// A play that the process does not outlive, and what the next one makes of it.
    private static void simulateCrash(Play before, Play after) {
        var world = new SimulatedWorld(7);
        var results = new RecordedResults(1, () -> {});
        var store = new MemoryStore(world);
        assertEquals(End.CRASHED, world.run(() -> {
            before.play(new Scene(world, store, results));
            world.crash();
        }));
        var next = new SimulatedWorld(8, world.now());
        MemoryStore left = store.crash(next);
        assertEquals(End.COMPLETED, next.run(() -> {
            var scene = new Scene(next, left, results);
            scene.machines.engine().resume();
            after.play(scene);
        }));
    }

    private static final class Scene {
        private static final String EXECUTION = Machines.PLACE.arn("execution:m:e");

        private final SimulatedWorld world;
        private final RecordedResults results;
        private final Machines machines;

        Scene(SimulatedWorld world, MemoryStore store, RecordedResults results) {
            this.world = world;
            this.results = results;
            this.machines =
                    new Machines(world, store, _ -> Optional.empty(), results, Settings.AWS);
        }

        void pass(long seconds) throws InterruptedException {
            world.sleepUntil(world.now().plusSeconds(seconds));
        }

        void start(String definition) throws InterruptedException {
            machines.start(
                    machines.create("m", Execution.Type.STANDARD, definition),
                    "e",
                    Json.EMPTY_OBJECT.text());
        }

        void stop() throws InterruptedException {
            machines.stop(execution());
        }

        void redrive() throws InterruptedException {
            try {
                machines.engine().redrives().redrive(EXECUTION, Optional.empty());
            } catch (Refused refused) {
                throw new AssertionError(refused.code() + ": " + refused.getMessage());
            }
        }

        /// Without the columns' spaces.
        String historyFrom(int eventId) {
            return machines.history(execution())
                    .lines()
                    .skip(eventId - 1)
                    .map(line -> line.strip().replaceAll("  +", " ") + "\n")
                    .collect(Collectors.joining());
        }

        Execution execution() {
            return machines.engine().executions().find(EXECUTION).orElseThrow();
        }

        MapRunRecord run() {
            return machines.runs(execution()).getFirst();
        }
    }
}
