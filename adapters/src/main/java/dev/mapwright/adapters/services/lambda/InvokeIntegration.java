package dev.mapwright.adapters.services.lambda;

import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.adapters.functions.invocation.Trace;
import dev.mapwright.adapters.services.envelope.Envelope;
import dev.mapwright.adapters.services.envelope.HttpDates;
import dev.mapwright.adapters.services.lambda.InvokeParameters.Log;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.PunctualIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// `arn:aws:states:::lambda:invoke`: what a function returned, in the envelope of Invoke's answer.
public final class InvokeIntegration implements PunctualIntegration {
    public static final String ACTION = "invoke";

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final FunctionCalls calls;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final HttpDates dates;

    /// @param ids for requests and traces
    /// @param clock dates the envelope
    public InvokeIntegration(FunctionCalls calls, Supplier<UUID> ids, InstantSource clock) {
        this.calls = calls;
        this.ids = ids;
        this.clock = clock;
        this.dates = new HttpDates(clock);
    }

    @Override
    public Optional<Json> call(TaskRequest request, Instant until)
            throws TaskFailed, InterruptedException {
        InvokeParameters parameters = InvokeParameters.of(request);
        try {
            return switch (parameters.type()) {
                case REQUEST_RESPONSE -> {
                    Optional<FunctionAnswer> answer = calls.call(parameters.call(), until);
                    yield answer.isEmpty()
                            ? Optional.empty()
                            : Optional.of(result(answer.get(), parameters.log()));
                }
                case EVENT ->
                    calls.send(parameters.call(), until)
                            .map(requestId -> sent(ACCEPTED, requestId));
                case DRY_RUN -> Optional.of(sent(NO_CONTENT, ids.get().toString()));
            };
        } catch (FunctionRefused refused) {
            throw FunctionFailures.ofCall(refused, ids.get().toString());
        }
    }

    private Json result(FunctionAnswer answer, Log shown) throws TaskFailed {
        return switch (answer.invoked()) {
            case Invoked.Failed(byte[] error, var _) -> throw FunctionFailures.ofFunction(error);
            case Invoked.Returned(byte[] payload, LogTail log) -> {
                var members = new LinkedHashMap<String, Object>();
                members.put("ExecutedVersion", answer.executedVersion());
                members.put("Payload", ReturnedPayload.json(payload).value());
                members.put("StatusCode", OK);
                if (shown == Log.TAIL) {
                    byte[] tail = log.text().getBytes(StandardCharsets.UTF_8);
                    members.put("LogResult", Base64.getEncoder().encodeToString(tail));
                }
                var headers = new LinkedHashMap<String, List<String>>();
                headers.put("X-Amz-Executed-Version", List.of(answer.executedVersion()));
                yield Json.of(
                        enveloped(OK, headers, payload.length, answer.requestId(), answer.trace())
                                .around(members));
            }
        };
    }

    private Json sent(int status, String requestId) {
        String trace = Trace.header(ids.get(), clock.instant());
        return Json.of(enveloped(status, new LinkedHashMap<>(), 0, requestId, trace)
                .around(Map.of("StatusCode", status)));
    }

    /// The headers that Lambda sends, in its order.
    private Envelope enveloped(
            int status,
            Map<String, List<String>> headers,
            int bytes,
            String requestId,
            String trace) {
        headers.put("x-amzn-Remapped-Content-Length", List.of("0"));
        headers.put("Connection", List.of("keep-alive"));
        headers.put("x-amzn-RequestId", List.of(requestId));
        headers.put("Content-Length", List.of(Integer.toString(bytes)));
        headers.put("Date", List.of(dates.now()));
        headers.put("X-Amzn-Trace-Id", List.of(trace));
        headers.put("Content-Type", List.of("application/json"));
        return new Envelope(status, headers, requestId);
    }
}
