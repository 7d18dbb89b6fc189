package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Executions that ended in a Map Run, and go on.
class MapRunRedriveTest {
    private static final String CALL = """
            {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
             "Parameters": {"v.$": "$"}}""";

    @Test
    void childrenThatFailedGoOnAndThoseThatNeverStartedBegin() {
        simulate(new Calls("2"), scene -> {
            Execution failed = scene.run(
                    "[1, 2, 3, 4]", "STANDARD", "\"MaxConcurrency\": 1", """
                    {"StartAt": "P", "States": {"P": {"Type": "Pass", "Next": "T"}, "T": %s}}""".formatted(CALL));
            assertEquals(Status.FAILED, failed.status());
            assertEquals(new Counts(2, 0, 1, 1, 0, 0, 4, 0, 0), scene.onlyRun().items());
            List<Execution> before = scene.children(scene.onlyRun());

            scene.calls.failing.clear();
            scene.pass(Duration.ofMinutes(1));
            Execution ended = scene.redrive(failed);

            assertEquals(Status.SUCCEEDED, ended.status());
            assertEquals("[1,2,3,4]", ended.output().orElseThrow().text());
            MapRunRecord run = scene.onlyRun();
            assertEquals(new Counts(0, 0, 4, 0, 0, 0, 4, 0, 0), run.items());
            assertEquals(1, run.redriveCount());
            assertEquals(
                    "ExecutionFailed, 10 <- 9 ExecutionRedriven, 11 <- 5 MapRunRedriven, "
                            + "12 <- 11 MapRunSucceeded, 13 <- 12 MapStateSucceeded, "
                            + "14 <- 11 MapStateExited M, 15 <- 14 ExecutionSucceeded",
                    scene.historyFrom("ExecutionFailed", ended));
            List<Execution> children = scene.children(run);
            assertEquals(before.get(0), children.get(0));
            assertEquals(before.get(1).startedAt(), children.get(1).startedAt());
            assertEquals(
                    List.of(0, 1, 0, 0),
                    children.stream().map(Execution::redriveCount).toList());
            assertEquals(List.of("1", "2", "2", "3", "4"), scene.calls.made);
            assertEquals(
                    "ExecutionFailed, 9 <- 8 ExecutionRedriven, 10 <- 4 TaskScheduled sendMessage, "
                            + "11 <- 10 TaskStarted, 12 <- 11 TaskSucceeded, "
                            + "13 <- 12 TaskStateExited T, 14 <- 13 ExecutionSucceeded",
                    scene.historyFrom("ExecutionFailed", children.get(1)));
        });
    }

    @Test
    void expressChildrenRunAnewUnderTheirOldNames() {
        simulate(new Calls("2"), scene -> {
            Execution failed =
                    scene.run("[1, 2]", "EXPRESS", "\"MaxConcurrency\": 1", """
                    {"StartAt": "T", "States": {"T": %s}}""".formatted(CALL));
            List<Execution> before = scene.children(scene.onlyRun());
            scene.calls.failing.clear();
            scene.pass(Duration.ofMinutes(1));

            Execution ended = scene.redrive(failed);

            assertEquals("[1,2]", ended.output().orElseThrow().text());
            List<Execution> after = scene.children(scene.onlyRun());
            assertEquals(before.get(0), after.get(0));
            assertEquals(before.get(1).arn(), after.get(1).arn());
            assertTrue(after.get(1).startedAt().isAfter(before.get(1).endedAt().orElseThrow()));
            assertEquals(1, after.get(1).redriveCount());
        });
    }

    @Test
    void aRunThatFailsAgainCanBeRedrivenAgain() {
        simulate(new Calls("2", "3"), scene -> {
            Execution failed = scene.run(
                    "[1, 2, 3]", "STANDARD", "\"MaxConcurrency\": 1", """
                    {"StartAt": "T", "States": {"T": %s}}""".formatted(CALL));
            scene.calls.failing.remove("2");
            assertEquals(Status.FAILED, scene.redrive(failed).status());
            assertEquals(new Counts(0, 0, 2, 1, 0, 0, 3, 0, 0), scene.onlyRun().items());
            scene.calls.failing.clear();
            assertEquals(Status.SUCCEEDED, scene.redrive(failed).status());
            assertEquals(2, scene.onlyRun().redriveCount());
            assertEquals(
                    List.of(0, 1, 1),
                    scene.children(scene.onlyRun()).stream()
                            .map(Execution::redriveCount)
                            .toList());
        });
    }

