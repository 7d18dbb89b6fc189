package dev.mapwright.adapters.items;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A reading that is taken up near its end reads what is left, and not what is before it.
class TakingUpTest {
    private static final int ITEMS = 100_000;

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");
    private final CountedObjectStore counted = new CountedObjectStore(objects);
    private final ItemReaderTable readers = new ItemReaderTable(counted, "1");

    @TempDir
    private Path folder;

    /// In the table a `\\n` stands for a newline and a `'` for a double quote.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'}                    | id,text\\n | 17,some text\\n      | 18,last
            {'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['a','b']} | ``         | 17,some text\\n      | 18,last
            {'InputType':'JSON'}                                                   | [          | {'n':[1,'two']},\\n  | 3]
            {'InputType':'JSON','ItemsPointer':'/a/b'}                             | {'a':{'b':[| {'n':[1,'two']},     | 3]}}
            {'InputType':'JSONL'}                                                  | ``         | {'n':[1,'two']}\\n   | 3
            """)
    void readsNoTextBeforeItsPosition(String config, String start, String item, String end)
            throws Exception {
        String text = plain(start) + plain(item).repeat(ITEMS - 1) + plain(end);
        objects.put("b", "in", text);

        long bytes = bytesReadFrom(object(Json.parse(plain(config))), ITEMS);

        assertTrue(bytes < text.length() / 5, "%d of %d bytes".formatted(bytes, text.length()));
    }

    @Test
    void readsNoParquetRowGroupBeforeItsPosition() throws Exception {
        byte[] file = parquet();
        objects.put("b", "in", "", file);

        long bytes = bytesReadFrom(object(Json.parse("{\"InputType\":\"PARQUET\"}")), ITEMS);

        assertTrue(bytes < file.length / 5, "%d of %d bytes".formatted(bytes, file.length));
    }

    @Test
    void opensNoObjectBeforeItsPosition() throws Exception {
        putParts();
        String config = "{\"Transformation\":\"LOAD_AND_FLATTEN\",\"InputType\":\"JSONL\"}";
        var flattened = new Dataset.Read(
                "s3:listObjectsV2",
                Json.parse("{\"Bucket\":\"b\",\"Prefix\":\"part/\"}"),
                Json.parse(config),
                0);

        assertTrue(bytesReadFrom(flattened, ITEMS) < ITEMS / 5);
    }

    @Test
    void opensNoDataFileOfAManifestBeforeItsPosition() throws Exception {
        putParts();
        var lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lines.append("s3://b/part/%03d\n".formatted(i));
        }
        objects.put("b", "in", lines.toString());

        long bytes = bytesReadFrom(
                object(Json.parse("{\"ManifestType\":\"ATHENA_DATA\",\"InputType\":\"JSONL\"}")),
                ITEMS);

        assertTrue(bytes < ITEMS / 5, bytes + " bytes");
    }

    @Test
    void opensNoDataFileOfAnInventoryBeforeItsPosition() throws Exception {
        putParts();
        List<Map<String, String>> files = IntStream.range(0, 100)
                .mapToObj(i -> Map.of("key", "part/%03d".formatted(i)))
                .toList();
        String manifest = Json.of(Map.of("fileFormat", "CSV", "fileSchema", "Key", "files", files))
                .text();
        objects.put("b", "in", manifest);

        long bytes =
                bytesReadFrom(object(Json.parse("{\"ManifestType\":\"S3_INVENTORY\"}")), ITEMS);

        assertTrue(bytes - manifest.length() < ITEMS / 5, bytes + " bytes");
    }

    @Test
    void listsNoPageBeforeItsPosition() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            objects.put("b", "key/%05d".formatted(i), "");
        }
        var listing = new Dataset.Read(
                "s3:listObjectsV2",
                Json.parse("{\"Bucket\":\"b\",\"Prefix\":\"key/\"}"),
                Json.EMPTY_OBJECT,
                0);

        bytesReadFrom(listing, 5_000);

        assertEquals(1, counted.pagesListed());
    }

    /// 100 objects of a thousand lines, each a digit.
    private void putParts() throws Exception {
        for (int i = 0; i < 100; i++) {
            objects.put("b", "part/%03d".formatted(i), "7\n".repeat(1_000));
        }
    }

    private byte[] parquet() throws Exception {
        Path file = folder.resolve("in.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("""
                    COPY (SELECT i, 'text ' || i AS t FROM range(%d) r(i)) TO '%s'
                    (FORMAT parquet, ROW_GROUP_SIZE 2048)""".formatted(ITEMS, file));
        }
        return Files.readAllBytes(file);
    }

    /// What is read to take a dataset up when 19 of 20 items are done, and to finish it.
    private long bytesReadFrom(Dataset.Read dataset, int items) throws Exception {
        int done = items / 20 * 19;
        String position;
        try (ItemSource source = open(dataset, Optional.empty())) {
            for (int i = 0; i < done; i++) {
                source.next();
            }
            position = source.position();
        }
        counted.bytesRead();
        counted.pagesListed();
        try (ItemSource source = open(dataset, Optional.of(position))) {
            for (int i = done; i < items; i++) {
                assertEquals(i, source.next().orElseThrow().index());
            }
            assertEquals(Optional.empty(), source.next());
        }
        return counted.bytesRead();
    }

    private ItemSource open(Dataset.Read dataset, Optional<String> position) throws Exception {
        return readers.find(dataset).open(dataset, position);
    }

    private static Dataset.Read object(Json config) {
        return new Dataset.Read(
                "s3:getObject", Json.of(Map.of("Bucket", "b", "Key", "in")), config, 0);
    }

    private static String plain(String cell) {
        return cell == null ? "" : cell.replace("\\n", "\n").replace('\'', '"');
    }
}
