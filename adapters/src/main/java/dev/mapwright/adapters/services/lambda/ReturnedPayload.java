package dev.mapwright.adapters.services.lambda;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.nio.charset.StandardCharsets;

/// What a function returned, as a value.
final class ReturnedPayload {
    private ReturnedPayload() {}

    /// Text that is no JSON is a string.
    static Json json(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            return Json.of(text);
        }
    }
}
