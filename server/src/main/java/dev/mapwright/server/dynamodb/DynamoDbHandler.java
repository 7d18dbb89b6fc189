package dev.mapwright.server.dynamodb;

import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.tables.local.item.TableException;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// Answers `X-Amz-Target: DynamoDB_20120810.<Operation>` with the built-in tables.
public final class DynamoDbHandler implements Handler {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    static final String TARGET_PREFIX = "DynamoDB_20120810.";

    /// Errors that come from the framework below DynamoDB, and carry its namespace.
    private static final Map<String, String> FOREIGN_TYPES = Map.of(
            "ValidationException", "com.amazon.coral.validate#ValidationException",
            "SerializationException", "com.amazon.coral.service#SerializationException",
            "UnknownOperationException", "com.amazon.coral.service#UnknownOperationException");

    /// These spell the member `Message`.
    private static final Set<String> CAPITAL_MESSAGE = Set.of(
            "TransactionCanceledException",
            "SerializationException",
            "IdempotentParameterMismatchException",
            "TransactionInProgressException");

    private final Tables tables;
    private final Supplier<UUID> requestIds;

    public DynamoDbHandler(Tables tables, Supplier<UUID> requestIds) {
        this.tables = tables;
        this.requestIds = requestIds;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        String target = request.header("X-Amz-Target").orElse("");
        try {
            if (!target.startsWith(TARGET_PREFIX)) {
                throw new TableException(
                        "UnknownOperationException",
                        "Expected the header X-Amz-Target: %s<Operation>, found '%s'"
                                .formatted(TARGET_PREFIX, target));
            }
            Map<String, Object> members = body(request);
            String operation = target.substring(TARGET_PREFIX.length());
            send(
                    response,
                    200,
                    operation.equals("DescribeEndpoints")
                            ? endpoints(request)
                            : tables.call(operation, members));
        } catch (TableException e) {
            send(response, e.code().equals("InternalServerError") ? 500 : 400, error(e));
        }
    }

    private static Map<String, Object> body(Request request) throws IOException {
        byte[] body = request.body().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw TableException.validation(
                    "The request is larger than the limit of %d bytes".formatted(BODY_BYTES_MAX));
        }
        try {
            if (Json.parse(new String(body, StandardCharsets.UTF_8)).value()
                    instanceof Map<?, ?> object) {
                var members = new LinkedHashMap<String, Object>();
                object.forEach((name, value) -> members.put((String) name, value));
                return members;
            }
            throw TableException.serialization("The request must be a JSON object");
        } catch (JsonSyntaxException e) {
            throw TableException.serialization("The request is not JSON: " + e.getMessage());
        }
    }

    /// The address by which the client came.
    private static Map<String, Object> endpoints(Request request) {
        return Map.of(
                "Endpoints",
                List.of(Map.of(
                        "Address",
                        request.header("Host").orElse(""),
                        "CachePeriodInMinutes",
                        1440)));
    }

    private static Map<String, Object> error(TableException e) {
        var error = new LinkedHashMap<String, Object>();
        error.put(
                "__type",
                FOREIGN_TYPES.getOrDefault(
                        e.code(), "com.amazonaws.dynamodb.v20120810#" + e.code()));
        error.put(CAPITAL_MESSAGE.contains(e.code()) ? "Message" : "message", e.getMessage());
        error.putAll(e.extra());
        return error;
    }

    private void send(Response response, int status, Map<String, Object> members)
            throws IOException {
        byte[] body = Json.of(members).text().getBytes(StandardCharsets.UTF_8);
        var checksum = new CRC32();
        checksum.update(body);
        response.status(status)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("x-amzn-RequestId", requestIds.get().toString())
                .header("x-amz-crc32", Long.toString(checksum.getValue()))
                .send(body);
    }
}
