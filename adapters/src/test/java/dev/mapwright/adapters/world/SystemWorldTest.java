package dev.mapwright.adapters.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.store.StoreFailed;
import dev.mapwright.engine.world.Strand;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class SystemWorldTest {
    private final SystemWorld world = new SystemWorld();

    @Test
    void timeComesInWholeMilliseconds() {
        assertEquals(0, world.now().getNano() % 1_000_000);
    }

    @Test
    void aSleepNeverEndsBeforeItsTime() throws Exception {
        Instant end = world.now().plusMillis(15);
        world.sleepUntil(end);
        assertFalse(world.now().isBefore(end));
    }

    @Test
    void aSleepUntilAPastTimeEndsAtOnce() throws Exception {
        world.sleepUntil(Instant.MIN);
    }

    @Test
    void aMessageWakesTheOneWhoTakes() throws Exception {
        var inbox = world.<String>inbox();
        var taken = new ArrayList<Optional<String>>();
        Strand taker = world.start("taker", () -> taken.add(inbox.take(Instant.MAX)));
        inbox.put("hello");
        taker.join();
        assertEquals(List.of(Optional.of("hello")), taken);
    }

    @Test
    void messagesArriveInTheOrderOfTheirSending() throws Exception {
        var inbox = world.<Integer>inbox();
        for (int i = 0; i < 3; i++) {
            inbox.put(i);
        }
        assertEquals(Optional.of(0), inbox.take(Instant.MIN));
        assertEquals(Optional.of(1), inbox.take(Instant.MAX));
        assertEquals(Optional.of(2), inbox.take(world.now().plusSeconds(5)));
    }

    @Test
    void anEmptyInboxAnswersEmptyOnceTheDeadlineHasPassed() throws Exception {
        var inbox = world.<String>inbox();
        Instant deadline = world.now().plusMillis(15);
        assertEquals(Optional.empty(), inbox.take(deadline));
        assertFalse(world.now().isBefore(deadline));
    }

    @Test
    void cancellingInterruptsAStrandWhereItWaits() throws Exception {
        for (boolean sleeps : new boolean[] {true, false}) {
            var interrupted = new AtomicBoolean();
            Strand strand = world.start("waiting", () -> {
                try {
                    if (sleeps) {
                        world.sleepUntil(Instant.MAX.minus(Duration.ofDays(400)));
                    } else {
                        world.inbox().take(Instant.MAX);
                    }
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                }
            });
            strand.cancel();
            strand.join();
            strand.cancel();
            assertTrue(interrupted.get());
        }
    }

    @Test
    void aDefectIsLoggedWithTheStrandsName() throws Exception {
        List<LogRecord> logged = loggedBy(new IllegalStateException("expected a, found b"));
        assertEquals("Strand orders-7 ended with a defect", logged.getFirst().getMessage());
        assertEquals("expected a, found b", logged.getFirst().getThrown().getMessage());
    }

    @Test
    void whatTheStoreHasSaidOfItselfIsNotRepeatedForEachStrand() throws Exception {
        assertEquals(
                List.of(),
                loggedBy(new StoreFailed("A write failed: No space left.", new IOException())));
    }

    private List<LogRecord> loggedBy(RuntimeException defect) throws InterruptedException {
        var records = new ArrayList<LogRecord>();
        Logger logger = Logger.getLogger(SystemWorld.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            world.start("orders-7", () -> {
                        throw defect;
                    })
                    .join();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return records;
    }
}
