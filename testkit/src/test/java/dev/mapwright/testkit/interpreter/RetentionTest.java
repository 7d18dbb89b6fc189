package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Ended executions go after a time, with all they own. Here they are kept for one day.
class RetentionTest {
    private static final Settings ONE_DAY = Settings.AWS.keeping(Optional.of(Duration.ofDays(1)));

    private static final String SUCCEEDING = """
            {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}""";

    private static final String FAILING = """
            {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Boom"}}}""";

    private static final String WAITING = """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 864000, "End": true}}}""";

    /// Each child of the run runs another run.
    private static final String NESTED = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
              "StartAt": "I", "States": {"I": {"Type": "Map", "End": true, "ItemsPath": "$.inner", "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}}}}""";

    @Test
    void oneThatSucceededIsGoneADayLaterAndItsNameIsFree() {
        simulate((machines, world) -> {
            Execution ended = run(machines, SUCCEEDING, "{}");
            pass(world, Duration.ofHours(23));
            assertTrue(machines.engine().executions().find(ended.arn()).isPresent());
            pass(world, Duration.ofHours(2));
            assertEquals(Optional.empty(), machines.engine().executions().find(ended.arn()));
            assertEquals("", machines.history(ended).strip());
            assertEquals(Status.SUCCEEDED, run(machines, SUCCEEDING, "[1]").status());
        });
    }

    @Test
    void oneThatCanBeRedrivenIsKeptAsLongAsItCan() {
        simulate((machines, world) -> {
            Execution ended = run(machines, FAILING, "{}");
            pass(world, Duration.ofDays(14));
            assertTrue(machines.engine().executions().find(ended.arn()).isPresent());
            pass(world, Duration.ofHours(1));
            assertEquals(Optional.empty(), machines.engine().executions().find(ended.arn()));
        });
    }

    @Test
    void oneThatRunsIsLeftAlone() {
        simulate((machines, world) -> {
            Execution running = machines.start(
                    machines.create("m", Execution.Type.STANDARD, WAITING), "e", "{}");
            pass(world, Duration.ofDays(9));
            assertEquals(
                    Status.RUNNING,
                    machines.engine()
                            .executions()
                            .find(running.arn())
                            .orElseThrow()
                            .status());
        });
    }

    @Test
    void mapRunsGoWithTheirExecutionAndSoDoThoseInside() {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        assertEquals(End.COMPLETED, world.run(() -> {
            Machines machines = machines(world, store);
            Execution ended = run(machines, NESTED, "[{\"inner\":[1,2]},{\"inner\":[3]}]");
            MapRunRecord run = runs(store, ended).getFirst();
            assertEquals(2, store.mapRunsWithin(run.arn(), 10).size());
            pass(world, Duration.ofHours(25));
            assertEquals(List.of(), runs(store, ended));
            assertEquals(Optional.empty(), store.mapRun(run.arn()));
            assertEquals(0, store.executionCount());
        }));
    }

    /// Whichever commit is the last before the crash, the next process drops what is left.
    @Test
    void aCrashHalfwayLeavesNothingBehind() {
        for (int commits = 1; commits <= 6; commits++) {
            crashHalfway(commits);
        }
    }

    private static void crashHalfway(int commits) {
        var world = new SimulatedWorld(commits);
        var left = new long[] {Long.MAX_VALUE};
        var store = new MemoryStore(world, _ -> {
            if (--left[0] == 0) {
                world.crash();
            }
        });
        world.run(() -> {
            Machines machines = machines(world, store);
            run(machines, NESTED, "[{\"inner\":[1,2]},{\"inner\":[3]}]");
            pass(world, Duration.ofHours(12));
            left[0] = commits;
            pass(world, Duration.ofHours(24));
        });
        var next = new SimulatedWorld(1, world.now());
        MemoryStore after = store.crash(next);
        assertEquals(End.COMPLETED, next.run(() -> {
            machines(next, after);
            pass(next, Duration.ofHours(24));
            assertEquals(0, after.executionCount());
        }));
    }

    private interface Check {
        void run(Machines machines, SimulatedWorld world) throws InterruptedException;
    }

    private static void simulate(Check check) {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        assertEquals(End.COMPLETED, world.run(() -> check.run(machines(world, store), world)));
    }

    private static Machines machines(SimulatedWorld world, MemoryStore store) {
        var machines = new Machines(world, store, _ -> Optional.empty(), ONE_DAY);
        machines.engine().resume();
        return machines;
    }

    private static Execution run(Machines machines, String definition, String input)
            throws InterruptedException {
        return machines.await(machines.start(
                machines.create("m", Execution.Type.STANDARD, definition), "e", input));
    }

    private static List<MapRunRecord> runs(MemoryStore store, Execution execution) {
        return store.mapRuns(execution.arn(), 10, Optional.empty()).items();
    }

    private static void pass(SimulatedWorld world, Duration time) throws InterruptedException {
        world.sleepUntil(world.now().plus(time));
    }
}
