package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Events that were left for functions: kept until a function has taken them, or failed with them
/// three times. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
///
/// Payloads lie in the store. Memory holds those of attempts, of which each function has as many at
/// once as their payloads have room.
final class EventQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());

    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final int PAYLOAD_BYTES_MAX = 1024 * 1024;

    private static final int EVENTS_MAX = 10_000;

    /// What the payloads of one function's attempts may have together.
    private static final int HELD_KILOBYTES_MAX = 8 * 1024;

    private static final int KILOBYTE = 1024;

    /// Before the second attempt and before the third.
    private static final List<Duration> FAILED_PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    /// Where Lambda itself could not run the function it tries for hours, less and less often.
    private static final Duration AGE_MAX = Duration.ofHours(6);

    private static final Duration THROTTLED_PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration THROTTLED_PAUSE_MAX = Duration.ofMinutes(5);

    private final KeyValueStore store;
    private final Space calls;

    /// How far each event has come; one that was never attempted has none.
    private final Space standings;

    private final World world;
    private final Calls functions;
    private final Map<String, Strand> pending = new ConcurrentHashMap<>();

    /// Room for attempts, of each function that ever had an event.
    private final Map<String, Semaphore> rooms = new ConcurrentHashMap<>();

    @FunctionalInterface
    interface Calls {
        /// @param requestId the same for all attempts, by which a function can tell one that comes
        ///     again
        FunctionAnswer make(FunctionCall call, UUID requestId)
                throws FunctionRefused, InterruptedException;
    }

    /// @param payloadBytes of its call
    /// @param due not attempted before
    private record Event(
            UUID requestId,
            String function,
            int payloadBytes,
            Instant received,
            int attempts,
            Instant due) {
        static Event of(UUID requestId, FunctionCall call, Instant received) {
            return new Event(
                    requestId, call.function(), call.payload().length, received, 0, received);
        }

        Event again(int attemptsSoFar, Instant at) {
            return new Event(requestId, function, payloadBytes, received, attemptsSoFar, at);
        }
    }

    private sealed interface Next {
        record Done() implements Next {}

        record Again(Event event) implements Next {}
    }

    EventQueue(KeyValueStore store, World world, Calls functions) {
        this.store = store;
        this.calls = store.space("functions.events");
        this.standings = store.space("functions.events.standings");
        this.world = world;
        this.functions = functions;
    }

    void resume() {
        try (Space.Scan scan = calls.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                UUID id = UUID.fromString(new String(scan.key(), StandardCharsets.UTF_8));
                Map<?, ?> tree = tree(scan.value());
                Instant received = Instant.parse((String) tree.get("received"));
                start(resumed(Event.of(id, call(tree), received)));
            }
        }
    }

    /// Returns the request's id once the event is kept.
    String add(FunctionCall call) throws FunctionRefused, InterruptedException {
        if (call.payload().length > PAYLOAD_BYTES_MAX) {
            throw new FunctionRefused(
                    Code.REQUEST_TOO_LARGE,
                    "%d byte payload is too large for the Event invocation type (limit %d bytes)"
                            .formatted(call.payload().length, PAYLOAD_BYTES_MAX));
        }
        if (pending.size() >= EVENTS_MAX) {
            throw new FunctionRefused(Code.TOO_MANY_REQUESTS, "Rate Exceeded.");
        }
        Event event = Event.of(world.uuid(), call, world.now());
        store.commit(new Batch().put(calls, key(event), write(event, call)));
        start(event);
        return event.requestId().toString();
    }

    private void start(Event event) {
        pending.computeIfAbsent(
                event.requestId().toString(),
                id -> world.start("event " + id, () -> deliver(event)));
    }

    private void deliver(Event first) throws InterruptedException {
        Event event = first;
        world.sleepUntil(event.due());
        while (attempt(event) instanceof Next.Again(Event changed)) {
            event = changed;
            store.commit(new Batch().put(standings, key(event), standing(event)));
            world.sleepUntil(event.due());
        }
        store.commit(new Batch().delete(calls, key(event)).delete(standings, key(event)));
        pending.remove(event.requestId().toString());
    }

    private Next attempt(Event event) throws InterruptedException {
        Semaphore room = rooms.computeIfAbsent(
                event.function(), _ -> new Semaphore(HELD_KILOBYTES_MAX, true));
        int kilobytes = Math.ceilDiv(event.payloadBytes(), KILOBYTE);
        room.acquire(kilobytes);
        try {
            return outcome(event);
        } finally {
            room.release(kilobytes);
        }
    }

    private Next outcome(Event event) throws InterruptedException {
        try {
            FunctionCall call = call(tree(calls.get(key(event)).orElseThrow()));
            FunctionAnswer answer = functions.make(call, event.requestId());
            if (!(answer.invoked() instanceof Invoked.Failed)) {
                return new Next.Done();
            }
            int attempts = event.attempts() + 1;
            if (attempts <= FAILED_PAUSES.size()) {
                Duration pause = FAILED_PAUSES.get(event.attempts());
                return new Next.Again(event.again(attempts, world.now().plus(pause)));
            }
            return dropped(event, "it failed %d times".formatted(attempts));
        } catch (FunctionRefused refused) {
            Duration age = Duration.between(event.received(), world.now());
            boolean passing =
                    refused.code() == Code.TOO_MANY_REQUESTS || refused.code() == Code.SERVICE;
            if (passing && age.compareTo(AGE_MAX) < 0) {
                return new Next.Again(event.again(event.attempts(), world.now().plus(pause(age))));
            }
            return dropped(event, refused.getMessage());
        }
    }

    /// As long as it has waited so far, so that pauses double.
    private static Duration pause(Duration age) {
        if (age.compareTo(THROTTLED_PAUSE_MIN) < 0) {
            return THROTTLED_PAUSE_MIN;
        }
        return age.compareTo(THROTTLED_PAUSE_MAX) < 0 ? age : THROTTLED_PAUSE_MAX;
    }

    private static Next dropped(Event event, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The event {0} for the function {1} is dropped: {2}",
                event.requestId(),
                event.function(),
                why);
        return new Next.Done();
    }

    private static byte[] write(Event event, FunctionCall call) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("function", call.function());
        call.qualifier().ifPresent(qualifier -> tree.put("qualifier", qualifier));
        tree.put("payload", new String(call.payload(), StandardCharsets.UTF_8));
        call.clientContext().ifPresent(context -> tree.put("clientContext", context));
        tree.put("received", event.received().toString());
        return bytes(tree);
    }

    private static FunctionCall call(Map<?, ?> tree) {
        return new FunctionCall(
                (String) tree.get("function"),
                Optional.ofNullable((String) tree.get("qualifier")),
                ((String) tree.get("payload")).getBytes(StandardCharsets.UTF_8),
                Optional.ofNullable((String) tree.get("clientContext")));
    }

    private static byte[] standing(Event event) {
        return bytes(Map.of("attempts", event.attempts(), "due", event.due().toString()));
    }

    /// As far as it has come.
    private Event resumed(Event fresh) {
        return standings
                .get(key(fresh))
                .map(EventQueue::tree)
                .map(tree -> fresh.again(
                        (Integer) tree.get("attempts"), Instant.parse((String) tree.get("due"))))
                .orElse(fresh);
    }

    private static byte[] bytes(Map<String, Object> tree) {
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<?, ?> tree(byte[] stored) {
        return (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
    }

    private static byte[] key(Event event) {
        return event.requestId().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// What is left is taken up by the next process.
    @Override
    public void close() {
        pending.values().forEach(Strand::cancel);
    }
}
