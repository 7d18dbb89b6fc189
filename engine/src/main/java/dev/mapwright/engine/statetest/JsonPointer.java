package dev.mapwright.engine.statetest;

import dev.mapwright.asl.json.Json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A way into a document that is in memory, https://www.rfc-editor.org/rfc/rfc6901.
record JsonPointer(List<String> steps) {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    /// Absent for what is no pointer.
    static Optional<JsonPointer> of(Json pointer) {
        return switch (pointer.value()) {
            case String text when text.isEmpty() -> Optional.of(new JsonPointer(List.of()));
            case String text
            when text.startsWith("/") ->
                Optional.of(new JsonPointer(List.of(text.substring(1).split("/", -1))));
            case null, default -> Optional.empty();
        };
    }

    /// What it points to; absent where the document has nothing.
    Optional<Json> in(Json document) {
        Optional<Json> node = Optional.of(document);
        for (String step : steps) {
            String name = step.replace("~1", "/").replace("~0", "~");
            node = node.flatMap(around -> below(around, name));
        }
        return node;
    }

    private static Optional<Json> below(Json around, String name) {
        return switch (around.value()) {
            case Map<?, ?> members
            when members.containsKey(name) -> Optional.of(Json.of(members.get(name)));
            case List<?> elements
            when INDEX.matcher(name).matches() && Integer.parseInt(name) < elements.size() ->
                Optional.of(Json.of(elements.get(Integer.parseInt(name))));
            case null, default -> Optional.empty();
        };
    }
}
