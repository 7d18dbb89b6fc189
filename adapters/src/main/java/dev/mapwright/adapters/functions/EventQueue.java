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

/// Events that were left for functions: kept until a function has taken them, or failed with them
/// three times. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
final class EventQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());

    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final int PAYLOAD_BYTES_MAX = 1024 * 1024;

    private static final int EVENTS_MAX = 10_000;

    /// Before the second attempt and before the third.
    private static final List<Duration> FAILED_PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    /// Where Lambda itself could not run the function it tries for hours, less and less often.
    private static final Duration AGE_MAX = Duration.ofHours(6);

    private static final Duration THROTTLED_PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration THROTTLED_PAUSE_MAX = Duration.ofMinutes(5);

    private final KeyValueStore store;
    private final Space space;
    private final World world;
    private final Calls calls;
    private final Map<String, Strand> pending = new ConcurrentHashMap<>();

    @FunctionalInterface
    interface Calls {
        FunctionAnswer make(FunctionCall call) throws FunctionRefused, InterruptedException;
    }

    private record Event(String requestId, FunctionCall call, Instant received, int attempts) {}

    private sealed interface Next {
        record Done() implements Next {}

        record Again(Event event, Instant at) implements Next {}
    }

    EventQueue(KeyValueStore store, World world, Calls calls) {
        this.store = store;
        this.space = store.space("functions.events");
        this.world = world;
        this.calls = calls;
    }

    void resume() {
        try (Space.Scan scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                start(read(new String(scan.key(), StandardCharsets.UTF_8), scan.value()));
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
        var event = new Event(world.uuid().toString(), call, world.now(), 0);
        keep(event);
        start(event);
        return event.requestId();
    }

    private void start(Event event) {
        pending.computeIfAbsent(
                event.requestId(), id -> world.start("event " + id, () -> deliver(event)));
    }

    private void deliver(Event first) throws InterruptedException {
        Event event = first;
        while (attempt(event) instanceof Next.Again(Event changed, Instant at)) {
            event = changed;
            keep(event);
            world.sleepUntil(at);
        }
        store.commit(new Batch().delete(space, key(event)));
        pending.remove(event.requestId());
    }

    private Next attempt(Event event) throws InterruptedException {
        try {
            boolean failed = calls.make(event.call()).invoked() instanceof Invoked.Failed;
            if (!failed) {
                return new Next.Done();
            }
            if (event.attempts() < FAILED_PAUSES.size()) {
                Duration pause = FAILED_PAUSES.get(event.attempts());
                return new Next.Again(
                        new Event(
                                event.requestId(),
                                event.call(),
                                event.received(),
                                event.attempts() + 1),
                        world.now().plus(pause));
            }
            return dropped(event, "it failed %d times".formatted(event.attempts() + 1));
        } catch (FunctionRefused refused) {
            Duration age = Duration.between(event.received(), world.now());
            boolean passing =
                    refused.code() == Code.TOO_MANY_REQUESTS || refused.code() == Code.SERVICE;
            if (passing && age.compareTo(AGE_MAX) < 0) {
                return new Next.Again(event, world.now().plus(pause(age)));
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
                event.call().function(),
                why);
        return new Next.Done();
    }

    private void keep(Event event) throws InterruptedException {
        var tree = new LinkedHashMap<String, Object>();
        FunctionCall call = event.call();
        tree.put("function", call.function());
        call.qualifier().ifPresent(qualifier -> tree.put("qualifier", qualifier));
        tree.put("payload", new String(call.payload(), StandardCharsets.UTF_8));
        call.clientContext().ifPresent(context -> tree.put("clientContext", context));
        tree.put("received", event.received().toString());
        tree.put("attempts", event.attempts());
        byte[] value = Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
        store.commit(new Batch().put(space, key(event), value));
    }

    private static Event read(String requestId, byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        var call = new FunctionCall(
                (String) tree.get("function"),
                Optional.ofNullable((String) tree.get("qualifier")),
                ((String) tree.get("payload")).getBytes(StandardCharsets.UTF_8),
                Optional.ofNullable((String) tree.get("clientContext")));
        return new Event(
                UUID.fromString(requestId).toString(),
                call,
                Instant.parse((String) tree.get("received")),
                (Integer) tree.get("attempts"));
    }

    private static byte[] key(Event event) {
        return event.requestId().getBytes(StandardCharsets.UTF_8);
    }

    /// What is left is taken up by the next process.
    @Override
    public void close() {
        pending.values().forEach(Strand::cancel);
    }
}
