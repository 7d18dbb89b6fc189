package dev.mapwright.testkit.contract;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.RunLine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Executions, map runs and journal lines that contracts of stores write and look for.
final class StoreSamples {
    private StoreSamples() {}

    static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
    static final String LABELLED = MACHINE + "/Each";
    static final String RUN = "arn:aws:states:us-east-1:123456789012:mapRun:orders/Each:"
            + "0f3a1f5e-6a52-4c0c-9f0e-6f4f3b2a1c0d";
    static final String OTHER_RUN = "arn:aws:states:us-east-1:123456789012:mapRun:orders/Each:"
            + "1f3a1f5e-6a52-4c0c-9f0e-6f4f3b2a1c0d";
    static final Instant START = Instant.parse("2026-03-01T12:00:00.123Z");
    static final Json INPUT = Json.ofText("{ \"order\" : 1.0 }");
    static final Json OUTPUT = Json.ofText("{\"paid\":true}");
    static final Failure BOOM = Failure.of("Boom", "it was loud");

    static Execution endedAt(Execution execution, long second) {
        return execution.ended(
                Status.SUCCEEDED, START.plusSeconds(second), Optional.of(OUTPUT), Optional.empty());
    }

    static MapRunRecord within(Execution child) {
        MapRunRecord run = run(RUN.replace("0f3a", "2f3a"), 0);
        return new MapRunRecord(
                run.arn(),
                child.arn(),
                run.machineArn(),
                run.mapState(),
                run.childType(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.settings(),
                run.plan(),
                run.items(),
                run.executions(),
                run.redriven());
    }

    static Execution execution(String name, long second) {
        return new Execution(
                "arn:aws:states:us-east-1:123456789012:execution:orders:" + name,
                MACHINE,
                name,
                Type.STANDARD,
                "definition-1",
                "arn:role",
                INPUT,
                Status.RUNNING,
                START.plusSeconds(second),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Execution child(long batch) {
        return child(RUN, batch, Type.STANDARD);
    }

    static Execution childOf(String run, long batch) {
        return child(run, batch, Type.STANDARD);
    }

    static Execution child(String run, long batch, Type type) {
        var name = ChildName.of(run, batch);
        return new Execution(
                name.arn(LABELLED, type),
                LABELLED,
                name.name(type),
                type,
                "definition-1/Each",
                "arn:role",
                INPUT,
                Status.RUNNING,
                START.plusSeconds(batch),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Execution.Child(run, "Each", batch, 10 * batch, 10)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Execution succeeded(Execution execution) {
        return execution.ended(
                Status.SUCCEEDED, START.plusSeconds(99), Optional.of(OUTPUT), Optional.empty());
    }

    static Execution failed(Execution execution) {
        return execution.ended(
                Status.FAILED, START.plusSeconds(99), Optional.empty(), Optional.of(BOOM));
    }

    /// RUNNING again, as if it had never ended.
    static Execution redriven(Execution execution) {
        return new Execution(
                execution.arn(),
                execution.machineArn(),
                execution.name(),
                execution.type(),
                execution.definitionId(),
                execution.roleArn(),
                execution.input(),
                Status.RUNNING,
                execution.startedAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                execution.child(),
                Optional.of(new Execution.Redriven(1, START.plusSeconds(200))),
                execution.versionArn(),
                execution.aliasArn(),
                execution.traceHeader());
    }

    static MapRunRecord run(String arn, long second) {
        return new MapRunRecord(
                arn,
                execution("monday", 0).arn(),
                LABELLED,
                "Each",
                Type.STANDARD,
                MapRunRecord.Status.RUNNING,
                START.plusSeconds(second),
                Optional.empty(),
                new MapRunRecord.Settings(0, Optional.empty(), Optional.empty()),
                Json.EMPTY_OBJECT,
                MapRunRecord.Counts.NONE,
                MapRunRecord.Counts.NONE,
                Optional.empty());
    }

    /// With so many children that were left to finish.
    static MapRunRecord aborted(MapRunRecord run, long running) {
        var counts = new MapRunRecord.Counts(0, running, 0, 0, 0, 0, 0, 0, 0);
        return new MapRun.Standing(counts, counts, run.settings(), 0, 0)
                .in(run, MapRunRecord.Status.ABORTED, Optional.of(START.plusSeconds(300)));
    }

    static RunLine runLine(long sequence) {
        return new RunLine(sequence, ("line " + sequence).getBytes(StandardCharsets.UTF_8));
    }

    static Recorded line(long sequence, Entry entry) {
        return new Recorded(sequence, sequence, sequence - 1, START, Frame.ROOT, entry);
    }

    static HistoryEvent started() {
        return new HistoryEvent.ExecutionStarted(
                INPUT, "arn:role", Optional.empty(), Optional.empty());
    }

    static HistoryEvent entered() {
        return new HistoryEvent.StateEntered(HistoryEvent.Kind.PASS, "P", INPUT);
    }

    static HistoryEvent exited() {
        return new HistoryEvent.StateExited(
                HistoryEvent.Kind.PASS, "P", OUTPUT, Map.of(), Optional.empty());
    }
}
