package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Functions;
import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Invoke: synchronous, as an event, or to see whether it could be.
/// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
final class InvokeOperation {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String REQUEST_RESPONSE = "RequestResponse";

    private final Functions functions;

    InvokeOperation(Functions functions) {
        this.functions = functions;
    }

    Answer invoke(Call call) throws FunctionRefused, IOException, InterruptedException {
        byte[] payload = call.bytes(Functions.PAYLOAD_BYTES_MAX);
        requireJson(payload);
        var functionCall = new FunctionCall(
                call.names().getFirst(), call.queried("Qualifier"), payload, context(call));
        String type = call.request().header("X-Amz-Invocation-Type").orElse(REQUEST_RESPONSE);
        return switch (type) {
            case REQUEST_RESPONSE -> answered(functions.call(functionCall), call);
            case "Event" ->
                new Answer(
                        ACCEPTED,
                        Map.of(Answer.REQUEST_ID, functions.send(functionCall)),
                        new byte[0]);
            case "DryRun" -> {
                functions.administration().find(call.function());
                yield Answer.empty();
            }
            default ->
                throw new FunctionRefused(
                        Code.VALIDATION,
                        ("1 validation error detected: Value '%s' at 'invocationType' failed to satisfy constraint: "
                                        + "Member must satisfy enum value set: [RequestResponse, Event, DryRun]")
                                .formatted(type));
        };
    }

    private static Answer answered(FunctionAnswer answer, Call call) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put(Answer.REQUEST_ID, answer.requestId());
        headers.put("X-Amz-Executed-Version", answer.executedVersion());
        headers.put("X-Amzn-Trace-Id", answer.trace());
        if (answer.invoked() instanceof Invoked.Failed) {
            headers.put("X-Amz-Function-Error", "Unhandled");
        }
        if (call.request().header("X-Amz-Log-Type").filter("Tail"::equals).isPresent()) {
            byte[] tail = answer.invoked().log().text().getBytes(StandardCharsets.UTF_8);
            headers.put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(tail));
        }
        return new Answer(OK, headers, answer.invoked().payload());
    }

    private static void requireJson(byte[] payload) throws FunctionRefused {
        try {
            if (payload.length > 0) {
                Json.parse(new String(payload, StandardCharsets.UTF_8));
            }
        } catch (JsonSyntaxException notJson) {
            throw new FunctionRefused(
                    Code.INVALID_REQUEST_CONTENT,
                    "Could not parse request body into json: Could not parse payload into json: "
                            + notJson.getMessage());
        }
    }

    private static Optional<String> context(Call call) throws FunctionRefused {
        Optional<String> given = call.request().header("X-Amz-Client-Context");
        try {
            return given.map(base64 ->
                    new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            throw new FunctionRefused(
                    Code.INVALID_REQUEST_CONTENT, "The client context is not in base64.");
        }
    }
}
