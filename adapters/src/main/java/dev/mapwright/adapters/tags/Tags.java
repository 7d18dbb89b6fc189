package dev.mapwright.adapters.tags;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tags of one service's resources, in the order of their keys. They mean nothing to the
/// service: they are kept for those who look for them, Terraform before all.
///
/// Whether there is such a resource, its service knows. What creates one writes its tags in the
/// same batch, even if there are none: it may be tagged while another client deletes it.
public final class Tags {
    /// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
    public static final int TAGS_MAX = 50;

    private final KeyValueStore store;
    private final Space space;
    private final String limitCode;

    /// @param name of the space in the store
    /// @param limitCode the service's error for a resource that would have too many
    public Tags(KeyValueStore store, String name, String limitCode) {
        this.store = store;
        this.space = store.space(name);
        this.limitCode = limitCode;
    }

    public SortedMap<String, String> of(String resource) {
        var tags = new TreeMap<String, String>();
        space.get(key(resource)).ifPresent(stored -> {
            var tree = (Map<?, ?>)
                    Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
            tree.forEach((key, value) -> tags.put((String) key, (String) value));
        });
        return Collections.unmodifiableSortedMap(tags);
    }

    /// What the resource has from now on.
    public void put(Batch batch, String resource, Map<String, String> tags) throws Refused {
        if (tags.size() > TAGS_MAX) {
            throw new Refused(
                    limitCode,
                    "A resource has at most %d tags, and '%s' would have %d."
                            .formatted(TAGS_MAX, resource, tags.size()));
        }
        if (tags.isEmpty()) {
            drop(batch, resource);
        } else {
            String text = Json.of(new TreeMap<>(tags)).text();
            batch.put(space, key(resource), text.getBytes(StandardCharsets.UTF_8));
        }
    }

    public void drop(Batch batch, String resource) {
        batch.delete(space, key(resource));
    }

    /// Sets these, over those of the same keys.
    public synchronized void add(String resource, Map<String, String> added)
            throws Refused, InterruptedException {
        var all = new TreeMap<>(of(resource));
        all.putAll(added);
        commit(resource, all);
    }

    /// Keys that are not there are no error.
    public synchronized void remove(String resource, Collection<String> keys)
            throws Refused, InterruptedException {
        var all = new TreeMap<>(of(resource));
        all.keySet().removeAll(keys);
        commit(resource, all);
    }

    private void commit(String resource, Map<String, String> tags)
            throws Refused, InterruptedException {
        var batch = new Batch();
        put(batch, resource, tags);
        store.commit(batch);
    }

    private static byte[] key(String resource) {
        return resource.getBytes(StandardCharsets.UTF_8);
    }
}
