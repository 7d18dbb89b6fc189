package dev.mapwright.adapters.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.backlog.Backlog.Count;
import dev.mapwright.adapters.backlog.Backlog.Taken;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class BacklogTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private KeyValueStore store;
    private Backlog backlog;
    private Instant now = Instant.parse("2026-05-06T07:08:09.250Z");

    @BeforeEach
    void open() throws StoreUnavailable {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        backlog = new Backlog(store, "messages", 1, () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void messagesAreTakenInTheirOrderAndByOneAtATime() throws Exception {
        add("a", "b", "c");
        assertEquals(List.of("a", "b"), texts(take(2)));
        assertEquals(List.of("c"), texts(take(2)));
        assertEquals(List.of(), texts(take(2)));
    }

    @Test
    void aMessageThatNobodyFinishedComesBackInItsPlace() throws Exception {
        add("a", "b");
        take(1);
        now = now.plus(MINUTE);
        List<Taken> again = take(2);
        assertEquals(List.of("a", "b"), texts(again));
        assertEquals(2, again.getFirst().takes());
        assertEquals(1, again.getLast().takes());
    }

    @Test
    void aFinishedMessageIsGoneAlsoAfterARestart() throws Exception {
        add("a", "b");
        assertTrue(finish(take(1).getFirst()));
        assertEquals(new Count(1, 0, 0), backlog.count());
        reopen();
        assertEquals(List.of("b"), texts(take(2)));
    }

    @Test
    void aTakenMessageIsStillTakenAfterARestart() throws Exception {
        add("a");
        Taken first = take(1).getFirst();
        reopen();
        assertEquals(new Count(0, 1, 0), backlog.count());
        assertTrue(finish(first));
        assertEquals(new Count(0, 0, 0), backlog.count());
    }

    @Test
    void whoLostAMessageToAnotherTakerCannotFinishIt() throws Exception {
        add("a");
        Taken first = take(1).getFirst();
        now = now.plus(MINUTE);
        Taken second = take(1).getFirst();
        assertFalse(finish(first));
        assertTrue(finish(second));
    }

    @Test
    void aMessageWithALaterTimeWaitsForIt() throws Exception {
        var batch = new Batch();
        backlog.add(batch, bytes("later"), "", now, now.plus(MINUTE));
        store.commit(batch);
        assertEquals(new Count(0, 0, 1), backlog.count());
        assertEquals(List.of(), texts(take(1)));
        now = now.plus(MINUTE);
        assertEquals(List.of("later"), texts(take(1)));
    }

    @Test
    void messagesOfAGroupWaitForTheOneThatIsTaken() throws Exception {
        var batch = new Batch();
        backlog.add(batch, bytes("x1"), "x", now, now);
        backlog.add(batch, bytes("x2"), "x", now, now);
        backlog.add(batch, bytes("y1"), "y", now, now);
        store.commit(batch);
        Taken first = take(1).getFirst();
        assertEquals(List.of("y1"), texts(take(3)));
        finish(first);
        assertEquals(List.of("x2"), texts(take(3)));
    }

    @Test
    void moreMessagesThanMemoryHoldsAreTakenAllTheSameAndOnce() throws Exception {
        int count = Backlog.READY_MAX + 2_500;
        var batch = new Batch();
        for (int i = 0; i < count; i++) {
            backlog.add(batch, bytes("m" + i), "", now, now);
        }
        store.commit(batch);
        assertEquals(new Count(count, 0, 0), backlog.count());
        finish(take(1).getFirst());
        reopen();
        assertEquals(new Count(count - 1, 0, 0), backlog.count());
        List<String> texts = new ArrayList<>();
        for (List<Taken> page = take(7_000); !page.isEmpty(); page = take(7_000)) {
            texts.addAll(texts(page));
        }
        assertEquals(IntStream.range(1, count).mapToObj(i -> "m" + i).toList(), texts);
    }

    @Test
    void oldMessagesAreForgotten() throws Exception {
        add("old");
        now = now.plus(MINUTE);
        add("new");
        backlog.expire(now);
        assertEquals(List.of("new"), texts(take(2)));
    }

    @Test
    void aClearedBacklogIsEmptyAlsoAfterARestart() throws Exception {
        add("a", "b");
        take(1);
        var batch = new Batch();
        backlog.clear(batch);
        store.commit(batch);
        add("c");
        reopen();
        assertEquals(List.of("c"), texts(take(3)));
    }

    @Test
    void backlogsOfOneNameAreToldApartByTheirNumbers() throws Exception {
        add("a");
        var other = new Backlog(store, "messages", 2, () -> now);
        assertEquals(new Count(0, 0, 0), other.count());
    }

    private void reopen() throws StoreUnavailable {
        close();
        open();
    }

    private void add(String... texts) throws InterruptedException {
        var batch = new Batch();
        for (String text : texts) {
            backlog.add(batch, bytes(text), "", now, now);
        }
        store.commit(batch);
    }

    private List<Taken> take(int max) throws InterruptedException {
        return backlog.take(max, MINUTE, now);
    }

    private boolean finish(Taken taken) throws InterruptedException {
        var batch = new Batch();
        boolean finished = backlog.finish(batch, taken.sequence(), taken.takes());
        store.commit(batch);
        return finished;
    }

    private static List<String> texts(List<Taken> taken) {
        return taken.stream()
                .map(one -> new String(one.content(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
