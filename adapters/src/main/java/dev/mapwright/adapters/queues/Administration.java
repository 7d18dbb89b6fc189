package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.backlog.Backlog;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Operations on the queues themselves.
final class Administration {
    private static final int LISTED_MAX = 1_000;
    private static final int TAGS_MAX = 50;
    private static final int NAME_CHARS_MAX = 80;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.fifo)?");

    private final KeyValueStore store;
    private final Catalog catalog;
    private final Deduplication deduplication;
    private final QueueOwner owner;
    private final InstantSource clock;

    Administration(
            KeyValueStore store,
            Catalog catalog,
            Deduplication deduplication,
            QueueOwner owner,
            InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.deduplication = deduplication;
        this.owner = owner;
        this.clock = clock;
    }

    /// The same again is no error; the same name with other attributes is.
    Map<String, Object> create(RequestMembers request, String origin) throws InterruptedException {
        String name = request.text("QueueName");
        Map<String, String> given = request.texts("Attributes");
        QueueAttributes attributes = QueueAttributes.of(given);
        requireName(name, attributes);
        Map<String, String> tags = request.texts("tags");
        requireFewTags(tags);
        Instant now = clock.instant();
        Queue queue = catalog.findOrCreate(
                name, number -> new QueueDefinition(name, number, now, now, attributes, tags));
        Map<String, String> existing = queue.attributes().shown();
        given.forEach((attribute, value) -> {
            if (!value.equals(existing.get(attribute))) {
                throw new RefusedRequest(
                        "QueueNameExists",
                        ("A queue already exists with the same name and a different value for"
                                        + " attribute %s")
                                .formatted(attribute));
            }
        });
        return Map.of("QueueUrl", owner.url(origin, name));
    }

    private static void requireName(String name, QueueAttributes attributes) {
        if (name.length() > NAME_CHARS_MAX || !NAME.matcher(name).matches()) {
            throw new RefusedRequest(
                    "InvalidParameterValue",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        if (name.endsWith(".fifo") != attributes.isFifo()) {
            throw new RefusedRequest(
                    "InvalidParameterValue",
                    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores,"
                            + " must end with .fifo suffix and be 1 to 80 in length; a FIFO queue has the"
                            + " attribute FifoQueue with the value true.");
        }
    }

    Map<String, Object> delete(Queue queue) throws InterruptedException {
        catalog.drop(queue);
        var batch = new Batch();
        deduplication.forgetAll(batch, queue);
        store.commit(batch);
        return Map.of();
    }

    Map<String, Object> purge(Queue queue) throws InterruptedException {
        var batch = new Batch();
        queue.messages().clear(batch);
        store.commit(batch);
        return Map.of();
    }

    Map<String, Object> url(RequestMembers request, String origin) {
        String name = request.text("QueueName");
        boolean own = request.findText("QueueOwnerAWSAccountId")
                .map(owner.account()::equals)
                .orElse(true);
        if (!own || catalog.find(name).isEmpty()) {
            throw SqsErrors.noSuchQueue();
        }
        return Map.of("QueueUrl", owner.url(origin, name));
    }

    Map<String, Object> list(RequestMembers request, String origin) {
        String prefix = request.findText("QueueNamePrefix").orElse("");
        Predicate<Queue> wanted = queue -> queue.definition().name().startsWith(prefix);
        return page(request, origin, "QueueUrls", wanted);
    }

    Map<String, Object> listSources(Queue target, RequestMembers request, String origin) {
        String arn = owner.arn(target.definition().name());
        Predicate<Queue> wanted = queue -> queue.attributes()
                .redrive()
                .map(policy -> policy.targetArn().equals(arn))
                .orElse(false);
        return page(request, origin, "queueUrls", wanted);
    }

    private Map<String, Object> page(
            RequestMembers request, String origin, String member, Predicate<Queue> wanted) {
        OptionalInt asked = request.number("MaxResults", 1, LISTED_MAX);
        int max = asked.orElse(LISTED_MAX);
        Optional<String> after = request.findText("NextToken").map(Administration::name);
        List<String> names = catalog.all(after)
                .filter(wanted)
                .map(queue -> queue.definition().name())
                .limit(max + 1L)
                .toList();
        var page = new LinkedHashMap<String, Object>();
        List<String> urls =
                names.stream().limit(max).map(name -> owner.url(origin, name)).toList();
        if (!urls.isEmpty() || member.equals("queueUrls")) {
            page.put(member, urls);
        }
        if (names.size() > max && asked.isPresent()) {
            byte[] last = names.get(max - 1).getBytes(StandardCharsets.UTF_8);
            page.put("NextToken", Base64.getEncoder().encodeToString(last));
        }
        return page;
    }

    private static String name(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw SqsErrors.invalidValue("NextToken", token, "invalid or expired next token");
        }
    }

    Map<String, Object> attributes(Queue queue, RequestMembers request) {
        List<String> names = request.textList("AttributeNames");
        Map<String, String> all = attributes(queue);
        var shown = new TreeMap<String, String>();
        for (String name : names) {
            if (name.equals("All")) {
                shown.putAll(all);
            } else if (all.containsKey(name)) {
                shown.put(name, all.get(name));
            } else {
                QueueAttributes.requireKnown(name);
            }
        }
        return shown.isEmpty() ? Map.of() : Map.of("Attributes", shown);
    }

    private Map<String, String> attributes(Queue queue) {
        QueueDefinition definition = queue.definition();
        Backlog.Count count = queue.messages().count();
        var all = new TreeMap<>(definition.attributes().shown());
        all.put("QueueArn", owner.arn(definition.name()));
        all.put("CreatedTimestamp", Long.toString(definition.created().getEpochSecond()));
        all.put("LastModifiedTimestamp", Long.toString(definition.modified().getEpochSecond()));
        all.put("ApproximateNumberOfMessages", Long.toString(count.ready()));
        all.put("ApproximateNumberOfMessagesNotVisible", Long.toString(count.taken()));
        all.put("ApproximateNumberOfMessagesDelayed", Long.toString(count.delayed()));
        return all;
    }

    Map<String, Object> setAttributes(Queue queue, RequestMembers request)
            throws InterruptedException {
        Map<String, String> changes = request.texts("Attributes");
        if (changes.containsKey(QueueAttributes.FIFO)) {
            throw QueueAttributes.unknown(QueueAttributes.FIFO);
        }
        Instant now = clock.instant();
        catalog.redefine(
                queue,
                definition ->
                        definition.withAttributes(definition.attributes().with(changes), now));
        return Map.of();
    }

    Map<String, Object> tag(Queue queue, RequestMembers request) throws InterruptedException {
        Map<String, String> added = request.texts("Tags");
        catalog.redefine(queue, definition -> {
            var tags = new TreeMap<>(definition.tags());
            tags.putAll(added);
            requireFewTags(tags);
            return definition.withTags(tags);
        });
        return Map.of();
    }

    Map<String, Object> untag(Queue queue, RequestMembers request) throws InterruptedException {
        List<String> removed = request.textList("TagKeys");
        catalog.redefine(queue, definition -> {
            var tags = new TreeMap<>(definition.tags());
            tags.keySet().removeAll(removed);
            return definition.withTags(tags);
        });
        return Map.of();
    }

    Map<String, Object> tags(Queue queue) {
        Map<String, String> tags = queue.definition().tags();
        return tags.isEmpty() ? Map.of() : Map.of("Tags", new TreeMap<>(tags));
    }

    private static void requireFewTags(Map<String, String> tags) {
        if (tags.size() > TAGS_MAX) {
            throw SqsErrors.invalidValue(
                    "Tags", tags.size(), "too many tags: a queue can have %d".formatted(TAGS_MAX));
        }
    }
}
