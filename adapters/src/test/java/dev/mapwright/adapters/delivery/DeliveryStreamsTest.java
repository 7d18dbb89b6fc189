package dev.mapwright.adapters.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.delivery.Destination.Compression;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.testkit.objects.MemoryObjectStore;
import dev.mapwright.testkit.objects.MemoryObjectStore.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Records on their way to objects.
class DeliveryStreamsTest {
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final int LARGE = 1024 * 1024;

    @TempDir
    Path folder;

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("readings");
    private KeyValueStore store;
    private DeliveryStreams streams;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, Durability.OS);
        streams = new DeliveryStreams(store, objects, new SystemWorld());
    }

    @AfterEach
    void close() {
        streams.close();
        store.close();
    }

    @Test
    void recordsAreJoinedAsTheyAreUnlessADelimiterFollowsEach() throws Exception {
        streams.create("plain", to("p/", "", Compression.UNCOMPRESSED, LARGE, LONG), Map.of());
        streams.create("lines", to("l/", "\n", Compression.UNCOMPRESSED, LARGE, LONG), Map.of());

        put("plain", "a", "b");
        put("lines", "a", "b");
        streams.close();

        assertEquals("ab", objects.text("readings", onlyKey("p/")));
        assertEquals("a\nb\n", objects.text("readings", onlyKey("l/")));
    }

    @Test
    void anObjectIsCompressedAndItsNameSaysSo() throws Exception {
        streams.create("zipped", to("z/", "\n", Compression.GZIP, LARGE, LONG), Map.of());

        put("zipped", "first", "second");
        streams.close();

        String key = onlyKey("z/");
        assertTrue(key.endsWith(".gz"), key);
        var unzipped =
                new GZIPInputStream(new ByteArrayInputStream(objects.content("readings", key)));
        assertEquals(
                "first\nsecond\n", new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void aKeyIsThePrefixTheStreamTheTimeAndARandomId() throws Exception {
        String prefix = "year=!{timestamp:yyyy}/part=!{firehose:random-string}/";
        streams.create("named", to(prefix, "", Compression.UNCOMPRESSED, LARGE, LONG), Map.of());
        streams.create("hourly", to("h/", "", Compression.UNCOMPRESSED, LARGE, LONG), Map.of());

        put("named", "x");
        put("hourly", "x");
        streams.close();

        String time = "\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9a-f-]{36}";
        String named = onlyKey("year=");
        assertTrue(named.matches("year=\\d{4}/part=[0-9a-f]{8}/named-1-" + time), named);
        String hourly = onlyKey("h/");
        assertTrue(hourly.matches("h/\\d{4}/\\d\\d/\\d\\d/\\d\\d/hourly-1-" + time), hourly);
    }

    @Test
    void anObjectIsWrittenWhenEnoughRecordsWait() throws Exception {
        streams.create("sized", to("s/", "", Compression.UNCOMPRESSED, 10, LONG), Map.of());

        put("sized", "123456", "789012", "rest");

        awaitObjects("s/", 1);
        assertEquals("123456789012", objects.text("readings", onlyKey("s/")));
        streams.close();
        assertEquals(
                List.of("123456789012", "rest"),
                keys("s/").map(this::text).sorted().toList());
    }

    @Test
    void anObjectIsWrittenWhenTheFirstRecordHasWaitedLongEnough() throws Exception {
        streams.create(
                "timed", to("t/", "", Compression.UNCOMPRESSED, LARGE, Duration.ZERO), Map.of());

        put("timed", "now");

        awaitObjects("t/", 1);
        assertEquals("now", objects.text("readings", onlyKey("t/")));
    }

    @Test
    void whatS3DoesNotTakeIsTriedAgain() throws Exception {
        objects.fail(new Fault("put", "InternalError", false));
        streams.create(
                "stubborn", to("r/", "", Compression.UNCOMPRESSED, LARGE, Duration.ZERO), Map.of());

        put("stubborn", "kept");

        awaitObjects("r/", 1);
        assertEquals("kept", objects.text("readings", onlyKey("r/")));
    }

    /// The object is written, and the process ends before it knows.
    @Test
    void aDeliveryThatWasCutShortIsMadeAgainUnderItsKey() throws Exception {
        objects.fail(new Fault("put", "InternalError", true));
        streams.create("again", to("a/", "", Compression.UNCOMPRESSED, LARGE, LONG), Map.of());
        put("again", "once");
        streams.close();
        String key = onlyKey("a/");

        streams = new DeliveryStreams(store, objects, new SystemWorld());
        streams.close();

        assertEquals(key, onlyKey("a/"));
        assertEquals("once", objects.text("readings", key));
    }

    private static Destination to(
            String prefix,
            String delimiter,
            Compression compression,
            int bufferBytes,
            Duration bufferTime)
            throws Exception {
        return new Destination(
                "arn:aws:iam::123456789012:role/r",
                "readings",
                KeyPrefix.of(prefix, ""),
                "failed/!{firehose:error-output-type}/",
                "",
                compression,
                delimiter,
                bufferBytes,
                bufferTime);
    }

    private void put(String stream, String... records) throws Exception {
        streams.put(
                stream,
                Stream.of(records)
                        .map(record -> record.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private void awaitObjects(String prefix, int count) throws Exception {
        while (keys(prefix).count() < count) {
            Thread.sleep(10);
        }
    }

    private String onlyKey(String prefix) throws Exception {
        List<String> keys = keys(prefix).toList();
        assertEquals(1, keys.size(), keys.toString());
        return keys.getFirst();
    }

    private Stream<String> keys(String prefix) throws Exception {
        return objects.list("readings", prefix, Optional.empty()).items().stream()
                .map(Stored::key);
    }

    private String text(String key) {
        try {
            return objects.text("readings", key);
        } catch (java.io.IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
