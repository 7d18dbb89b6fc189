package dev.mapwright.adapters.delivery;

import dev.mapwright.adapters.delivery.Destination.Compression;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/// Streams and deliveries as they are kept: JSON.
final class StreamRecord {
    private StreamRecord() {}

    static byte[] write(DeliveryStream stream) {
        Destination to = stream.destination();
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", stream.name());
        tree.put("id", stream.id());
        tree.put("created", stream.created().toString());
        tree.put("version", stream.version());
        tree.put("changed", stream.changed().toString());
        tree.put("roleArn", to.roleArn());
        tree.put("bucket", to.bucket());
        tree.put("prefix", to.prefix().text());
        tree.put("zone", to.prefix().zone().getId());
        tree.put("errorPrefix", to.errorPrefix());
        tree.put("extension", to.extension());
        tree.put("compression", to.compression().name());
        tree.put("delimiter", to.delimiter());
        tree.put("bufferBytes", to.bufferBytes());
        tree.put("bufferSeconds", to.bufferTime().toSeconds());
        return bytes(tree);
    }

    /// Streams of format 1 never changed.
    static DeliveryStream read(byte[] stored) {
        Map<?, ?> tree = tree(stored);
        boolean hasVersion = tree.containsKey("version");
        return new DeliveryStream(
                text(tree, "name"),
                text(tree, "id"),
                Instant.parse(text(tree, "created")),
                hasVersion ? number(tree, "version") : 1,
                Instant.parse(text(tree, hasVersion ? "changed" : "created")),
                new Destination(
                        text(tree, "roleArn"),
                        text(tree, "bucket"),
                        new KeyPrefix(text(tree, "prefix"), ZoneId.of(text(tree, "zone"))),
                        text(tree, "errorPrefix"),
                        text(tree, "extension"),
                        Compression.valueOf(text(tree, "compression")),
                        text(tree, "delimiter"),
                        (int) number(tree, "bufferBytes"),
                        Duration.ofSeconds(number(tree, "bufferSeconds"))));
    }

    static byte[] write(Delivery delivery) {
        return bytes(Map.of("key", delivery.key(), "from", delivery.from(), "to", delivery.to()));
    }

    static Delivery readDelivery(byte[] stored) {
        Map<?, ?> tree = tree(stored);
        return new Delivery(text(tree, "key"), number(tree, "from"), number(tree, "to"));
    }

    private static byte[] bytes(Map<String, Object> tree) {
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<?, ?> tree(byte[] stored) {
        return (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
    }

    private static String text(Map<?, ?> tree, String name) {
        return (String) tree.get(name);
    }

    private static long number(Map<?, ?> tree, String name) {
        return ((Number) tree.get(name)).longValue();
    }
}