    @Test
    void aRunIsRedrivenAsOftenAsTheQuotaAllows() {
        var redrivenOnce = new Quotas(262_144, 25_000, 40, 1_000, 10_000, 100_000_000, 1);
        simulate(new Calls("2"), Settings.AWS.with(redrivenOnce), scene -> {
            Execution failed =
                    scene.run("[1, 2]", "STANDARD", "\"MaxConcurrency\": 1", """
                    {"StartAt": "T", "States": {"T": %s}}""".formatted(CALL));
            assertEquals(
                    Optional.of("States.ExceedToleratedFailureThreshold"),
                    scene.redrive(failed).failure().orElseThrow().error());

            scene.calls.failing.clear();
            Execution again = scene.redrive(failed);

            assertEquals(
                    Optional.of("States.Runtime"), again.failure().orElseThrow().error());
            assertEquals(1, scene.onlyRun().redriveCount());
        });
    }

    @Test
    void aRunWhoseResultCouldNotBeUsedIsStartedAnew() {
        simulate(new Calls(), scene -> {
            Execution failed = scene.run(
                    "[1, 2]", "STANDARD", "\"OutputPath\": \"$.missing\"", """
                    {"StartAt": "T", "States": {"T": %s}}""".formatted(CALL));
            assertEquals(Status.FAILED, failed.status());
            assertEquals(Status.FAILED, scene.redrive(failed).status());
            List<MapRunRecord> runs = scene.runs();
            assertEquals(2, runs.size());
            assertNotEquals(runs.get(0).arn(), runs.get(1).arn());
            assertEquals(0, runs.get(0).redriveCount() + runs.get(1).redriveCount());
            assertEquals(
                    List.of("1", "1", "2", "2"),
                    scene.calls.made.stream().sorted().toList());
        });
    }

    @Test
    void aStoppedRunGoesOnWithChildrenThatWaitTheirWholeTimeAgain() {
        simulate(new Calls(), scene -> {
            Execution begun = scene.start(
                    "[1, 2, 3]", "STANDARD", "\"MaxConcurrency\": 2", """
                    {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "Next": "T"},
                      "T": %s}}""".formatted(CALL));
            scene.pass(Duration.ofSeconds(50));
            scene.machines.stop(begun);
            assertEquals(Status.ABORTED, scene.machines.await(begun).status());
            scene.pass(Duration.ofSeconds(1));
            assertEquals(new Counts(1, 0, 0, 0, 0, 2, 3, 0, 0), scene.onlyRun().items());
            assertEquals(MapRunRecord.Status.ABORTED, scene.onlyRun().status());
            var asked = scene.world.now();

            Execution ended = scene.redrive(begun);

            assertEquals(Status.SUCCEEDED, ended.status());
            assertEquals(
                    120, Duration.between(asked, ended.endedAt().orElseThrow()).toSeconds());
            assertEquals(new Counts(0, 0, 3, 0, 0, 0, 3, 0, 0), scene.onlyRun().items());
        });
    }

    @Test
    void whoeverFindsNoPlaceWaitsToBeRedriven() {
        simulate(new Calls("1", "2", "3"), scene -> {
            Execution failed = scene.run(
                    "[1, 2, 3]",
                    "STANDARD",
                    "\"MaxConcurrency\": 1, \"ToleratedFailureCount\": 2",
                    """
                    {"StartAt": "T", "States": {"T": %s}}""".formatted(CALL));
            assertEquals(new Counts(0, 0, 0, 3, 0, 0, 3, 0, 0), scene.onlyRun().items());
            scene.calls.failing.clear();
            scene.calls.delay = Duration.ofSeconds(10);
            scene.redriveOnly(failed);
            scene.pass(Duration.ofSeconds(5));
            assertEquals(new Counts(0, 1, 0, 2, 0, 0, 0, 0, 2), scene.onlyRun().items());
            assertEquals(
                    List.of(Status.RUNNING, Status.PENDING_REDRIVE, Status.PENDING_REDRIVE),
                    scene.shown(scene.onlyRun()));
            scene.pass(Duration.ofSeconds(10));
            assertEquals(new Counts(0, 1, 1, 1, 0, 0, 0, 0, 1), scene.onlyRun().items());
            assertEquals(Status.SUCCEEDED, scene.machines.await(failed).status());
            assertEquals(new Counts(0, 0, 3, 0, 0, 0, 3, 0, 0), scene.onlyRun().items());
        });
    }

    @Test
    void aChildThatFailedTwoWeeksAgoIsNotRedrivenAndCountsAsFailed() {
        simulate(new Calls("1", "2"), scene -> {
            Execution begun = scene.start(
                    "[1, 2]", "STANDARD", "\"ToleratedFailureCount\": 1", """
                    {"StartAt": "C", "States": {
                      "C": {"Type": "Choice", "Default": "T",
                        "Choices": [{"Variable": "$", "NumericEquals": 2, "Next": "W"}]},
                      "W": {"Type": "Wait", "Seconds": 1296000, "Next": "T"}, "T": %s}}""".formatted(CALL));
            scene.pass(Duration.ofDays(15));
            Execution failed = scene.machines.await(begun);
            assertEquals(Status.FAILED, failed.status());
            scene.calls.failing.clear();
            assertEquals(Status.SUCCEEDED, scene.redrive(failed).status());
            assertEquals(new Counts(0, 0, 1, 1, 0, 0, 2, 1, 0), scene.onlyRun().items());
            assertEquals(List.of("1", "2", "2"), scene.calls.made);
        });
    }

