package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Events, over functions that do what the test says.
class EventQueueTest {
    private static final int SECONDS_MAX = 60;
    private static final FunctionAnswer DONE =
            answer(new Invoked.Returned(new byte[0], LogTail.NONE));
    private static final FunctionAnswer FAILED =
            answer(new Invoked.Failed(new byte[0], LogTail.NONE));

    @TempDir
    Path folder;

    private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private KeyValueStore store;

    private record Attempt(String payload, UUID requestId) {}

    private static FunctionAnswer answer(Invoked invoked) {
        return new FunctionAnswer(invoked, "", "", "1");
    }

    private static FunctionCall call(String payload) {
        return new FunctionCall(
                "f", Optional.empty(), payload.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, Durability.OS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private EventQueue.Calls answering(FunctionAnswer answer) {
        return (call, id) -> {
            attempts.add(new Attempt(new String(call.payload(), StandardCharsets.UTF_8), id));
            return answer;
        };
    }

    private Attempt attempt() throws InterruptedException {
        Attempt attempt = attempts.poll(SECONDS_MAX, TimeUnit.SECONDS);
        assertTrue(attempt != null, "no attempt came");
        return attempt;
    }

    /// Of the next pause.
    private long minutes() throws InterruptedException {
        return Math.round(pauses.take().toSeconds() / 60.0);
    }

    @Test
    void anEventThatFailsComesTwiceMoreUnderTheSameRequest() throws Exception {
        try (var events = new EventQueue(store, new Impatient(), answering(FAILED))) {
            String id = events.add(call("{}"));

            var expected = new Attempt("{}", UUID.fromString(id));
            assertEquals(expected, attempt());
            assertEquals(expected, attempt());
            assertEquals(expected, attempt());
            assertEquals(List.of(0L, 1L, 2L), List.of(minutes(), minutes(), minutes()));
        }
    }

    @Test
    void aRestartForgetsNeitherTheAttemptsNorThePause() throws Exception {
        try (var events = new EventQueue(store, new Sleepy(), answering(FAILED))) {
            events.add(call("{}"));
            attempt();
            pauses.take();
            pauses.take();
        }
        pauses.clear();
        try (var events = new EventQueue(store, new Impatient(), answering(FAILED))) {
            events.resume();
            assertEquals(1, minutes());
            attempt();
            attempt();
            pauses.take();
        }
        assertEquals(List.of(), List.copyOf(attempts));
    }

    @Test
    void attemptsHoldNoMorePayloadsThanThereIsRoomFor() throws Exception {
        var gate = new Semaphore(0);
        var held = new AtomicInteger();
        String megabyte = '"' + "x".repeat(1024 * 1024 - 2) + '"';
        EventQueue.Calls slow = (_, _) -> {
            held.incrementAndGet();
            attempts.add(new Attempt("", new UUID(0, 0)));
            gate.acquire();
            held.decrementAndGet();
            return DONE;
        };
        try (var events = new EventQueue(store, new SystemWorld(), slow)) {
            for (int i = 0; i < 20; i++) {
                events.add(call(megabyte));
            }
            for (int i = 0; i < 20; i++) {
                attempt();
                assertTrue(held.get() <= 8, held + " payloads are held");
                if (i >= 6) {
                    gate.release();
                }
            }
            gate.release(6);
        }
    }

    /// Time passes without being waited for, but it is noted how long that would have been.
    private class Impatient implements World {
        private final World world = new SystemWorld();

        @Override
        public Instant now() {
            return world.now();
        }

        @Override
        public RandomGenerator random() {
            return world.random();
        }

        @Override
        public UUID uuid() {
            return world.uuid();
        }

        @Override
        public void sleepUntil(Instant time) throws InterruptedException {
            pauses.add(Duration.between(now(), time));
        }

        @Override
        public Strand start(String name, Body body) {
            return world.start(name, body);
        }

        @Override
        public <T> Inbox<T> inbox() {
            return world.inbox();
        }
    }

    /// Notes pauses, and makes them.
    private final class Sleepy extends Impatient {
        @Override
        public void sleepUntil(Instant time) throws InterruptedException {
            super.sleepUntil(time);
            new SystemWorld().sleepUntil(time);
        }
    }
}
