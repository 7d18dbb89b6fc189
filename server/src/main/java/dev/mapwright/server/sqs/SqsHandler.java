package dev.mapwright.server.sqs;

import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;
import dev.mapwright.server.query.Form;
import dev.mapwright.server.query.XmlAnswer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Answers `X-Amz-Target: AmazonSQS.<Operation>` and `Action=<Operation>` with the built-in queues.
public final class SqsHandler implements Handler {
    private static final String TARGET_PREFIX = "AmazonSQS.";
    private static final XmlAnswer XML =
            new XmlAnswer("http://queue.amazonaws.com/doc/2012-11-05/");

    /// Ten messages, which together have at most 1 MiB, with room for escapes.
    private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

    private static final String LEGACY = "AWS.SimpleQueueService.";

    /// Errors whose names were others in the Query protocol. Clients still show these.
    private static final Map<String, String> LEGACY_CODES = Map.of(
            "QueueDoesNotExist", LEGACY + "NonExistentQueue",
            "QueueNameExists", "QueueAlreadyExists",
            "EmptyBatchRequest", LEGACY + "EmptyBatchRequest",
            "TooManyEntriesInBatchRequest", LEGACY + "TooManyEntriesInBatchRequest",
            "BatchEntryIdsNotDistinct", LEGACY + "BatchEntryIdsNotDistinct",
            "InvalidBatchEntryId", LEGACY + "InvalidBatchEntryId",
            "BatchRequestTooLong", LEGACY + "BatchRequestTooLong");

    private final Queues queues;
    private final Supplier<UUID> requestIds;
    private final Origin origin;

    public SqsHandler(Queues queues, Supplier<UUID> requestIds, Origin origin) {
        this.queues = queues;
        this.requestIds = requestIds;
        this.origin = origin;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        String requestId = requestIds.get().toString();
        response.header("x-amzn-RequestId", requestId);
        if (request.header("X-Amz-Target").isPresent()) {
            answerJson(request, response);
        } else {
            answerQuery(request, response, requestId);
        }
    }

    private void answerJson(Request request, Response response)
            throws IOException, InterruptedException {
        response.header("Content-Type", "application/x-amz-json-1.0");
        Map<String, Object> answer;
        try {
            String target = request.header("X-Amz-Target").orElse("");
            if (!target.startsWith(TARGET_PREFIX)) {
                throw new RefusedRequest(
                        "UnknownOperationException",
                        "Expected the header X-Amz-Target: %s<Operation>, found '%s'"
                                .formatted(TARGET_PREFIX, target));
            }
            String operation = target.substring(TARGET_PREFIX.length());
            answer = queues.call(operation, members(request), origin.of(request));
        } catch (RefusedRequest refused) {
            response.status(refused.status())
                    .header("x-amzn-query-error", legacyCode(refused) + ";Sender");
            answer = Map.of(
                    "__type",
                    "com.amazonaws.sqs#" + refused.code(),
                    "message",
                    refused.getMessage());
        }
        response.send(Json.of(answer).text().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> members(Request request) throws IOException {
        byte[] body = request.body().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw new RefusedRequest(
                    "RequestEntityTooLarge",
                    "The request is larger than %,d bytes.".formatted(BODY_BYTES_MAX));
        }
        try {
            if (Json.parse(new String(body, StandardCharsets.UTF_8)).value()
                    instanceof Map<?, ?> object) {
                var members = new LinkedHashMap<String, Object>();
                object.forEach((name, value) -> members.put((String) name, value));
                return members;
            }
            throw new RefusedRequest("SerializationException", "The request must be an object");
        } catch (JsonSyntaxException notJson) {
            throw new RefusedRequest(
                    "SerializationException", "The request is not JSON: " + notJson.getMessage());
        }
    }

    private void answerQuery(Request request, Response response, String requestId)
            throws IOException, InterruptedException {
        response.header("Content-Type", "text/xml");
        byte[] answer;
        try {
            Form form = Form.of(request);
            Map<String, Object> members = QueryShapes.request(form, request.rawPath());
            answer = XML.success(
                    form.action(),
                    queues.call(form.action(), members, origin.of(request)),
                    requestId,
                    new QueryShapes(form.action())::write);
        } catch (RefusedRequest refused) {
            response.status(refused.status());
            answer = XML.error(refused, legacyCode(refused), requestId);
        }
        response.send(answer);
    }

    private static String legacyCode(RefusedRequest refused) {
        return LEGACY_CODES.getOrDefault(refused.code(), refused.code());
    }
}
