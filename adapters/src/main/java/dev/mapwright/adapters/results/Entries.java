package dev.mapwright.adapters.results;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ResultEntry;
import dev.mapwright.engine.maprun.WriteFailed;
import dev.mapwright.engine.store.Execution;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a result looks like in its file.
///
/// @param lines one entry per line, instead of one array per file
record Entries(Transformation transformation, boolean lines) {
    enum Transformation {
        NONE,
        COMPACT,
        FLATTEN
    }

    static Entries of(Json target) throws WriteFailed {
        var members = (Map<?, ?>) target.value();
        Object transformation = members.get("Transformation");
        Object type = members.get("OutputType");
        return new Entries(
                switch (transformation == null ? "NONE" : transformation.toString()) {
                    case "NONE" -> Transformation.NONE;
                    case "COMPACT" -> Transformation.COMPACT;
                    case "FLATTEN" -> Transformation.FLATTEN;
                    default ->
                        throw new WriteFailed("Transformation is NONE, COMPACT or FLATTEN, but was "
                                + transformation);
                },
                switch (type == null ? "JSON" : type.toString()) {
                    case "JSON" -> false;
                    case "JSONL" -> true;
                    default ->
                        throw new WriteFailed("OutputType is JSON or JSONL, but was " + type);
                });
    }

    /// A child's entries: one, unless an array is flattened. Those that failed are never
    /// transformed.
    List<byte[]> of(Execution child) {
        if (transformation == Transformation.NONE || child.output().isEmpty()) {
            return List.of(ResultEntry.bytes(child));
        }
        Json output = child.output().get();
        if (transformation == Transformation.FLATTEN
                && output.value() instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> bytes(Json.of(element).text()))
                    .toList();
        }
        return List.of(bytes(text(output)));
    }

    /// The input of a batch that was never started.
    static byte[] pending(Json input) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("Input", input.text());
        entry.put("InputDetails", Map.of("Included", true));
        entry.put("Status", "PENDING");
        return bytes(Json.of(entry).text());
    }

    /// A text that came with line breaks is written anew where each entry is a line.
    private String text(Json output) {
        String text = output.text();
        boolean broken = lines && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0);
        return broken ? Json.of(output.value()).text() : text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
