package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.outbox.Deliveries;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Publish and PublishBatch. When a message is answered, all its deliveries are durable.
final class Publishing {
    private static final int ENTRIES_MAX = 10;

    private final KeyValueStore store;
    private final Catalog catalog;
    private final Deliveries deliveries;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /// Numbers of FIFO topics' messages. They grow over restarts too: a thousand a millisecond are
    /// left for those of one process.
    private final AtomicLong sequence;

    Publishing(
            KeyValueStore store,
            Catalog catalog,
            Deliveries deliveries,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.deliveries = deliveries;
        this.ids = ids;
        this.clock = clock;
        this.sequence = new AtomicLong(clock.millis() * 1_000);
    }

    Map<String, Object> publish(Topic topic, RequestMembers request, String origin)
            throws InterruptedException {
        var batch = new Batch();
        Map<String, Object> answer = add(batch, topic, request, origin);
        store.commit(batch);
        return answer;
    }

    Map<String, Object> publishAll(Topic topic, RequestMembers request, String origin)
            throws InterruptedException {
        var batch = new Batch();
        List<Map<String, Object>> successful = new ArrayList<>();
        List<Map<String, Object>> failed = new ArrayList<>();
        for (RequestMembers entry : entries(request)) {
            var result = new LinkedHashMap<String, Object>();
            result.put("Id", entry.text("Id"));
            try {
                result.putAll(add(batch, topic, entry, origin));
                successful.add(result);
            } catch (RefusedRequest refused) {
                result.put("Code", refused.code());
                result.put("Message", refused.getMessage());
                result.put("SenderFault", true);
                failed.add(result);
            }
        }
        store.commit(batch);
        return Map.of("Successful", successful, "Failed", failed);
    }

    private static List<RequestMembers> entries(RequestMembers request) {
        List<RequestMembers> entries = request.objects("PublishBatchRequestEntries");
        if (entries.isEmpty()) {
            throw new RefusedRequest(
                    "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > ENTRIES_MAX) {
            throw new RefusedRequest(
                    "TooManyEntriesInBatchRequest",
                    "The batch request contains more entries than permissible: %d of at most %d."
                            .formatted(entries.size(), ENTRIES_MAX));
        }
        var seen = new HashSet<String>();
        for (RequestMembers entry : entries) {
            if (!seen.add(entry.text("Id"))) {
                throw new RefusedRequest(
                        "BatchEntryIdsNotDistinct",
                        "Two or more batch entries in the request have the same Id.");
            }
        }
        return entries;
    }

    private Map<String, Object> add(
            Batch batch, Topic topic, RequestMembers request, String origin) {
        String id = ids.get().toString();
        Publication message = topic.isFifo()
                ? Publication.of(
                        request,
                        id,
                        Optional.of(deduplicationId(topic, request)),
                        Optional.of("1%019d".formatted(sequence.getAndIncrement())))
                : Publication.of(request, id, Optional.empty(), Optional.empty());
        Instant now = clock.instant();
        for (Subscription each : catalog.subscriptionsOf(topic.name())) {
            if (each.token().isEmpty() && each.wants(message)) {
                String group = message.group()
                        .filter(_ -> topic.isFifo())
                        .map(name -> each.id() + ":" + name)
                        .orElse("");
                deliveries.add(batch, Notice.of(message, each, origin, now).stored(), group);
            }
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("MessageId", id);
        message.sequenceNumber().ifPresent(number -> answer.put("SequenceNumber", number));
        return answer;
    }

    /// FIFO queues tell messages apart by it; the topic itself forgets no message that comes twice.
    private static String deduplicationId(Topic topic, RequestMembers request) {
        if (!request.has("MessageGroupId")) {
            throw SnsErrors.invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        return request.findText("MessageDeduplicationId").orElseGet(() -> {
            if (!topic.deduplicatesByContent()) {
                throw SnsErrors.invalid(
                        "The topic should either have ContentBasedDeduplication enabled or"
                                + " MessageDeduplicationId provided explicitly");
            }
            return sha256(request.findText("Message").orElse(""));
        });
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
