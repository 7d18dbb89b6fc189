package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.queues.Deduplication.Sent;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// SendMessage and SendMessageBatch. A message is durable when its answer is given.
final class Sending {
    private static final int DELAY_SECONDS_MAX = 900;

    private final KeyValueStore store;
    private final Deduplication deduplication;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    Sending(
            KeyValueStore store,
            Deduplication deduplication,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.store = store;
        this.deduplication = deduplication;
        this.ids = ids;
        this.clock = clock;
    }

    Map<String, Object> send(Queue queue, RequestMembers request) throws InterruptedException {
        return within(queue, writing -> add(writing, queue, request));
    }

    /// All entries in one write.
    Map<String, Object> sendAll(Queue queue, RequestMembers request) throws InterruptedException {
        List<RequestMembers> entries = Entries.of(request);
        requireSmall(entries);
        return within(queue, writing -> Entries.each(entries, entry -> add(writing, queue, entry)));
    }

    /// What one request writes.
    ///
    /// @param fresh its own messages by deduplication id, which the store cannot find yet
    private record Writing(Batch batch, Map<String, Sent> fresh) {}

    @FunctionalInterface
    private interface Step {
        Map<String, Object> take(Writing writing) throws InterruptedException;
    }

    /// Of a FIFO queue, one at a time: the order in which messages are numbered is that in which
    /// they become durable, and a second one with the same id finds the first.
    private Map<String, Object> within(Queue queue, Step step) throws InterruptedException {
        var writing = new Writing(new Batch(), new HashMap<>());
        if (!queue.attributes().isFifo()) {
            Map<String, Object> answer = step.take(writing);
            store.commit(writing.batch());
            return answer;
        }
        queue.sending.lockInterruptibly();
        try {
            Map<String, Object> answer = step.take(writing);
            store.commit(writing.batch());
            return answer;
        } finally {
            queue.sending.unlock();
        }
    }

    private static void requireSmall(List<RequestMembers> entries) {
        long bytes = 0;
        for (RequestMembers entry : entries) {
            bytes += entry.findText("MessageBody")
                    .orElse("")
                    .getBytes(StandardCharsets.UTF_8)
                    .length;
        }
        if (bytes > QueueAttributes.MESSAGE_BYTES_MAX) {
            throw new RefusedRequest(
                    "BatchRequestTooLong",
                    "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
                            .formatted(QueueAttributes.MESSAGE_BYTES_MAX, bytes));
        }
    }

    private Map<String, Object> add(Writing writing, Queue queue, RequestMembers request) {
        Message message = Message.of(request, ids.get().toString(), queue.attributes());
        return queue.attributes().isFifo()
                ? addInOrder(writing, queue, request, message)
                : addToStandard(writing.batch(), queue, request, message);
    }

    private Map<String, Object> addToStandard(
            Batch batch, Queue queue, RequestMembers request, Message message) {
        if (message.deduplicationId().isPresent()) {
            throw SqsErrors.invalidValue(
                    "MessageDeduplicationId",
                    message.deduplicationId().get(),
                    "the request includes a parameter that is not valid for this queue type");
        }
        Duration delay = request.number("DelaySeconds", 0, DELAY_SECONDS_MAX).stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst()
                .orElse(queue.attributes().delay());
        Instant now = clock.instant();
        queue.messages().add(batch, message.stored(), "", now, now.plus(delay));
        return answer(message);
    }

    private Map<String, Object> addInOrder(
            Writing writing, Queue queue, RequestMembers request, Message given) {
        if (request.has("DelaySeconds")) {
            throw SqsErrors.invalidValue(
                    "DelaySeconds",
                    request.number("DelaySeconds", 0, DELAY_SECONDS_MAX).orElse(0),
                    "the request includes a parameter that is not valid for this queue type");
        }
        String group = given.group().orElseThrow(() -> new SqsErrors().missing("MessageGroupId"));
        Message message = given.withDeduplicationId(deduplicationId(queue, given));
        String id = message.deduplicationId().orElseThrow();
        String key = queue.attributes().deduplicatesWithinGroups() ? group + "\n" + id : id;
        Instant now = clock.instant();
        Optional<Sent> before = Optional.ofNullable(writing.fresh().get(key))
                .or(() -> deduplication.find(queue, key, now));
        Sent sent = before.orElseGet(() -> {
            Instant due = now.plus(queue.attributes().delay());
            long sequence =
                    queue.messages().add(writing.batch(), message.stored(), group, now, due);
            var first = new Sent(message.id(), sequence);
            deduplication.remember(writing.batch(), queue, key, first, now);
            writing.fresh().put(key, first);
            return first;
        });
        Map<String, Object> answer = answer(message);
        answer.put("MessageId", sent.messageId());
        answer.put("SequenceNumber", sequenceNumber(sent.sequence()));
        return answer;
    }

    private static String deduplicationId(Queue queue, Message message) {
        return message.deduplicationId().orElseGet(() -> {
            if (!queue.attributes().deduplicatesByContent()) {
                throw SqsErrors.invalidValue(
                        "MessageDeduplicationId",
                        "(none)",
                        "the queue should either have ContentBasedDeduplication enabled or"
                                + " MessageDeduplicationId provided explicitly");
            }
            return sha256(message.body());
        });
    }

    /// Twenty digits, as AWS's have.
    static String sequenceNumber(long sequence) {
        return "1%019d".formatted(sequence);
    }

    private static Map<String, Object> answer(Message message) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("MessageId", message.id());
        answer.put("MD5OfMessageBody", message.md5());
        if (!message.attributes().isEmpty()) {
            answer.put("MD5OfMessageAttributes", message.attributes().md5());
        }
        return answer;
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
