package dev.mapwright.adapters.parameters;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.tags.Tags;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.world.World;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters: values by name. Those of the configuration are there from the start and cannot
/// be changed or deleted through the API; all others are kept in the store.
public final class Values {
    /// https://docs.aws.amazon.com/general/latest/gr/ssm.html
    public static final int VALUES_MAX = 10_000;

    private static final String DESCRIPTION = "Description";

    private final KeyValueStore store;
    private final Space space;
    private final Tags tags;
    private final Map<String, Value> configured;
    private final World world;

    /// @param kind how a client chose to store it: `String`, `SecureString`, …
    /// @param details what else clients said of it, under their names for that: `Description`, …
    /// @param version counts the changes, from 1
    public record Value(
            String name,
            String kind,
            String text,
            Map<String, String> details,
            long version,
            Instant changed) {
        public Value {
            details = Map.copyOf(details);
        }
    }

    /// @param configured texts by name
    public Values(KeyValueStore store, Map<String, String> configured, World world) {
        this.store = store;
        this.space = store.space("parameters");
        this.tags = new Tags(store, "parameters.tags", "TooManyTagsError");
        this.world = world;
        Instant now = world.now();
        var values = new LinkedHashMap<String, Value>();
        configured.forEach(
                (key, text) -> values.put(key, new Value(key, "String", text, Map.of(), 1, now)));
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
    ///
    /// @param details those that it does not say stay
    /// @param tagged the tags of a new value
    public record Change(
            String name,
            String kind,
            String text,
            Map<String, String> details,
            Map<String, String> tagged) {}

    /// Adds or replaces a value. One client at a time may change a value.
    public synchronized Value put(Change change) throws Refused, InterruptedException {
        Optional<Value> before = find(change.name());
        var details = new TreeMap<String, String>();
        before.ifPresent(value -> details.putAll(value.details()));
        details.putAll(change.details());
        var value = new Value(
                change.name(),
                change.kind(),
                change.text(),
                details,
                before.map(Value::version).orElse(0L) + 1,
                world.now());
        var batch = new Batch().put(space, key(change.name()), write(value));
        if (before.isEmpty()) {
            tags.put(batch, change.name(), change.tagged());
        }
        store.commit(batch);
        return value;
    }

    /// @return what could be deleted: those that were there
    public synchronized List<String> delete(List<String> names) throws InterruptedException {
        List<String> found = names.stream()
                .filter(name -> !isConfigured(name) && find(name).isPresent())
                .toList();
        var batch = new Batch();
        for (String name : found) {
            batch.delete(space, key(name));
            tags.drop(batch, name);
        }
        store.commit(batch);
        return found;
    }

    /// Of values that are there.
    public Tags tags() {
        return tags;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] write(Value value) {
        return Json.of(Map.of(
                        "name", value.name(),
                        "kind", value.kind(),
                        "text", value.text(),
                        "details", value.details(),
                        "version", value.version(),
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
                details(tree),
                ((Number) tree.get("version")).longValue(),
                Instant.parse((String) tree.get("changed")));
    }

    /// Format 1 kept nothing but a description, which was empty where a client gave none.
    private static Map<String, String> details(Map<?, ?> tree) {
        var details = new TreeMap<String, String>();
        if (tree.get("details") instanceof Map<?, ?> kept) {
            kept.forEach((name, detail) -> details.put((String) name, (String) detail));
        } else if (tree.get("description") instanceof String text && !text.isEmpty()) {
            details.put(DESCRIPTION, text);
        }
        return details;
    }
}
