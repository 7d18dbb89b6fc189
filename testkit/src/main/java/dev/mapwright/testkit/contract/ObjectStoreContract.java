package dev.mapwright.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.store.Page;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What every [ObjectStore] does.
public abstract class ObjectStoreContract {
    /// In which a store keeps its objects during these tests.
    protected static final String BUCKET = "orders";

    private static final String TEXT = "text/plain";
    private static final int PART_BYTES_MIN = 5 * 1024 * 1024;

    /// A store with the bucket [#BUCKET], empty.
    protected abstract ObjectStore objects();

    @Test
    void anObjectComesBackAsItWasPut() throws Exception {
        byte[] content = bytes(100_000);

        objects().put(BUCKET, "a/b c+ü", TEXT, content);

        Stored head = head("a/b c+ü");
        assertEquals("a/b c+ü", head.key());
        assertEquals(100_000, head.bytes());
        assertTrue(head.etag().matches("\"[0-9a-f]{32}\""), head.etag());
        assertEquals("STANDARD", head.storageClass());
        assertArrayEquals(content, read("a/b c+ü", 0, Optional.empty()));
    }

    @Test
    void anObjectMayBeEmpty() throws Exception {
        objects().put(BUCKET, "empty", TEXT, new byte[0]);

        assertEquals(0, head("empty").bytes());
        assertEquals(0, read("empty", 0, Optional.empty()).length);
    }

    @Test
    void aLaterPutReplacesAnEarlierOne() throws Exception {
        objects().put(BUCKET, "k", TEXT, "old".getBytes(UTF_8));
        objects().put(BUCKET, "k", TEXT, "newer".getBytes(UTF_8));

        assertArrayEquals("newer".getBytes(UTF_8), read("k", 0, Optional.empty()));
    }

    @Test
    void readingBeginsAtAnyByteEvenThatAfterTheLast() throws Exception {
        objects().put(BUCKET, "k", TEXT, "0123456789".getBytes(UTF_8));

        assertArrayEquals("789".getBytes(UTF_8), read("k", 7, Optional.empty()));
        assertArrayEquals(new byte[0], read("k", 10, Optional.of(head("k").etag())));
    }

    @Test
    void aStretchIsReadAsAWholeOrNotAtAll() throws Exception {
        objects().put(BUCKET, "k", TEXT, "0123456789".getBytes(UTF_8));

        assertArrayEquals("345".getBytes(UTF_8), stretch(3, 3));
        assertArrayEquals("9".getBytes(UTF_8), stretch(9, 1));
        assertArrayEquals(new byte[0], stretch(9, 0));
        assertThrows(IOException.class, () -> stretch(8, 3));
    }

    private byte[] stretch(long from, int bytes) throws Exception {
        return objects()
                .readRange(
                        BUCKET,
                        "k",
                        Optional.empty(),
                        new ObjectStore.Range(from, bytes),
                        Optional.of(head("k").etag()));
    }

    @Test
    void aStreamMayBeClosedBeforeItsEnd() throws Exception {
        objects().put(BUCKET, "k", TEXT, bytes(3_000_000));

        for (int i = 0; i < 5; i++) {
            try (InputStream stream =
                    objects().read(BUCKET, "k", Optional.empty(), 0, Optional.empty())) {
                assertEquals(10, stream.readNBytes(10).length);
            }
        }
    }

    @Test
    void aReplacedObjectIsNotReadUnderItsOldETag() throws Exception {
        objects().put(BUCKET, "k", TEXT, "one".getBytes(UTF_8));
        String etag = head("k").etag();
        assertArrayEquals("ne".getBytes(UTF_8), read("k", 1, Optional.of(etag)));
        objects().put(BUCKET, "k", TEXT, "two".getBytes(UTF_8));

        assertFails("PreconditionFailed", () -> read("k", 1, Optional.of(etag)));
        assertFails("PreconditionFailed", () -> read("k", 3, Optional.of(etag)));
    }

