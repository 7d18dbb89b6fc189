package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Children that never wait, many of which share a strand.
class ComputingChildrenTest {
    /// More than share a strand, and more than run at a time.
    private static final int ITEMS = 300;

    private final SimulatedWorld world = new SimulatedWorld(7);
    private final MemoryStore store = new MemoryStore();

    @Test
    void eachHasItsOwnRecordAndOutput() {
        world.run(() -> {
            var machines = new Machines(world, store, integrations());
            Execution ended = run(machines, "EXPRESS", """
                    {"StartAt": "P", "States": {"P": {"Type": "Pass", "Next": "Q",
                      "Parameters": {"v.$": "$"}}, "Q": {"Type": "Pass", "End": true}}}""");
            assertEquals(
                    IntStream.range(0, ITEMS)
                            .mapToObj("{\"v\":%d}"::formatted)
                            .collect(Collectors.joining(",", "[", "]")),
                    ended.output().orElseThrow().text());
            List<Execution> children = machines.children(machines.runs(ended).getFirst());
            assertEquals(ITEMS, children.size());
            for (Execution child : children) {
                assertEquals(Status.SUCCEEDED, child.status());
                assertEquals(
                        "{\"v\":" + child.input().text() + "}",
                        child.output().orElseThrow().text());
            }
            assertEquals(0, machines.engine().executions().openCount(Execution.Type.EXPRESS));
        });
    }

    @Test
    void standardOnesKeepTheirHistories() {
        world.run(() -> {
            var machines = new Machines(world, store, integrations());
            Execution ended = run(machines, "STANDARD", """
                    {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}""");
            List<Execution> children = machines.children(machines.runs(ended).getFirst());
            assertEquals(ITEMS, children.size());
            for (Execution child : children) {
                assertEquals(Status.SUCCEEDED, child.status());
                assertEquals("""
                        1 <- 0 ExecutionStarted
                        2 <- 0 PassStateEntered P
                        3 <- 2 PassStateExited P
                        4 <- 3 ExecutionSucceeded
                        """, machines.history(child));
            }
            assertEquals(0, machines.engine().executions().openCount(Execution.Type.STANDARD));
        });
    }

    @Test
    void oneThatFailsIsNoneOfTheOthersBusiness() {
        world.run(() -> {
            var machines = new Machines(world, store, integrations());
            Execution ended = run(machines, "EXPRESS", """
                    {"StartAt": "C", "States": {
                      "C": {"Type": "Choice", "Default": "S", "Choices": [
                        {"Variable": "$", "NumericLessThan": 3, "Next": "F"}]},
                      "F": {"Type": "Fail", "Error": "Small"},
                      "S": {"Type": "Succeed"}}}""");
            assertEquals(Status.SUCCEEDED, ended.status());
            MapRunRecord run = machines.runs(ended).getFirst();
            assertEquals(new Counts(0, 0, ITEMS - 3, 3, 0, 0, ITEMS, 0, 0), run.items());
            assertEquals(
                    List.of("0", "1", "2"),
                    machines.children(run).stream()
                            .filter(child -> child.status() == Status.FAILED)
                            .map(child -> child.input().text())
                            .sorted()
                            .toList());
        });
    }

    private Execution run(Machines machines, String type, String processor)
            throws InterruptedException {
        var machine = machines.create(
                "orders", Execution.Type.STANDARD, """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "MaxConcurrency": 200,
                  "ToleratedFailureCount": 3, "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
                    %s}}}""".formatted(type, processor.substring(1)));
        return machines.await(machines.start(machine, "1", Machines.numbers(ITEMS)));
    }

    private static Integrations integrations() {
        return _ -> Optional.empty();
    }
}
