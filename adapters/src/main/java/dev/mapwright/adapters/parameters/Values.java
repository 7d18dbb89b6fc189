package dev.mapwright.adapters.parameters;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.world.World;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Values by name. Those of the configuration are there from the start and cannot be changed or
/// deleted through the API; all others are kept in the store.
public final class Values {
    /// https://docs.aws.amazon.com/general/latest/gr/ssm.html
    public static final int VALUES_MAX = 10_000;

    private final KeyValueStore store;
    private final Space space;
    private final Map<String, Value> configured;
    private final World world;

    /// @param kind how a client chose to store it: `String`, `SecureString`, `SecretBinary`, …
    /// @param version counts the changes, from 1
    /// @param versionId names this version of a secret
    public record Value(
            String name,
            String kind,
            String text,
            String description,
            long version,
            String versionId,
            Instant changed) {}

    /// @param name of the space in the store
    /// @param configured texts by name
    /// @param kind of those
    public Values(
            KeyValueStore store,
            String name,
            Map<String, String> configured,
            String kind,
            World world) {
        this.store = store;
        this.space = store.space(name);
        this.world = world;
        Instant now = world.now();
        var values = new LinkedHashMap<String, Value>();
        configured.forEach((key, text) ->
                values.put(key, new Value(key, kind, text, "", 1, world.uuid().toString(), now)));
        this.configured = Map.copyOf(values);
    }

    public boolean isConfigured(String name) {
        return configured.containsKey(name);
    }

    public Optional<Value> find(String name) {
        return Optional.ofNullable(configured.get(name))
                .or(() -> space.get(key(name)).map(Values::read));
    }

    /// All, by name.
    public NavigableMap<String, Value> all() {
        var all = new TreeMap<String, Value>();
        try (Space.Scan scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                Value value = read(scan.value());
                all.put(value.name(), value);
            }
        }
        all.putAll(configured);
        return all;
    }

    /// What a client wants kept.
    public record Change(String name, String kind, String text, Optional<String> description) {}

    /// Adds or replaces a value. One client at a time may change a value.
    public synchronized Value put(Change change) throws InterruptedException {
        Optional<Value> before = find(change.name());
        var value = new Value(
                change.name(),
                change.kind(),
                change.text(),
                change.description().or(() -> before.map(Value::description)).orElse(""),
                before.map(Value::version).orElse(0L) + 1,
                world.uuid().toString(),
                world.now());
        store.commit(new Batch().put(space, key(change.name()), write(value)));
        return value;
    }

    /// @return what could be deleted: those that were there
    public synchronized List<String> delete(List<String> names) throws InterruptedException {
        List<String> found = names.stream()
                .filter(name -> !isConfigured(name) && find(name).isPresent())
                .toList();
        var batch = new Batch();
        found.forEach(name -> batch.delete(space, key(name)));
        store.commit(batch);
        return found;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] write(Value value) {
        return Json.of(Map.of(
                        "name", value.name(),
                        "kind", value.kind(),
                        "text", value.text(),
                        "description", value.description(),
                        "version", value.version(),
                        "versionId", value.versionId(),
                        "changed", value.changed().toString()))
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Value read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        return new Value(
                (String) tree.get("name"),
                (String) tree.get("kind"),
                (String) tree.get("text"),
                (String) tree.get("description"),
                ((Number) tree.get("version")).longValue(),
                (String) tree.get("versionId"),
                Instant.parse((String) tree.get("changed")));
    }
}