    @Test
    void whatIsNotThereIsNamedByItsCode() {
        assertFails("NoSuchKey", () -> head("nothing"));
        assertFails("NoSuchKey", () -> read("nothing", 0, Optional.empty()));
        assertFails("NoSuchBucket", () -> objects().head("nowhere-at-all", "k", Optional.empty()));
        assertFails("NoSuchBucket", () -> objects().list("nowhere-at-all", "", Optional.empty()));
        assertFails("NoSuchBucket", () -> objects().put("nowhere-at-all", "k", TEXT, new byte[1]));
    }

    @Test
    void keysAreListedInBinaryOrder() throws Exception {
        for (String key : List.of("p/b", "p/a/z", "p/B", "q", "p/é", "p/a", "o")) {
            objects().put(BUCKET, key, TEXT, key.getBytes(UTF_8));
        }

        Page<Stored> page = objects().list(BUCKET, "p/", Optional.empty());

        assertEquals(
                List.of("p/B", "p/a", "p/a/z", "p/b", "p/é"),
                page.items().stream().map(Stored::key).toList());
        assertEquals(Optional.empty(), page.nextToken());
        assertEquals(head("p/a/z").etag(), page.items().get(2).etag());
        assertEquals(5, page.items().get(2).bytes());
        assertEquals(List.of(), objects().list(BUCKET, "r", Optional.empty()).items());
    }

    @Test
    void aListGoesOnWhereItsPageEnded() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1_003; i++) {
            keys.add("k%04d".formatted(i));
            objects().put(BUCKET, keys.getLast(), TEXT, new byte[0]);
        }

        Page<Stored> first = objects().list(BUCKET, "k", Optional.empty());
        Page<Stored> second = objects().list(BUCKET, "k", first.nextToken());

        assertEquals(
                keys.subList(0, 1_000), first.items().stream().map(Stored::key).toList());
        assertEquals(
                keys.subList(1_000, 1_003),
                second.items().stream().map(Stored::key).toList());
        assertEquals(Optional.empty(), second.nextToken());
    }

    @Test
    void partsBecomeOneObject() throws Exception {
        byte[] content = bytes(PART_BYTES_MIN + 10);
        String id = objects().beginUpload(BUCKET, "k", "application/json");

        String first =
                objects().uploadPart(BUCKET, "k", id, 1, Arrays.copyOf(content, PART_BYTES_MIN));
        String second = objects()
                .uploadPart(
                        BUCKET,
                        "k",
                        id,
                        2,
                        Arrays.copyOfRange(content, PART_BYTES_MIN, content.length));
        assertFails("NoSuchKey", () -> head("k"));
        objects().completeUpload(BUCKET, "k", id, List.of(first, second));

        assertTrue(head("k").etag().endsWith("-2\""), head("k").etag());
        assertArrayEquals(content, read("k", 0, Optional.empty()));
    }

    @Test
    void anUploadThatHasEndedIsNoMore() throws Exception {
        String id = objects().beginUpload(BUCKET, "k", TEXT);
        String etag = objects().uploadPart(BUCKET, "k", id, 1, bytes(10));

        objects().abortUpload(BUCKET, "k", id);

        assertFails("NoSuchUpload", () -> objects().uploadPart(BUCKET, "k", id, 2, bytes(10)));
        assertFails("NoSuchUpload", () -> objects().completeUpload(BUCKET, "k", id, List.of(etag)));
        assertFails("NoSuchKey", () -> head("k"));
    }

    private Stored head(String key) throws ObjectFailed, InterruptedException {
        return objects().head(BUCKET, key, Optional.empty());
    }

    private byte[] read(String key, long fromByte, Optional<String> ifMatch) throws Exception {
        try (InputStream stream =
                objects().read(BUCKET, key, Optional.empty(), fromByte, ifMatch)) {
            return stream.readAllBytes();
        }
    }

    private static void assertFails(String code, Executable call) {
        assertEquals(code, assertThrows(ObjectFailed.class, call).code());
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
