package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.ExecutionListener;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskListener;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.World;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What those who listen are told of executions and tasks.
class ListenersTest {
    private static final String RESOURCE = "arn:aws:states:::sqs:sendMessage";

    @Test
    void anExecutionsStartAndEndAreTold() {
        assertEquals(
                List.of("started orders/1 RUNNING", "ended orders/1 SUCCEEDED"),
                executionNews("""
                        {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}""", Execution.Type.STANDARD));
    }

    @Test
    void childrenOfAMapRunAreToldUnderTheirLabelledMachine() {
        assertEquals(
                List.of(
                        "started orders/1 RUNNING",
                        "started orders/Each RUNNING",
                        "ended orders/Each SUCCEEDED",
                        "ended orders/1 SUCCEEDED"),
                executionNews("""
                        {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "Each", "End": true,
                          "ItemProcessor": {
                            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                            "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}""", Execution.Type.STANDARD));
    }

    @Test
    void aRedriveIsNoStart() {
        var news = new ArrayList<String>();
        var world = new SimulatedWorld(7);
        world.run(() -> {
            var machines = machines(world, new ArrayList<>(), 9);
            machines.engine().tell(new ExecutionNews(news));
            Execution failed = run(machines, Execution.Type.STANDARD, task(""));
            try {
                machines.engine().redrives().redrive(failed.arn(), Optional.empty());
            } catch (Refused refused) {
                throw new AssertionError(refused.code() + ": " + refused.getMessage());
            }
            machines.await(failed);
        });
        assertEquals(
                List.of(
                        "started orders/1 RUNNING",
                        "ended orders/1 FAILED",
                        "redriven orders/1 RUNNING",
                        "ended orders/1 FAILED"),
                news);
    }

    @Test
    void everyAttemptOfATaskIsToldWithItsTimes() {
        var news = new ArrayList<String>();
        var world = new SimulatedWorld(7);
        world.run(() -> run(machines(world, news, 1), Execution.Type.STANDARD, task("""
                        , "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 5, "MaxAttempts": 1}]""")));
        assertEquals(
                List.of(
                        "scheduled TASK " + RESOURCE,
                        "started TASK " + RESOURCE + " after 0 s",
                        "Failed TASK " + RESOURCE + " after 2 s of 2 s",
                        "scheduled TASK " + RESOURCE,
                        "started TASK " + RESOURCE + " after 0 s",
                        "Succeeded TASK " + RESOURCE + " after 2 s of 2 s"),
                news);
    }

    @Test
    void whatAFormerProcessRecordedIsNotToldAgain() {
        var before = new ArrayList<String>();
        var world = new SimulatedWorld(7);
        var store = new MemoryStore(world);
        world.run(() -> {
            var machines = machines(world, store, before, 0);
            machines.start(machines.create("orders", Execution.Type.STANDARD, task("")), "1", "{}");
            world.sleepUntil(world.now().plusSeconds(1));
            world.crash();
        });
        assertEquals(
                List.of("scheduled TASK " + RESOURCE, "started TASK " + RESOURCE + " after 0 s"),
                before);
        var after = new ArrayList<String>();
        var second = new SimulatedWorld(8, world.now().plusSeconds(9));
        second.run(() -> {
            var machines = machines(second, store.crash(second), after, 0);
            machines.engine().resume();
            second.sleepUntil(second.now().plusSeconds(5));
        });
        assertEquals(List.of("Succeeded TASK " + RESOURCE + " after 12 s of 12 s"), after);
    }

    private static List<String> executionNews(String definition, Execution.Type type) {
        var news = new ArrayList<String>();
        var world = new SimulatedWorld(7);
        world.run(() -> {
            var machines = machines(world, new ArrayList<>(), 0);
            machines.engine().tell(new ExecutionNews(news));
            run(machines, type, definition);
        });
        return news;
    }

    private static String task(String retry) {
        return """
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "%s",
                  "Parameters": {}, "End": true%s}}}""".formatted(RESOURCE, retry);
    }

    private static Machines machines(World world, List<String> taskNews, int failures) {
        return machines(world, new MemoryStore(world), taskNews, failures);
    }

    private static Machines machines(
            World world, MemoryStore store, List<String> taskNews, int failures) {
        var calls = new Calls(world, failures);
        var machines = new Machines(world, store, _ -> Optional.of(calls));
        machines.engine().tellOfTasks(new TaskReports(taskNews));
        return machines;
    }

    private static Execution run(Machines machines, Execution.Type type, String definition)
            throws InterruptedException {
        var machine = machines.create("orders", type, definition);
        return machines.await(machines.start(machine, "1", "[1]"));
    }

    /// Takes two seconds each time, and fails the first times.
    private static final class Calls implements TaskIntegration {
        private final World world;
        private int failures;

        Calls(World world, int failures) {
            this.world = world;
            this.failures = failures;
        }

        @Override
        public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
            world.sleepUntil(world.now().plusSeconds(2));
            if (failures > 0) {
                failures--;
                throw TaskFailed.of("Busy", "try later");
            }
            return Json.EMPTY_OBJECT;
        }
    }

    private record ExecutionNews(List<String> news) implements ExecutionListener {
        @Override
        public void started(Execution execution) {
            add("started", execution);
        }

        @Override
        public void redriven(Execution execution) {
            add("redriven", execution);
        }

        @Override
        public void ended(Execution execution) {
            add("ended", execution);
        }

        private void add(String what, Execution execution) {
            String machine =
                    execution.machineArn().substring(execution.machineArn().lastIndexOf(':') + 1);
            String name =
                    execution.child().isPresent() ? machine : machine + "/" + execution.name();
            news.add("%s %s %s".formatted(what, name, execution.status()));
        }
    }

    private record TaskReports(List<String> news) implements TaskListener {
        @Override
        public void scheduled(Flavor flavor, String resourceArn) {
            news.add("scheduled %s %s".formatted(flavor, resourceArn));
        }

        @Override
        public void started(Flavor flavor, String resourceArn, Duration waited) {
            news.add("started %s %s after %d s".formatted(flavor, resourceArn, waited.toSeconds()));
        }

        @Override
        public void ended(
                Flavor flavor,
                String resourceArn,
                Ending ending,
                Optional<Duration> ran,
                Duration took) {
            String how = ending.getClass().getSimpleName();
            news.add("%s %s %s after %d s of %d s"
                    .formatted(
                            how,
                            flavor,
                            resourceArn,
                            ran.orElseThrow().toSeconds(),
                            took.toSeconds()));
        }
    }
}
