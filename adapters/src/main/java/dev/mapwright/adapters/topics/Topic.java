package dev.mapwright.adapters.topics;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is said of a topic.
///
/// @param attributes those that were set
record Topic(String name, Map<String, String> attributes, Map<String, String> tags) {
    static final String FIFO_SUFFIX = ".fifo";
    private static final int VERSION = 1;

    Topic {
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }

    boolean isFifo() {
        return "true".equals(attributes.get("FifoTopic"));
    }

    boolean deduplicatesByContent() {
        return "true".equals(attributes.get("ContentBasedDeduplication"));
    }

    /// The first one, unless its attribute says otherwise.
    SigningKey.Version signatureVersion() {
        return SigningKey.Version.TWO.text().equals(attributes.get("SignatureVersion"))
                ? SigningKey.Version.TWO
                : SigningKey.Version.ONE;
    }

    Topic withAttribute(String attribute, String value) {
        var changed = new LinkedHashMap<>(attributes);
        changed.put(attribute, value);
        return new Topic(name, changed, tags);
    }

    Topic withTags(Map<String, String> changed) {
        return new Topic(name, attributes, changed);
    }

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("name", name);
        tree.put("attributes", attributes);
        tree.put("tags", tags);
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Topic read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected a topic of version %d, found version %s"
                    .formatted(VERSION, tree.get("version")));
        }
        return new Topic(
                (String) tree.get("name"), texts(tree.get("attributes")), texts(tree.get("tags")));
    }

    static Map<String, String> texts(Object stored) {
        var texts = new LinkedHashMap<String, String>();
        ((Map<?, ?>) stored).forEach((name, value) -> texts.put((String) name, (String) value));
        return texts;
    }
}
