package dev.mapwright.adapters.metrics.actions;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An action that waits to be done.
///
/// @param arn of who gets the message
/// @param subject of a message to a topic
record Errand(String arn, Optional<String> subject, String message) {
    private static final int VERSION = 1;

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("arn", arn);
        subject.ifPresent(text -> tree.put("subject", text));
        tree.put("message", message);
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Errand read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected an errand of version %d, found version %s"
                    .formatted(VERSION, tree.get("version")));
        }
        return new Errand(
                (String) tree.get("arn"),
                Optional.ofNullable((String) tree.get("subject")),
                (String) tree.get("message"));
    }
}
