package dev.mapwright.server.awsjson;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.server.http.Request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A request over AWS JSON, for services that take it as a plain tree.
public final class JsonTree {
    private JsonTree() {}

    /// @param targetPrefix what stands before the operation in `X-Amz-Target`, with its dot
    /// @throws RefusedRequest where the target has another one
    public static String operation(Request request, String targetPrefix) {
        String target = request.header("X-Amz-Target").orElse("");
        if (!target.startsWith(targetPrefix)) {
            throw new RefusedRequest(
                    "UnknownOperationException",
                    "Expected the header X-Amz-Target: %s<Operation>, found '%s'"
                            .formatted(targetPrefix, target));
        }
        return target.substring(targetPrefix.length());
    }

    /// @throws RefusedRequest where the body is no JSON object, or too large
    public static Map<String, Object> members(Request request, int bytesMax) throws IOException {
        byte[] body = request.body().readNBytes(bytesMax + 1);
        if (body.length > bytesMax) {
            throw new RefusedRequest(
                    "RequestEntityTooLarge",
                    "The request is larger than %,d bytes.".formatted(bytesMax));
        }
        try {
            if (Json.parse(new String(body, StandardCharsets.UTF_8)).value()
                    instanceof Map<?, ?> object) {
                var members = new LinkedHashMap<String, Object>();
                object.forEach((name, value) -> members.put((String) name, value));
                return members;
            }
        } catch (JsonSyntaxException notJson) {
            throw new RefusedRequest(
                    "SerializationException", "The request is not JSON: " + notJson.getMessage());
        }
        throw new RefusedRequest("SerializationException", "The request must be a JSON object.");
    }
}