    @Test
    void nestedRunsAreRedrivenWithTheirChildren() {
        simulate(new Calls("2"), scene -> {
            Execution failed = scene.run(
                    "[[1], [2, 3]]", "STANDARD", "\"MaxConcurrency\": 2", """
                    {"StartAt": "I", "States": {"I": {"Type": "Map", "End": true, "MaxConcurrency": 1,
                      "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                        "StartAt": "T", "States": {"T": %s}}}}}""".formatted(CALL));
            assertEquals(Status.FAILED, failed.status());
            scene.calls.failing.clear();

            Execution ended = scene.redrive(failed);

            assertEquals("[[1],[2,3]]", ended.output().orElseThrow().text());
            List<Execution> children = scene.children(scene.onlyRun());
            MapRunRecord inner = scene.machines.runs(children.get(1)).getFirst();
            assertEquals(1, inner.redriveCount());
            assertEquals(new Counts(0, 0, 2, 0, 0, 0, 2, 0, 0), inner.items());
            assertEquals(0, scene.machines.runs(children.get(0)).getFirst().redriveCount());
            assertEquals(1, scene.calls.made.stream().filter("1"::equals).count());
        });
    }

    /// Notes its calls, and fails those about something.
    private static final class Calls implements TaskIntegration {
        private final List<String> made = new ArrayList<>();
        private final TreeSet<String> failing;
        private Duration delay = Duration.ZERO;
        private SimulatedWorld world;

        Calls(String... failing) {
            this.failing = new TreeSet<>(List.of(failing));
        }

        @Override
        public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
            String about = request.arguments().text().replaceAll("[^0-9]", "");
            world.sleepUntil(world.now().plus(delay));
            made.add(about);
            if (failing.contains(about)) {
                throw TaskFailed.of("Busy", "later");
            }
            return Json.ofText(about);
        }
    }

    private interface Play {
        void play(Scene scene) throws InterruptedException;
    }

    private static void simulate(Calls calls, Play play) {
        simulate(calls, Settings.AWS, play);
    }

    private static void simulate(Calls calls, Settings settings, Play play) {
        var world = new SimulatedWorld(1);
        calls.world = world;
        world.run(() -> play.play(new Scene(world, calls, settings)));
    }

    private static final class Scene {
        private final SimulatedWorld world;
        private final Machines machines;
        private final Calls calls;
        private Execution execution;

        Scene(SimulatedWorld world, Calls calls, Settings settings) {
            this.world = world;
            this.calls = calls;
            this.machines =
                    new Machines(world, new MemoryStore(world), _ -> Optional.of(calls), settings);
        }

        void pass(Duration time) throws InterruptedException {
            world.sleepUntil(world.now().plus(time));
        }

        Execution start(String items, String type, String members, String processor)
                throws InterruptedException {
            var machine = machines.create("m", Execution.Type.STANDARD, """
                    {"StartAt": "L", "States": {"L": {"Type": "Pass", "Result": %s, "Next": "M"},
                      "M": {"Type": "Map", "End": true, %s, "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
                        %s}}}""".formatted(
                            items, members, type, processor.strip().substring(1)));
            execution = machines.start(machine, "e", "{}");
            return execution;
        }

        Execution run(String items, String type, String members, String processor)
                throws InterruptedException {
            return machines.await(start(items, type, members, processor));
        }

        void redriveOnly(Execution failed) throws InterruptedException {
            try {
                machines.engine().redrives().redrive(failed.arn(), Optional.empty());
            } catch (Refused refused) {
                throw new AssertionError(refused.code() + ": " + refused.getMessage());
            }
        }

        Execution redrive(Execution failed) throws InterruptedException {
            redriveOnly(failed);
            return machines.await(failed);
        }

        List<MapRunRecord> runs() {
            return machines.runs(execution);
        }

        MapRunRecord onlyRun() {
            assertEquals(1, runs().size());
            return runs().getFirst();
        }

        List<Execution> children(MapRunRecord run) {
            return machines.children(run).stream()
                    .sorted(Comparator.comparing(
                            child -> child.child().orElseThrow().batch()))
                    .toList();
        }

        List<Status> shown(MapRunRecord run) {
            return children(run).stream()
                    .map(child -> machines.engine().mapRuns().asOfNow(child).status())
                    .toList();
        }

        String historyFrom(String event, Execution of) {
            String history = machines.history(of).strip().replace("\n", ", ");
            return history.substring(history.indexOf(event)).replaceAll("  +", " ");
        }
    }
}
