package dev.mapwright.adapters.services.envelope;

import dev.mapwright.asl.json.JsonObject;
import dev.mapwright.engine.task.TaskFailed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The metadata of the HTTP answer behind a result: `SdkHttpMetadata` and `SdkResponseMetadata`.
///
/// @param headers in the order in which they are to be shown
public record Envelope(int status, Map<String, List<String>> headers, String requestId) {
    private static final JsonObject.Shape HTTP_METADATA =
            JsonObject.Shape.of(List.of("AllHttpHeaders", "HttpHeaders", "HttpStatusCode"));
    private static final JsonObject.Shape RESPONSE_METADATA =
            JsonObject.Shape.of(List.of("RequestId"));

    /// The result in AWS's form: the response's members and the metadata, sorted by name.
    public Map<String, Object> around(Map<String, Object> response) {
        var all = new JsonObject.Builder(headers.size());
        headers.forEach((name, values) -> all.put(name, List.copyOf(values)));
        JsonObject allHeaders = all.build();
        JsonObject firstHeaders = allHeaders
                .shape()
                .object(headers.values().stream().map(List::getFirst).toArray());
        var result = new TreeMap<String, Object>(response);
        result.put("SdkHttpMetadata", HTTP_METADATA.object(allHeaders, firstHeaders, status));
        result.put("SdkResponseMetadata", RESPONSE_METADATA.object(requestId));
        return result;
    }

    /// A service's error as the older SDK words it.
    ///
    /// @param error with its prefix: `DynamoDB.ResourceNotFoundException`
    /// @param service the older SDK's name for the service: `AmazonDynamoDBv2`
    /// @param code the service's own name for the error
    public static TaskFailed failure(
            String error,
            String message,
            String service,
            int status,
            String code,
            String requestId) {
        return TaskFailed.of(
                error,
                "%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
                        .formatted(message, service, status, code, requestId));
    }
}
