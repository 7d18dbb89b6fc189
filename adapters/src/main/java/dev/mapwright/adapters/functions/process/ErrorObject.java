package dev.mapwright.adapters.functions.process;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a runtime's client tells of a failure.
final class ErrorObject {
    private static final List<String> SHOWN = List.of("errorMessage", "errorType", "stackTrace");

    private ErrorObject() {}

    /// Text that is no JSON object stays as it is.
    static byte[] withoutCauses(byte[] error) {
        try {
            var text = new String(error, StandardCharsets.UTF_8);
            if (!(Json.parse(text).value() instanceof Map<?, ?> members)) {
                return error;
            }
            var shown = new LinkedHashMap<String, Object>();
            SHOWN.stream()
                    .filter(members::containsKey)
                    .forEach(name -> shown.put(name, members.get(name)));
            return Json.of(shown).text().getBytes(StandardCharsets.UTF_8);
        } catch (JsonSyntaxException notJson) {
            return error;
        }
    }
}
