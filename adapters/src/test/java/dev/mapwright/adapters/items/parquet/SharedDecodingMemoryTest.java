package dev.mapwright.adapters.items.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Files whose row groups fit the memory for decoding each, and not together.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedDecodingMemoryTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int ROWS = 200_000;

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

    @TempDir
    private Path folder;

    @Test
    void aShareWaitsUntilOthersAreGivenBack() throws Exception {
        var memory = new DecodingMemory(8 * MEBIBYTE);
        DecodingMemory.Share first = memory.take(6 * MEBIBYTE);
        Thread second = Thread.startVirtualThread(() -> takeAndGiveBack(memory, 6 * MEBIBYTE));
        while (!memory.isWanted()) {
            Thread.sleep(1);
        }
        assertTrue(second.isAlive());

        first.close();

        second.join();
        assertFalse(memory.isWanted());
    }

    @Test
    void moreThanThereIsTakesAllThereIs() throws Exception {
        var memory = new DecodingMemory(8 * MEBIBYTE);
        DecodingMemory.Share all = memory.take(9 * MEBIBYTE);
        Thread other = Thread.startVirtualThread(() -> takeAndGiveBack(memory, 1));
        while (!memory.isWanted()) {
            Thread.sleep(1);
        }

        all.close();

        other.join();
    }

    @Test
    void aFileWhoseRowsNobodyTakesLetsAnotherOneBeRead() throws Exception {
        ParquetItemReader reader = reader();
        putFile("outer");
        putFile("inner");
        try (ItemSource outer = reader.open(dataset("outer"), Optional.empty())) {
            var rows = new ArrayList<>(List.of(number(outer.next().orElseThrow())));

            assertEquals(numbers(), rest(reader, "inner"));

            for (var item = outer.next(); item.isPresent(); item = outer.next()) {
                rows.add(number(item.get()));
            }
            assertEquals(numbers(), rows);
        }
    }

    @Test
    void aFileThatIsClosedGivesItsMemoryBack() throws Exception {
        ParquetItemReader reader = reader();
        putFile("left");
        putFile("next");
        for (int i = 0; i < 5; i++) {
            try (ItemSource left = reader.open(dataset("left"), Optional.empty())) {
                assertEquals(0, number(left.next().orElseThrow()));
            }
        }

        assertEquals(numbers(), rest(reader, "next"));
    }

    @Test
    void aBrokenFileGivesItsMemoryBack() throws Exception {
        ParquetItemReader reader = reader();
        putFile("sound");
        byte[] broken = ParquetJava.sayingMoreRows(
                DuckDb.parquet(folder, "SELECT 1 AS i FROM range(200)", "snappy"), ROWS);
        objects.put("b", "broken", "", broken);
        try (ItemSource source = reader.open(dataset("broken"), Optional.empty())) {
            assertThrows(ReadFailed.class, source::next);

            assertEquals(numbers(), rest(reader, "sound"));
        }
    }

    /// To somebody so impatient every file stands still.
    @Test
    void aFileThatStandsStillGivesItsMemoryBack() throws Exception {
        var impatient = new ParquetItemReader(
                objects, "123456789012", new Bounds(Duration.ofNanos(1_000), 6 * MEBIBYTE));
        putFile("still");
        for (int i = 0; i < 3; i++) {
            try (ItemSource source = impatient.open(dataset("still"), Optional.empty())) {
                var failed = assertThrows(ReadFailed.class, source::next);

                assertEquals(
                        "s3://b/still cannot be read as Parquet: its pages hold fewer rows than it says",
                        failed.getMessage());
            }
        }
    }

    /// A row group needs some 5 MB: 16 bytes a number with its level and its bytes in the page, and
    /// what the file has.
    private ParquetItemReader reader() {
        return new ParquetItemReader(
                objects, "123456789012", new Bounds(Duration.ofSeconds(60), 6 * MEBIBYTE));
    }

    private void putFile(String key) throws Exception {
        byte[] content = DuckDb.parquet(
                folder,
                "SELECT i FROM range(%d) r(i)".formatted(ROWS),
                "snappy, ROW_GROUP_SIZE %d".formatted(ROWS));
        objects.put("b", key, "", content);
    }

    private static List<Long> numbers() {
        var numbers = new ArrayList<Long>();
        for (long i = 0; i < ROWS; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static List<Long> rest(ParquetItemReader reader, String key) throws Exception {
        var numbers = new ArrayList<Long>();
        try (ItemSource source = reader.open(dataset(key), Optional.empty())) {
            for (var item = source.next(); item.isPresent(); item = source.next()) {
                numbers.add(number(item.get()));
            }
        }
        return numbers;
    }

    private static long number(Item item) {
        return ((Number) ((Map<?, ?>) item.value().value()).get("i")).longValue();
    }

    private static Dataset.Read dataset(String key) {
        return new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", key)),
                Json.of(Map.of("InputType", "PARQUET")),
                0);
    }

    private static void takeAndGiveBack(DecodingMemory memory, long bytes) {
        try {
            memory.take(bytes).close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
