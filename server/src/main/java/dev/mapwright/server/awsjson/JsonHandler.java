package dev.mapwright.server.awsjson;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/// Answers one service over AWS JSON: `POST /` with the operation's name in `X-Amz-Target`.
public final class JsonHandler implements Handler {
    private final JsonService service;
    private final Map<String, Operation> operations;

    /// @param operations by name; every other one is refused
    public JsonHandler(JsonService service, Map<String, Operation> operations) {
        this.service = service;
        this.operations = Map.copyOf(operations);
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        response.header("Content-Type", service.version().contentType())
                .header("x-amzn-RequestId", UUID.randomUUID().toString());
        Json answer;
        try {
            Operation operation = operation(request);
            answer = operation.answer(parameters(request)).json();
        } catch (Refused refused) {
            response.status(400);
            answer = error(refused);
        }
        response.send(answer.text().getBytes(StandardCharsets.UTF_8));
    }

    private Operation operation(Request request) throws Refused {
        String prefix = service.targetPrefix() + ".";
        String target = request.header("X-Amz-Target").orElse("");
        if (!request.method().equals("POST") || !target.startsWith(prefix)) {
            throw unknown("%s takes POST with the header X-Amz-Target: %sOPERATION."
                    .formatted(service.name(), prefix));
        }
        String name = target.substring(prefix.length());
        Operation operation = operations.get(name);
        if (operation == null) {
            throw unknown("The operation '%s' is not supported by Mapwright's %s"
                    .formatted(name, service.name()));
        }
        return operation;
    }

    private static Refused unknown(String message) {
        return new Refused("UnknownOperationException", message);
    }

    private Parameters parameters(Request request) throws Refused, IOException {
        byte[] bytes;
        try (InputStream body = request.body()) {
            bytes = body.readNBytes(service.requestBytesMax() + 1);
        }
        if (bytes.length > service.requestBytesMax()) {
            throw new Refused(
                    "RequestEntityTooLargeException",
                    "The request is larger than %,d bytes.".formatted(service.requestBytesMax()));
        }
        try {
            Json members = bytes.length == 0
                    ? Json.EMPTY_OBJECT
                    : Json.parse(new String(bytes, StandardCharsets.UTF_8));
            return new Parameters(members, service.violationCode());
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
