package dev.mapwright.server.api;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Step Functions over AWS JSON 1.0: `POST /` with the operation's name in `X-Amz-Target`.
public final class StatesApi implements Handler {
    private static final String TARGET_PREFIX = "AWSStepFunctions.";

    /// AWS takes requests of 1 MB, a definition of a million characters included; escaped in JSON
    /// it can be longer, so this is the same limit with room for escapes.
    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

    private final Operations operations;

    /// @param region what history events say where a task ran
    public StatesApi(Engine engine, StateTests tests, String region) {
        this.operations = new Operations(engine, tests, region);
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        response.header("Content-Type", "application/x-amz-json-1.0")
                .header("x-amzn-RequestId", UUID.randomUUID().toString());
        Json answer;
        try {
            answer = operations.answer(operation(request), body(request));
        } catch (Refused refused) {
            response.status(400);
            answer = error(refused);
        }
        response.send(answer.text().getBytes(StandardCharsets.UTF_8));
    }

    private static String operation(Request request) throws Refused {
        String target = request.header("X-Amz-Target").orElse("");
        if (!request.method().equals("POST") || !target.startsWith(TARGET_PREFIX)) {
            throw new Refused(
                    "UnknownOperationException",
                    "Step Functions takes POST with the header X-Amz-Target: " + TARGET_PREFIX
                            + "OPERATION.");
        }
        return target.substring(TARGET_PREFIX.length());
    }

    private static Json body(Request request) throws Refused, IOException {
        byte[] bytes;
        try (InputStream body = request.body()) {
            bytes = body.readNBytes(REQUEST_BYTES_MAX + 1);
        }
        if (bytes.length > REQUEST_BYTES_MAX) {
            throw new Refused(
                    "RequestEntityTooLargeException",
                    "The request is larger than %,d bytes.".formatted(REQUEST_BYTES_MAX));
        }
        try {
            return bytes.length == 0
                    ? Json.EMPTY_OBJECT
                    : Json.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonSyntaxException notJson) {
            throw new Refused(
                    "SerializationException",
                    "The request body is not JSON: " + notJson.getMessage());
        }
    }

    private static Json error(Refused refused) {
        return new Members()
                .with("__type", refused.code())
                .with("message", refused.getMessage())
                .with("reason", refused.reason())
                .json();
    }
}
