package dev.mapwright.adapters.services.dynamodb;

import dev.mapwright.adapters.services.envelope.Envelope;
import dev.mapwright.adapters.services.envelope.HttpDates;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.tables.local.item.TableException;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// `arn:aws:states:::dynamodb:getItem` and its three siblings. Results carry the envelope of AWS's
/// older SDK, which the optimized integrations show: the HTTP headers that the answer would have
/// had, and a request id.
public final class DynamoDbIntegration implements TaskIntegration {
    /// All that AWS optimizes; other actions are refused when the state machine is created.
    public static final Set<String> ACTIONS =
            Set.of("getItem", "putItem", "updateItem", "deleteItem");

    /// Errors with a class of their own in the older SDK; any other is an
    /// `AmazonDynamoDBException`.
    private static final Set<String> MODELLED = Set.of(
            "ConditionalCheckFailedException",
            "InternalServerError",
            "ItemCollectionSizeLimitExceededException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ResourceNotFoundException",
            "ThrottlingException",
            "TransactionConflictException");

    private final Tables tables;
    private final Supplier<UUID> requestIds;
    private final HttpDates dates;

    /// @param clock dates the envelope
    public DynamoDbIntegration(Tables tables, Supplier<UUID> requestIds, InstantSource clock) {
        this.tables = tables;
        this.requestIds = requestIds;
        this.dates = new HttpDates(clock);
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        String requestId = requestIds.get().toString();
        Map<String, Object> arguments = Arguments.of(request);
        try {
            return Json.of(
                    enveloped(tables.call(Arguments.operation(request), arguments), requestId));
        } catch (TableException e) {
            throw failure(e, requestId);
        }
    }

    private static TaskFailed failure(TableException e, String requestId) {
        String name = MODELLED.contains(e.code()) ? e.code() : "AmazonDynamoDBException";
        return Envelope.failure(
                "DynamoDB." + name, e.getMessage(), "AmazonDynamoDBv2", 400, e.code(), requestId);
    }

    private Map<String, Object> enveloped(Map<String, Object> response, String requestId) {
        byte[] body = Json.of(response).text().getBytes(StandardCharsets.UTF_8);
        var checksum = new CRC32();
        checksum.update(body);
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Connection", List.of("keep-alive"));
        headers.put("Content-Length", List.of(Integer.toString(body.length)));
        headers.put("Content-Type", List.of("application/x-amz-json-1.0"));
        headers.put("Date", List.of(dates.now()));
        headers.put("Server", List.of("Server"));
        headers.put("x-amz-crc32", List.of(Long.toString(checksum.getValue())));
        headers.put("x-amzn-RequestId", List.of(requestId));
        return new Envelope(200, headers, requestId).around(response);
    }
}
