package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.FunctionName;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.http.Request;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request: what its path names, its query, and its body.
///
/// @param names the parts of the path that the route leaves open, decoded
record Call(Request request, List<String> names, Map<String, String> query) {
    static Call of(Request request, List<String> names) {
        var query = new LinkedHashMap<String, String>();
        for (String pair : request.rawQuery().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Call(request, names, Map.copyOf(query));
    }

    static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// The function in the path, with the qualifier of the query.
    FunctionName function() throws FunctionRefused {
        return FunctionName.of(names.getFirst(), queried("Qualifier"));
    }

    Optional<String> queried(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    byte[] bytes(int bytesMax) throws FunctionRefused, IOException {
        byte[] bytes;
        try (InputStream body = request.body()) {
            bytes = body.readNBytes(bytesMax + 1);
        }
        if (bytes.length > bytesMax) {
            throw new FunctionRefused(
                    Code.REQUEST_TOO_LARGE,
                    "Request must be smaller than %d bytes for this operation".formatted(bytesMax));
        }
        return bytes;
    }

    /// The body as JSON; an empty object where there is none.
    Body body(int bytesMax) throws Refused, FunctionRefused, IOException {
        byte[] bytes = bytes(bytesMax);
        try {
            Json json = bytes.length == 0
                    ? Json.EMPTY_OBJECT
                    : Json.parse(new String(bytes, StandardCharsets.UTF_8));
            return new Body(new Parameters(json, JsonService.VALIDATION), json);
        } catch (JsonSyntaxException notJson) {
            throw new FunctionRefused(
                    Code.INVALID_REQUEST_CONTENT,
                    "Could not parse request body into json: " + notJson.getMessage());
        }
    }

    /// A body's members, checked and as they came.
    record Body(Parameters parameters, Json json) {
        Map<?, ?> members() {
            return (Map<?, ?>) json.value();
        }
    }
}
