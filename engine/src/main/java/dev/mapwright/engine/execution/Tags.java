package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Tags of state machines and activities, in the order in which they were first set. They mean
/// nothing to the engine.
public final class Tags {
    private static final String TAGS = "tags";

    private final Store store;
    private final Predicate<String> isResource;

    /// @param isResource whether an ARN is that of a machine or an activity that is there
    Tags(Store store, Predicate<String> isResource) {
        this.store = store;
        this.isResource = isResource;
    }

    public Map<String, String> list(String resourceArn) throws Refused {
        check(resourceArn);
        return kept(resourceArn);
    }

    /// Sets these, over those of the same keys.
    public synchronized void put(String resourceArn, Map<String, String> tags)
            throws Refused, InterruptedException {
        check(resourceArn);
        var all = new LinkedHashMap<>(kept(resourceArn));
        all.putAll(tags);
        write(first(resourceArn, all));
    }

    /// Keys that are not there are no error.
    public synchronized void remove(String resourceArn, List<String> keys)
            throws Refused, InterruptedException {
        check(resourceArn);
        var all = new LinkedHashMap<>(kept(resourceArn));
        keys.forEach(all::remove);
        write(first(resourceArn, all));
    }

    private void write(List<Change> changes) throws InterruptedException {
        store.write(changes).await();
    }

    /// What to write along with a resource that is created with these tags.
    static List<Change> first(String resourceArn, Map<String, String> tags) throws Refused {
        if (tags.size() > Quotas.TAGS_MAX) {
            throw new Refused(
                    "TooManyTags",
                    "A resource has at most %d tags, and '%s' would have %d."
                            .formatted(Quotas.TAGS_MAX, resourceArn, tags.size()));
        }
        return tags.isEmpty()
                ? List.of(drop(resourceArn))
                : List.of(new Change.PutDocument(new Document(TAGS, resourceArn, Json.of(tags))));
    }

    /// What to write when the resource goes.
    static Change drop(String resourceArn) {
        return new Change.DropDocument(TAGS, resourceArn);
    }

    private Map<String, String> kept(String resourceArn) {
        var tags = new LinkedHashMap<String, String>();
        Optional<Json> document = store.document(TAGS, resourceArn);
        if (document.isPresent() && document.get().value() instanceof Map<?, ?> members) {
            members.forEach((key, value) -> tags.put((String) key, (String) value));
        }
        return tags;
    }

    private void check(String resourceArn) throws Refused {
        if (!isResource.test(resourceArn)) {
            throw new Refused(
                    "ResourceNotFound", "Resource not found: '%s'".formatted(resourceArn));
        }
    }
}
