package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says on the default bus what becomes of STANDARD executions; the children of Map Runs are left
/// out. An event is written together with the record that it tells of, so that no crash comes
/// between them.
/// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
public final class StatusEvents {
    /// Of input and output together, as texts in JSON.
    /// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
    private static final int PAYLOAD_BYTES_MAX = 248 * 1024;

    private final Events events;

    public StatusEvents(Events events) {
        this.events = events;
    }

    /// Has the event delivered once `batch` is written.
    ///
    /// @param execution as `batch` leaves it: it has just begun, was redriven, or has ended
    public void announce(Batch batch, Execution execution) {
        if (execution.type() == Type.STANDARD && execution.child().isEmpty() && events.isHeard()) {
            events.announce(
                    batch,
                    new News(
                            "aws.states",
                            "Step Functions Execution Status Change",
                            detail(execution),
                            List.of(execution.arn()),
                            time(execution)));
        }
    }

    private static Instant time(Execution execution) {
        return execution
                .endedAt()
                .or(() -> execution.redriven().map(Execution.Redriven::at))
                .orElseGet(execution::startedAt);
    }

    private static Map<String, Object> detail(Execution execution) {
        Optional<String> output =
                execution.output().map(Json::text).filter(text -> fits(escapedBytes(text)));
        long outputBytes =
                execution.output().map(json -> escapedBytes(json.text())).orElse(0L);
        Optional<String> input = Optional.of(execution.input().text())
                .filter(text -> fits(escapedBytes(text) + outputBytes));
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

    private static boolean fits(long bytes) {
        return bytes <= PAYLOAD_BYTES_MAX;
    }

    /// Of a text as JSON has it, in quotes.
    private static long escapedBytes(String text) {
        return Json.of(text).text().getBytes(StandardCharsets.UTF_8).length;
    }
}
