package dev.mapwright.adapters.services.dynamodb;

import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.tables.local.item.TableException;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// `arn:aws:states:::aws-sdk:dynamodb:*`, for every operation that the built-in DynamoDB has.
/// Results are those of the Java SDK: no envelope, times as ISO-8601, binaries as text.
public final class DynamoDbSdkIntegration implements TaskIntegration {
    /// Errors with a class of their own in the SDK; any other is a `DynamoDbException`.
    private static final Set<String> MODELLED = Set.of(
            "ConditionalCheckFailedException",
            "IdempotentParameterMismatchException",
            "InternalServerError",
            "ItemCollectionSizeLimitExceededException",
            "LimitExceededException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ResourceInUseException",
            "ResourceNotFoundException",
            "ThrottlingException",
            "TransactionCanceledException",
            "TransactionConflictException",
            "TransactionInProgressException");

    private final Tables tables;
    private final Supplier<UUID> requestIds;

    public DynamoDbSdkIntegration(Tables tables, Supplier<UUID> requestIds) {
        this.tables = tables;
        this.requestIds = requestIds;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        Map<String, Object> arguments = SdkShapes.request(Arguments.of(request));
        try {
            return Json.of(
                    SdkShapes.response(tables.call(Arguments.operation(request), arguments)));
        } catch (TableException e) {
            throw failure(e);
        }
    }

    private TaskFailed failure(TableException e) {
        return TaskFailed.of(
                "DynamoDb." + exceptionName(e.code()),
                "%s (Service: DynamoDb, Status Code: 400, Request ID: %s)"
                        .formatted(e.getMessage(), requestIds.get()));
    }

    private static String exceptionName(String code) {
        if (!MODELLED.contains(code)) {
            return "DynamoDbException";
        }
        return code.endsWith("Exception") ? code : code + "Exception";
    }
}
