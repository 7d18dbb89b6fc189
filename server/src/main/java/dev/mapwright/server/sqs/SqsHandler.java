package dev.mapwright.server.sqs;

import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.server.awsjson.JsonTree;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;
import dev.mapwright.server.query.Form;
import dev.mapwright.server.query.XmlAnswer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            String operation = JsonTree.operation(request, TARGET_PREFIX);
            Map<String, Object> members = JsonTree.members(request, BODY_BYTES_MAX);
            answer = queues.call(operation, members, origin.of(request));
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
            answer = XML.error(legacyCode(refused), refused.getMessage(), requestId);
        }
        response.send(answer);
    }

    private static String legacyCode(RefusedRequest refused) {
        return LEGACY_CODES.getOrDefault(refused.code(), refused.code());
    }
}
