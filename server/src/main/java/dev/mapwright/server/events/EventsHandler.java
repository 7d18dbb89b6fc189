package dev.mapwright.server.events;

import dev.mapwright.adapters.events.Events;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.server.awsjson.JsonTree;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Answers `X-Amz-Target: AWSEvents.<Operation>` with the built-in event buses.
public final class EventsHandler implements Handler {
    private static final String TARGET_PREFIX = "AWSEvents.";

    /// Ten events, which together have at most 1 MiB, with room for escapes.
    private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

    private final Events events;
    private final Supplier<UUID> requestIds;

    public EventsHandler(Events events, Supplier<UUID> requestIds) {
        this.events = events;
        this.requestIds = requestIds;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        response.header("Content-Type", "application/x-amz-json-1.1")
                .header("x-amzn-RequestId", requestIds.get().toString());
        Map<String, Object> answer;
        try {
            String operation = JsonTree.operation(request, TARGET_PREFIX);
            answer = events.call(operation, JsonTree.members(request, BODY_BYTES_MAX));
        } catch (RefusedRequest refused) {
            response.status(refused.status());
            answer = Map.of("__type", refused.code(), "message", refused.getMessage());
        }
        response.send(Json.of(answer).text().getBytes(StandardCharsets.UTF_8));
    }
}
