package dev.mapwright.adapters.queues;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is said of a queue; its messages lie elsewhere, under its number.
record QueueDefinition(
        String name,
        int number,
        Instant created,
        Instant modified,
        QueueAttributes attributes,
        Map<String, String> tags) {
    private static final int VERSION = 1;

    QueueDefinition {
        tags = Map.copyOf(tags);
    }

    QueueDefinition withAttributes(QueueAttributes changed, Instant now) {
        return new QueueDefinition(name, number, created, now, changed, tags);
    }

    QueueDefinition withTags(Map<String, String> changed) {
        return new QueueDefinition(name, number, created, modified, attributes, changed);
    }

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("name", name);
        tree.put("number", number);
        tree.put("created", created.toString());
        tree.put("modified", modified.toString());
        tree.put("attributes", attributes.set());
        tree.put("tags", tags);
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static QueueDefinition read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException(
                    "Expected a queue definition of version %d, found version %s"
                            .formatted(VERSION, tree.get("version")));
        }
        return new QueueDefinition(
                (String) tree.get("name"),
                (Integer) tree.get("number"),
                Instant.parse((String) tree.get("created")),
                Instant.parse((String) tree.get("modified")),
                new QueueAttributes(texts(tree.get("attributes"))),
                texts(tree.get("tags")));
    }

    private static Map<String, String> texts(Object stored) {
        var texts = new LinkedHashMap<String, String>();
        ((Map<?, ?>) stored).forEach((name, value) -> texts.put((String) name, (String) value));
        return texts;
    }
}
