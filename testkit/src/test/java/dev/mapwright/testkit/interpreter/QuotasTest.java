package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/// An engine holds executions to the quotas that it was given.
class QuotasTest {
    private static final String GROWING = """
            {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true,
              "Result": "%s"}}}""".formatted("x".repeat(300_000));

    private static final String TWO_STATES = """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}}""";

    @Test
    void aResultOver256KibFailsUnderAwsQuotasOnly() {
        assertEquals(
                Optional.of("States.DataLimitExceeded"),
                run(Quotas.AWS, GROWING).failure().flatMap(Failure::error));
        assertEquals(Status.SUCCEEDED, run(Quotas.UNLIMITED, GROWING).status());
    }

    @Test
    void anAssignOver256KibFailsUnderAwsQuotasOnly() {
        String definition = """
                {"StartAt": "S", "States": {"S": {"Type": "Pass", "End": true,
                  "Assign": {"a": "%1$s", "b": "%1$s"}}}}""".formatted("x".repeat(131_072));

        assertEquals(
                Optional.of(
                        Failure.of(
                                "States.DataLimitExceeded",
                                "The variables that the state 'S' assigns take 262148 bytes, more than the maximum of 262144.")),
                run(Quotas.AWS, definition).failure());
        assertEquals(Status.SUCCEEDED, run(Quotas.UNLIMITED, definition).status());
    }

    @Test
    void anAssignOf256KibFits() {
        assertEquals(
                Status.SUCCEEDED,
                run(Quotas.AWS, """
                {"StartAt": "S", "States": {"S": {"Type": "Pass", "End": true,
                  "Assign": {"aNameThatDoesNotCount": "%s"}}}}""".formatted("x".repeat(262_142))).status());
    }

    @Test
    void variablesOver10MibFailTheStateThatAssignsTheLast() {
        var states = new StringBuilder();
        for (int i = 0; i <= 40; i++) {
            states.append("""
                    "S%1$d": {"Type": "Pass", "Next": "S%2$d", "Assign": {"v%1$d": "{%% $pad('', %3$d, 'x') %%}"}},
                    """.formatted(i, i + 1, i == 40 ? 1 : 262_142));
        }

        assertEquals(
                Optional.of(Failure.of(
                        "States.DataLimitExceeded",
                        "With what the state 'S40' assigns, all variables take 10485763 bytes, more than the maximum of"
                                + " 10485760.")),
                run(Quotas.AWS, """
                        {"QueryLanguage": "JSONata", "StartAt": "S0", "States": {%s
                          "S41": {"Type": "Succeed"}}}""".formatted(states)).failure());
    }

    @Test
    void aHistoryThatIsFullEndsTheExecution() {
        var fiveEvents = new Quotas(262_144, 5, 40, 1_000, 10_000, 100_000_000, 1_000);
        assertEquals(
                Optional.of(Failure.of(
                        "States.Runtime",
                        "The execution reached the maximum number of history events (5).")),
                run(fiveEvents, TWO_STATES).failure());
    }

    private static Execution run(Quotas quotas, String definition) {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        assertEquals(End.COMPLETED, world.run(() -> {
            var machines = new Machines(world, store, _ -> Optional.empty(), Settings.of(quotas));
            machines.await(machines.start(
                    machines.create("m", Execution.Type.STANDARD, definition), "e", "{}"));
        }));
        return store.execution(Machines.PLACE.arn("execution:m:e")).orElseThrow();
    }
}
