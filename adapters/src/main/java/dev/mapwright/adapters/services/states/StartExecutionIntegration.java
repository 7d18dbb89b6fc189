package dev.mapwright.adapters.services.states;

import dev.mapwright.adapters.services.envelope.Envelope;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// `arn:aws:states:::states:startExecution`, also with `.sync` and `.sync:2`: an execution of
/// another state machine of this engine.
///
/// Without a Name the execution is named after the call's idempotency key. Results and errors are
/// those that AWS records: the answer of StartExecution with the metadata of the older SDK; for the
/// waiting patterns DescribeExecution, whose JSON is also the cause of a failure.
public final class StartExecutionIntegration implements JobIntegration {
    public static final String ACTION = "startExecution";

    private static final String SERVICE = "AWSStepFunctions";
    private static final int BAD_REQUEST = 400;
    private static final int MILLISECOND_DIGITS = 3;
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final Supplier<Executions> executions;
    private final Supplier<UUID> requestIds;
    private final InstantSource clock;

    /// @param executions asked for at the first call, for the engine that has them needs its
    ///     integrations first
    /// @param clock dates the metadata
    public StartExecutionIntegration(
            Supplier<Executions> executions, Supplier<UUID> requestIds, InstantSource clock) {
        this.executions = executions;
        this.requestIds = requestIds;
        this.clock = clock;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        return answer(started(request));
    }

    @Override
    public Job start(TaskRequest request) throws TaskFailed, InterruptedException {
        Execution execution = started(request);
        return new Job(execution.arn(), answer(execution));
    }

    @Override
    public Optional<Json> poll(String executionArn, TaskRequest request) throws TaskFailed {
        Execution execution = executions
                .get()
                .find(executionArn)
                .orElseThrow(() -> TaskFailed.of(
                        "StepFunctions.ExecutionDoesNotExistException",
                        "Execution Does Not Exist: '%s'".formatted(executionArn)));
        return switch (execution.status()) {
            case RUNNING, PENDING_REDRIVE -> Optional.empty();
            case SUCCEEDED -> Optional.of(result(execution, request.resource()));
            case FAILED, TIMED_OUT, ABORTED ->
                throw TaskFailed.of(
                        "States.TaskFailed", Description.withTexts(execution).text());
        };
    }

    private static Json result(Execution execution, TaskResource resource) {
        return switch (resource.pattern()) {
            case RUN_A_JOB_2 -> Description.withValues(execution);
            case RUN_A_JOB, REQUEST_RESPONSE, WAIT_FOR_TOKEN -> Description.withTexts(execution);
        };
    }

    @Override
    public void cancel(String executionArn, TaskRequest request)
            throws TaskFailed, InterruptedException {
        try {
            executions.get().stop(executionArn, new Failure(Optional.empty(), Optional.empty()));
        } catch (Refused refused) {
            throw failure(refused);
        }
    }

    private Execution started(TaskRequest request) throws TaskFailed, InterruptedException {
        try {
            Start start = StartParameters.of(request);
            try {
                return executions.get().start(start);
            } catch (Refused refused) {
                return startedBefore(start, refused);
            }
        } catch (Refused refused) {
            throw failure(refused);
        }
    }

    /// The execution that this very call started before a crash, though it has ended since. Its ARN
    /// names the machine only, also if it was started through a version or an alias.
    private Execution startedBefore(Start start, Refused refused) throws Refused {
        if (!refused.code().equals("ExecutionAlreadyExists")) {
            throw refused;
        }
        String arn = start.machineArn().replaceFirst(":stateMachine:([^:]+).*", ":execution:$1:")
                + start.name().orElseThrow();
        return executions
                .get()
                .find(arn)
                .filter(existing -> existing.traceHeader().equals(start.traceHeader()))
                .orElseThrow(() -> refused);
    }

    private TaskFailed failure(Refused refused) {
        String code = refused.code();
        return Envelope.failure(
                "StepFunctions." + (code.endsWith("Exception") ? code : code + "Exception"),
                refused.getMessage(),
                SERVICE,
                BAD_REQUEST,
                code,
                requestIds.get().toString());
    }

    private Json answer(Execution execution) {
        String requestId = requestIds.get().toString();
        var members = new LinkedHashMap<String, Object>();
        members.put("ExecutionArn", execution.arn());
        members.put("StartDate", execution.startedAt().toEpochMilli());
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("x-amzn-RequestId", List.of(requestId));
        headers.put("connection", List.of("keep-alive"));
        headers.put("Content-Length", List.of(Integer.toString(bodyBytes(execution))));
        headers.put("Date", List.of(HTTP_DATE.format(clock.instant())));
        headers.put("Content-Type", List.of("application/x-amz-json-1.0"));
        return Json.of(new Envelope(200, headers, requestId).around(members));
    }

    /// How long StartExecution's answer would be over HTTP, where it gives times in seconds.
    private static int bodyBytes(Execution execution) {
        var seconds = BigDecimal.valueOf(execution.startedAt().toEpochMilli(), MILLISECOND_DIGITS);
        String body = Json.of(Map.of("executionArn", execution.arn(), "startDate", seconds))
                .text();
        return body.getBytes(StandardCharsets.UTF_8).length;
    }
}
