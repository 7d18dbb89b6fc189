package dev.mapwright.adapters.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;
import dev.mapwright.adapters.world.SystemWorld;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class DeliveriesTest {
    private static final int SECONDS_MAX = 300;

    @TempDir
    Path folder;

    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> givenUp = new LinkedBlockingQueue<>();
    private KeyValueStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMessageThatIsNotTakenIsDeliveredAgain() throws Exception {
        var attempts = new AtomicInteger();
        try (Deliveries deliveries = deliveries(content -> {
            if (attempts.incrementAndGet() == 1) {
                throw new DeliveryFailed(Prospect.PASSING, "busy");
            }
        })) {
            deliveries.start();
            send(deliveries, "a");
            assertEquals("a", arrived.poll(SECONDS_MAX, TimeUnit.SECONDS));
            assertEquals(2, attempts.get());
        }
    }

    @Test
    void aMessageThatWillNeverBeTakenIsGivenUp() throws Exception {
        try (Deliveries deliveries = deliveries(_ -> {
            throw new DeliveryFailed(Prospect.LASTING, "no such recipient");
        })) {
            deliveries.start();
            send(deliveries, "a");
            assertEquals("a", givenUp.poll(SECONDS_MAX, TimeUnit.SECONDS));
        }
    }

    @Test
    void aMessageIsGivenUpWhenItsPatienceIsOver() {
        var patience = new Patience(3, Duration.ofMinutes(1));
        assertFalse(patience.isOver(2, Duration.ofSeconds(59)));
        assertTrue(patience.isOver(3, Duration.ofSeconds(59)));
        assertTrue(patience.isOver(2, Duration.ofSeconds(60)));
    }

    @Test
    void whatWasOnItsWayIsDeliveredByTheNextProcess() throws Exception {
        try (Deliveries before = deliveries(_ -> {
            throw new DeliveryFailed(Prospect.PASSING, "down");
        })) {
            send(before, "a");
        }
        close();
        open();
        try (Deliveries after = deliveries(_ -> {})) {
            after.start();
            assertEquals("a", arrived.poll(SECONDS_MAX, TimeUnit.SECONDS));
        }
    }

    @Test
    void pausesDoubleUpToFiveMinutes() {
        assertEquals(Duration.ofSeconds(1), Deliveries.pause(1));
        assertEquals(Duration.ofSeconds(8), Deliveries.pause(4));
        assertEquals(Duration.ofMinutes(5), Deliveries.pause(10));
        assertEquals(Duration.ofMinutes(5), Deliveries.pause(50));
    }

    @FunctionalInterface
    private interface Attempt {
        void make(String content) throws DeliveryFailed;
    }

    private Deliveries deliveries(Attempt attempt) {
        return new Deliveries(new SystemWorld(), store, "test", new Courier() {
            @Override
            public void deliver(byte[] content) throws DeliveryFailed {
                attempt.make(text(content));
                arrived.add(text(content));
            }

            @Override
            public void giveUp(byte[] content, DeliveryFailed reason) {
                givenUp.add(text(content));
            }
        });
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private void send(Deliveries deliveries, String text) throws InterruptedException {
        var batch = new Batch();
        deliveries.add(batch, text.getBytes(StandardCharsets.UTF_8), "");
        store.commit(batch);
    }
}
