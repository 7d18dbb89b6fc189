package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.backlog.Backlog;
import dev.mapwright.adapters.backlog.Backlog.Taken;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.queues.QueueAttributes.Redrive;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// ReceiveMessage. A message that was received too often goes to the queue's dead-letter queue
/// instead.
final class Receiving {
    private static final int COUNT_MAX = 10;
    private static final int WAIT_SECONDS_MAX = 20;
    private static final int VISIBILITY_SECONDS_MAX = 43_200;

    private static final Set<String> SYSTEM_ATTRIBUTES = Set.of(
            "All",
            "SenderId",
            "SentTimestamp",
            "ApproximateReceiveCount",
            "ApproximateFirstReceiveTimestamp",
            "SequenceNumber",
            "MessageDeduplicationId",
            "MessageGroupId",
            "AWSTraceHeader",
            "DeadLetterQueueSourceArn");

    private final KeyValueStore store;
    private final Catalog catalog;
    private final QueueOwner owner;
    private final InstantSource clock;

    Receiving(KeyValueStore store, Catalog catalog, QueueOwner owner, InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.owner = owner;
        this.clock = clock;
    }

    /// What a receiver wants to see of each message.
    private record Wanted(List<String> attributes, List<String> system) {
        boolean system(String name) {
            return system.contains(name) || system.contains("All");
        }
    }

    Map<String, Object> receive(Queue queue, RequestMembers request) throws InterruptedException {
        int max = request.number("MaxNumberOfMessages", 1, COUNT_MAX).orElse(1);
        Duration invisible = request.number("VisibilityTimeout", 0, VISIBILITY_SECONDS_MAX).stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst()
                .orElse(queue.attributes().visibilityTimeout());
        Duration wait = request.number("WaitTimeSeconds", 0, WAIT_SECONDS_MAX).stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst()
                .orElse(queue.attributes().receiveWait());
        Wanted wanted = wanted(request);

        Instant now = clock.instant();
        queue.messages().expire(now.minus(queue.attributes().retention()));
        List<Taken> taken = take(queue, max, invisible, now.plus(wait));
        if (taken.isEmpty() && queue.messages().count().taken() >= Backlog.TAKEN_MAX) {
            throw new RefusedRequest(
                    "OverLimit",
                    "Too many messages are in flight: at most %d. Delete messages after receiving them."
                            .formatted(Backlog.TAKEN_MAX));
        }
        return taken.isEmpty()
                ? Map.of()
                : Map.of(
                        "Messages",
                        taken.stream().map(one -> shown(queue, one, wanted)).toList());
    }

    private static Wanted wanted(RequestMembers request) {
        var system = new ArrayList<>(request.textList("AttributeNames"));
        system.addAll(request.textList("MessageSystemAttributeNames"));
        for (String name : system) {
            if (!SYSTEM_ATTRIBUTES.contains(name)) {
                throw QueueAttributes.unknown(name);
            }
        }
        return new Wanted(request.textList("MessageAttributeNames"), system);
    }

    private List<Taken> take(Queue queue, int max, Duration invisible, Instant deadline)
            throws InterruptedException {
        while (true) {
            List<Taken> taken = queue.messages().take(max, invisible, deadline);
            List<Taken> kept = withoutGivenUp(queue, taken);
            if (!kept.isEmpty() || taken.isEmpty()) {
                return kept;
            }
        }
    }

    private List<Taken> withoutGivenUp(Queue queue, List<Taken> taken) throws InterruptedException {
        Optional<Redrive> redrive = queue.attributes().redrive();
        Optional<Queue> target = redrive.flatMap(
                policy -> owner.nameOfArn(policy.targetArn()).flatMap(catalog::find));
        if (target.isEmpty()) {
            return taken;
        }
        List<Taken> kept = new ArrayList<>();
        var batch = new Batch();
        for (Taken one : taken) {
            if (one.takes() > redrive.get().receivesMax()) {
                giveUp(batch, queue, one, target.get());
            } else {
                kept.add(one);
            }
        }
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
        return kept;
    }

    /// In one write, so that it is always in exactly one of the two.
    private void giveUp(Batch batch, Queue queue, Taken one, Queue target) {
        if (queue.messages().finish(batch, one.sequence(), one.takes())) {
            Message message = Message.read(one.content())
                    .givenUpBy(owner.arn(queue.definition().name()));
            String group = target.attributes().isFifo() ? message.group().orElse("") : "";
            target.messages().add(batch, message.stored(), group, one.sentAt(), clock.instant());
        }
    }

    private Map<String, Object> shown(Queue queue, Taken taken, Wanted wanted) {
        Message message = Message.read(taken.content());
        var shown = new LinkedHashMap<String, Object>();
        shown.put("MessageId", message.id());
        shown.put(
                "ReceiptHandle",
                new ReceiptHandle(queue.definition().number(), taken.sequence(), taken.takes())
                        .text());
        shown.put("MD5OfBody", message.md5());
        shown.put("Body", message.body());
        Map<String, String> system = system(queue, taken, message);
        system.keySet().removeIf(name -> !wanted.system(name));
        if (!system.isEmpty()) {
            shown.put("Attributes", system);
        }
        MessageAttributes attributes = message.attributes().chosen(wanted.attributes());
        if (!attributes.isEmpty()) {
            shown.put("MD5OfMessageAttributes", attributes.md5());
            shown.put("MessageAttributes", attributes.values());
        }
        return shown;
    }

    private Map<String, String> system(Queue queue, Taken taken, Message message) {
        var system = new TreeMap<String, String>();
        system.put("SenderId", owner.account());
        system.put("SentTimestamp", Long.toString(taken.sentAt().toEpochMilli()));
        system.put("ApproximateReceiveCount", Integer.toString(taken.takes()));
        system.put(
                "ApproximateFirstReceiveTimestamp",
                Long.toString(taken.firstTakenAt().toEpochMilli()));
        message.group().ifPresent(group -> system.put("MessageGroupId", group));
        message.deduplicationId().ifPresent(id -> system.put("MessageDeduplicationId", id));
        message.trace().ifPresent(header -> system.put("AWSTraceHeader", header));
        message.deadLetterSource().ifPresent(arn -> system.put("DeadLetterQueueSourceArn", arn));
        if (queue.attributes().isFifo()) {
            system.put("SequenceNumber", Sending.sequenceNumber(taken.sequence()));
        }
        return system;
    }
}
