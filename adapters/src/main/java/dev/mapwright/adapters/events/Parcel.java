package dev.mapwright.adapters.events;

import dev.mapwright.adapters.outbox.Patience;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one target gets, on its way to it.
///
/// @param id the same when it is delivered again
/// @param rule for the log
record Parcel(
        String id,
        String rule,
        String targetArn,
        String input,
        Optional<String> messageGroup,
        Optional<String> deadLetterQueue,
        Patience patience) {
    private static final int VERSION = 2;

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("id", id);
        tree.put("rule", rule);
        tree.put("targetArn", targetArn);
        tree.put("input", input);
        messageGroup.ifPresent(group -> tree.put("messageGroup", group));
        deadLetterQueue.ifPresent(arn -> tree.put("deadLetterQueue", arn));
        tree.put("attemptsMax", patience.attemptsMax());
        tree.put("ageSecondsMax", patience.ageMax().toSeconds());
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Parcel read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected a parcel of version %d, found version %s"
                    .formatted(VERSION, tree.get("version")));
        }
        return new Parcel(
                (String) tree.get("id"),
                (String) tree.get("rule"),
                (String) tree.get("targetArn"),
                (String) tree.get("input"),
                Optional.ofNullable((String) tree.get("messageGroup")),
                Optional.ofNullable((String) tree.get("deadLetterQueue")),
                new Patience(
                        ((Number) tree.get("attemptsMax")).intValue(),
                        Duration.ofSeconds(((Number) tree.get("ageSecondsMax")).longValue())));
    }
}
