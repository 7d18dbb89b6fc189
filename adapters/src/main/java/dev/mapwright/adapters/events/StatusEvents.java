package dev.mapwright.adapters.events;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.execution.ExecutionListener;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says on the default bus what becomes of STANDARD executions; the children of Map Runs are left
/// out.
/// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
public final class StatusEvents implements ExecutionListener {
    /// An input or output that is larger is left out.
    /// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
    private static final int PAYLOAD_BYTES_MAX = 248 * 1024;

    private final Events events;

    public StatusEvents(Events events) {
        this.events = events;
    }

    @Override
    public void started(Execution execution) {
        announce(execution, execution.startedAt());
    }

    @Override
    public void redriven(Execution execution) {
        Instant time =
                execution.redriven().map(Execution.Redriven::at).orElseGet(execution::startedAt);
        announce(execution, time);
    }

    @Override
    public void ended(Execution execution) {
        announce(execution, execution.endedAt().orElseGet(execution::startedAt));
    }

    private void announce(Execution execution, Instant time) {
        if (execution.type() == Type.STANDARD && execution.child().isEmpty()) {
            events.announce(
                    "aws.states",
                    "Step Functions Execution Status Change",
                    List.of(execution.arn()),
                    time,
                    () -> detail(execution));
        }
    }

    private static Map<String, Object> detail(Execution execution) {
        Optional<String> input = payload(execution.input().text());
        Optional<String> output = execution.output().flatMap(json -> payload(json.text()));
        Optional<Failure> failure =
                execution.failure().filter(_ -> execution.status() != Status.TIMED_OUT);
        var detail = new LinkedHashMap<String, Object>();
        detail.put("executionArn", execution.arn());
        detail.put("stateMachineArn", execution.machineArn());
        detail.put("name", execution.name());
        detail.put("status", execution.status().name());
        detail.put("startDate", execution.startedAt().toEpochMilli());
        detail.put("stopDate", execution.endedAt().map(Instant::toEpochMilli).orElse(null));
        detail.put("input", input.orElse(null));
        detail.put("inputDetails", Map.of("included", input.isPresent()));
        detail.put("output", output.orElse(null));
        detail.put(
                "outputDetails",
                execution
                        .output()
                        .map(_ -> Map.of("included", output.isPresent()))
                        .orElse(null));
        detail.put("error", failure.flatMap(Failure::error).orElse(null));
        detail.put("cause", failure.flatMap(Failure::cause).orElse(null));
        detail.put("redriveCount", execution.redriveCount());
        detail.put(
                "redriveDate",
                execution.redriven().map(last -> last.at().toEpochMilli()).orElse(null));
        redriving(execution, detail);
        detail.put("stateMachineVersionArn", execution.versionArn().orElse(null));
        detail.put("stateMachineAliasArn", execution.aliasArn().orElse(null));
        return detail;
    }

    private static void redriving(Execution execution, Map<String, Object> detail) {
        switch (execution.status()) {
            case RUNNING, SUCCEEDED, PENDING_REDRIVE -> {
                detail.put("redriveStatus", "NOT_REDRIVABLE");
                detail.put(
                        "redriveStatusReason",
                        "Execution is %s and cannot be redriven".formatted(execution.status()));
            }
            case FAILED, TIMED_OUT, ABORTED -> {
                detail.put("redriveStatus", "REDRIVABLE");
                detail.put("redriveStatusReason", null);
            }
        }
    }

    private static Optional<String> payload(String text) {
        return Optional.of(text).filter(small -> small.length() <= PAYLOAD_BYTES_MAX);
    }
}
