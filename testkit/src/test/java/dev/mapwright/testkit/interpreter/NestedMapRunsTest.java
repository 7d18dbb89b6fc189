package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Several Map Runs of one execution: within each other, and side by side.
class NestedMapRunsTest {
    private static final String PASS =
            "\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}";
    private static final String WAIT =
            "\"StartAt\": \"W\", \"States\": {\"W\": {\"Type\": \"Wait\", \"Seconds\": 600, \"End\": true}}";
    private static final String FAIL =
            "\"StartAt\": \"F\", \"States\": {\"F\": {\"Type\": \"Fail\", \"Error\": \"Boom\"}}";

    @Test
    void aChildHasMapRunsOfItsOwn() {
        simulate(scene -> {
            Execution ended = scene.await(scene.start(machine("[[1, 2], [3]]", nested(PASS))));
            assertEquals("[[1,2],[3]]", ended.output().orElseThrow().text());
            MapRunRecord outer = scene.machines.runs(ended).getFirst();
            List<Execution> children = scene.machines.children(outer);
            assertEquals(2, children.size());
            for (Execution child : children) {
                MapRunRecord inner = scene.machines.runs(child).getFirst();
                assertEquals(child.arn(), inner.executionArn());
                assertEquals(MapRunRecord.Status.SUCCEEDED, inner.status());
            }
        });
    }

    @Test
    void whatFailsInsideFailsAllTheWayUp() {
        simulate(scene -> {
            Execution ended = scene.await(scene.start(machine("[[1]]", nested(FAIL))));
            assertEquals(Status.FAILED, ended.status());
            MapRunRecord outer = scene.machines.runs(ended).getFirst();
            Execution child = scene.machines.children(outer).getFirst();
            assertEquals(
                    Optional.of("States.ExceedToleratedFailureThreshold"),
                    child.failure().orElseThrow().error());
            MapRunRecord inner = scene.machines.runs(child).getFirst();
            assertEquals(
                    Optional.of("Boom"),
                    scene.machines
                            .children(inner)
                            .getFirst()
                            .failure()
                            .orElseThrow()
                            .error());
            assertEquals(MapRunRecord.Status.FAILED, inner.status());
            assertEquals(MapRunRecord.Status.FAILED, outer.status());
        });
    }

    @Test
    void aStopReachesTheInnermostChildren() {
        simulate(scene -> {
            Execution running = scene.start(machine("[[1, 2], [3]]", nested(WAIT)));
            scene.world.sleepUntil(scene.world.now().plusSeconds(60));
            scene.machines.stop(running);
            Execution ended = scene.await(running);
            scene.world.sleepUntil(scene.world.now().plusSeconds(1));
            assertEquals(Status.ABORTED, ended.status());
            List<MapRunRecord> all = new ArrayList<>(scene.machines.runs(ended));
            for (Execution child : scene.machines.children(all.getFirst())) {
                assertEquals(Status.ABORTED, child.status());
                all.addAll(scene.machines.runs(child));
            }
            assertEquals(3, all.size());
            for (MapRunRecord run : all) {
                assertEquals(MapRunRecord.Status.ABORTED, run.status());
                scene.machines
                        .children(run)
                        .forEach(child -> assertEquals(Status.ABORTED, child.status()));
            }
            assertEquals(
                    60,
                    Duration.between(ended.startedAt(), ended.endedAt().orElseThrow())
                            .toSeconds());
        });
    }

    @Test
    void iterationsAndBranchesHaveMapRunsSideBySide() {
        simulate(scene -> {
            String processor = "\"StartAt\": \"D\", \"States\": {\"D\": %s}".formatted(map(PASS));
            Execution ended = scene.await(
                    scene.start("""
                    {"StartAt": "L", "States": {
                      "L": {"Type": "Pass", "Result": [[1], [2, 3]], "Next": "B"},
                      "B": {"Type": "Parallel", "End": true, "Branches": [
                        {"StartAt": "I", "States": {"I": {"Type": "Map", "End": true,
                          "ItemProcessor": {%s}}}},
                        {"StartAt": "E", "States": {"E": %s}}]}}}""".formatted(processor, map(PASS.replace("\"P\"", "\"Q\"")))));
            assertEquals(
                    "[[[1],[2,3]],[[1],[2,3]]]", ended.output().orElseThrow().text());
            assertEquals(3, scene.machines.runs(ended).size());
        });
    }

    private static String machine(String items, String processor) {
        return """
                {"StartAt": "L", "States": {"L": {"Type": "Pass", "Result": %s, "Next": "M"},
                  "M": %s}}""".formatted(items, map(processor));
    }

    private static String nested(String processor) {
        return "\"StartAt\": \"N\", \"States\": {\"N\": %s}".formatted(map(processor));
    }

    private static String map(String processor) {
        return """
                {"Type": "Map", "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, %s}}""".formatted(processor);
    }

    private interface Play {
        void play(Scene scene) throws InterruptedException;
    }

    private static void simulate(Play play) {
        var world = new SimulatedWorld(1);
        world.run(() -> play.play(new Scene(world)));
    }

    private static final class Scene {
        private final SimulatedWorld world;
        private final Machines machines;

        Scene(SimulatedWorld world) {
            this.world = world;
            this.machines = new Machines(world, new MemoryStore(world), _ -> Optional.empty());
        }

        Execution start(String definition) throws InterruptedException {
            return machines.start(
                    machines.create("m", Execution.Type.STANDARD, definition), "e", "{}");
        }

        Execution await(Execution running) throws InterruptedException {
            return machines.await(running);
        }
    }
}
