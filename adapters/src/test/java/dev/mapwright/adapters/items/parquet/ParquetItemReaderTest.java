package dev.mapwright.adapters.items.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardwood.metadata.RowGroup;
import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.testkit.contract.ItemReaderContract;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

class ParquetItemReaderTest extends ItemReaderContract {
    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");
    private final ItemReader reader = new ParquetItemReader(objects, "123456789012");

    @TempDir
    private Path folder;

    @Override
    protected ItemReader reader() {
        return reader;
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected Dataset.Read dataset() throws Exception {
        put(
                "in.parquet",
                "SELECT i, 'text ' || i AS t, [i, NULL] AS l FROM range(24) r(i)",
                "snappy");
        return dataset("in.parquet");
    }

    @Override
    protected void change() throws Exception {
        put("in.parquet", "SELECT 1 AS i", "snappy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd"})
    void readsWhatDuckDbWrites(String codec) throws Exception {
        put("in.parquet", """
                SELECT true AS flag, 1::TINYINT AS tiny, -2::SMALLINT AS small, 3 AS int,
                  9007199254740993 AS big, 4294967295::UINTEGER AS uint,
                  18446744073709551615::UBIGINT AS ubig,
                  1.1::FLOAT AS float, 2.5::DOUBLE AS double, 'NaN'::DOUBLE AS nan,
                  12.30::DECIMAL(9,2) AS dec, 12345678901234567890.12::DECIMAL(38,2) AS wide,
                  'ü' AS text, 'ab'::BLOB AS bytes, DATE '2024-02-29' AS day,
                  TIME '12:34:56.5' AS time, TIMESTAMP '2024-02-29 12:34:56.789' AS local,
                  TIMESTAMPTZ '2024-02-29 12:34:56.789+02' AS instant,
                  '11111111-2222-3333-4444-555555555555'::UUID AS uuid,
                  [1, NULL, 3] AS list, [[1], [], NULL] AS lists,
                  {'a': 1, 'b': {'c': 'x'}} AS struct, [{'a': 1}, {'a': NULL}] AS structs,
                  MAP {'k': 1, 'l': NULL} AS map, MAP {1: 'x'} AS ints, NULL::INTEGER AS nothing
                """, codec);

        assertEquals(
                "{\"flag\":true,\"tiny\":1,\"small\":-2,\"int\":3,\"big\":9007199254740993,"
                        + "\"uint\":4294967295,\"ubig\":18446744073709551615,\"float\":1.1,"
                        + "\"double\":2.5,\"nan\":null,\"dec\":12.30,\"wide\":12345678901234567890.12,"
                        + "\"text\":\"ü\",\"bytes\":\"YWI=\",\"day\":\"2024-02-29\","
                        + "\"time\":\"12:34:56.500\",\"local\":\"2024-02-29T12:34:56.789Z\","
                        + "\"instant\":\"2024-02-29T10:34:56.789Z\","
                        + "\"uuid\":\"11111111-2222-3333-4444-555555555555\","
                        + "\"list\":[1,null,3],\"lists\":[[1],[],null],"
                        + "\"struct\":{\"a\":1,\"b\":{\"c\":\"x\"}},"
                        + "\"structs\":[{\"a\":1},{\"a\":null}],\"map\":{\"k\":1,\"l\":null},"
                        + "\"ints\":{\"1\":\"x\"},\"nothing\":null}",
                items("in.parquet").getFirst().value().text());
    }

    @ParameterizedTest
    @EnumSource(ParquetJava.Form.class)
    void readsWhatParquetJavaWrites(ParquetJava.Form form) throws Exception {
        objects.put("b", "in.parquet", "", ParquetJava.file(folder, form));

        List<Item> items = items("in.parquet");

        assertEquals(100, items.size());
        assertEquals(
                "{\"stamp\":\"2024-02-29T12:34:56.000000007Z\",\"kind\":\"RED\",\"fixed\":\"YWJj\","
                        + "\"dec\":-1.23,\"millis\":\"2024-02-29T12:34:56.789Z\",\"tags\":[\"x\",\"y\"],"
                        + "\"optional\":null}",
                items.getFirst().value().text());
        assertEquals("s3://b/in.parquet", items.getFirst().source());
    }

    /// The script `write.py` beside them wrote these files.
    @ParameterizedTest
    @ValueSource(strings = {"int96-snappy", "gzip", "delta-zstd"})
    void readsWhatPyArrowWrites(String name) throws Exception {
        try (var file = getClass().getResourceAsStream("pyarrow-%s.parquet".formatted(name))) {
            objects.put("b", "in.parquet", "", file.readAllBytes());
        }

        List<Item> items = items("in.parquet");

        assertEquals(
                "{\"flag\":true,\"small\":-2,\"big\":9007199254740993,"
                        + "\"unsigned\":18446744073709551615,\"float\":1.1,\"double\":null,"
                        + "\"decimal\":-12.30,\"wide\":12345678901234567890.12,"
                        + "\"text\":\"ü€😀\",\"bytes\":\"YWI=\",\"fixed\":\"YWJj\","
                        + "\"day\":\"2024-02-29\",\"time\":\"12:34:56.789\","
                        + "\"local\":\"2024-02-29T12:34:56.789Z\","
                        + "\"instant\":\"2024-02-29T12:34:56.789Z\",\"word\":\"red\","
                        + "\"list\":[1,null,3],\"lists\":[[\"x\"],[],null],"
                        + "\"struct\":{\"a\":1,\"b\":{\"c\":\"x\"}},"
                        + "\"structs\":[{\"a\":1},{\"a\":null}],\"map\":{\"k\":1,\"l\":null},"
                        + "\"nothing\":null}",
                items.getFirst().value().text());
        assertTrue(
                ((Map<?, ?>) items.get(1).value().value())
                        .values().stream().allMatch(Objects::isNull),
                () -> items.get(1).value().text());
    }

    @Test
    void takesUpAnyRowOfAnyRowGroup() throws Exception {
        put(
                "in.parquet",
                "SELECT i, [i, i + 1] AS l FROM range(10000) r(i)",
                "zstd, ROW_GROUP_SIZE 2048");
        var dataset = dataset("in.parquet");
        try (ItemSource source = reader.open(dataset, Optional.empty())) {
            for (int i = 0; i < 10_000; i++) {
                if (i % 1024 == 0 || i == 9_999) {
                    List<Item> rest = rest(reader.open(dataset, Optional.of(source.position())));
                    assertEquals(10_000 - i, rest.size());
                    assertEquals(i, rest.getFirst().index());
                    assertEquals(
                            "{\"i\":%d,\"l\":[%d,%d]}".formatted(i, i, i + 1),
                            rest.getFirst().value().text());
                }
                source.next();
            }
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsManyFilesThatAreOpenAtOnce() throws Exception {
        for (int i = 0; i < 12; i++) {
            put(
                    "many/%02d.parquet".formatted(i),
                    "SELECT i, repeat('x', 100) || i AS t FROM range(20000) r(i)",
                    "snappy, ROW_GROUP_SIZE 2048");
        }
        var dataset = new Dataset.Read(
                "s3:listObjectsV2",
                Json.of(Map.of("Bucket", "b", "Prefix", "many/")),
                Json.of(Map.of("Transformation", "LOAD_AND_FLATTEN", "InputType", "PARQUET")),
                0);

        List<Item> items = rest(
                new ItemReaderTable(objects, "1").find(dataset).open(dataset, Optional.empty()));

        assertEquals(240_000, items.size());
        assertEquals("s3://b/many/11.parquet", items.getLast().source());
    }

    @Test
    void readsNothingFromAFileWithoutRows() throws Exception {
        put("in.parquet", "SELECT 1 AS i WHERE false", "snappy");

        assertEquals(List.of(), items("in.parquet"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            lz4_raw ~ The column i of s3://b/in.parquet is compressed with LZ4_RAW; supported are [UNCOMPRESSED, SNAPPY, GZIP, ZSTD]
            brotli  ~ The column i of s3://b/in.parquet is compressed with BROTLI; supported are [UNCOMPRESSED, SNAPPY, GZIP, ZSTD]
            """)
    void refusesOtherCodecs(String codec, String expected) throws Exception {
        put("in.parquet", "SELECT 1 AS i", codec);

        assertEquals(
                expected,
                assertThrows(ReadFailed.class, () -> items("in.parquet")).getMessage());
    }

    @Test
    void refusesAFooterThatIsTooLarge() throws Exception {
        var content = ByteBuffer.allocate(6 * 1024 * 1024).order(ByteOrder.LITTLE_ENDIAN);
        content.put("PAR1".getBytes());
        content.position(content.capacity() - 8);
        content.putInt(5 * 1024 * 1024 + 1).put("PAR1".getBytes());
        objects.put("b", "in.parquet", "", content.array());

        assertEquals(
                "The Parquet footer of s3://b/in.parquet has 5242881 bytes; the maximum is 5242880",
                assertThrows(ReadFailed.class, () -> items("in.parquet")).getMessage());
    }

    @Test
    void refusesARowGroupThatIsTooLarge() throws Exception {
        objects.put("b", "in.parquet", "", ParquetJava.footerOfRowGroup(256L * 1024 * 1024 + 1));

        assertEquals(
                "Row group 0 of s3://b/in.parquet has 268435457 bytes; the maximum is 268435456",
                assertThrows(ReadFailed.class, () -> items("in.parquet")).getMessage());
    }

    /// DuckDB writes a page for each column of a row group: 12 bytes and its own 8 for a number and
    /// its level, 36 and three times its characters for a text.
    @Test
    void refusesPagesThatAreTooLargeForMemory() throws Exception {
        String refusal = assertThrows(ReadFailed.class, () -> readInLittleMemory(204_800))
                .getMessage();

        assertTrue(
                refusal.matches(
                        "The pages of row group 0 of s3://b/in\\.parquet need 2[0-9]{7} bytes when they are decoded; "
                                + "here the maximum is 8388608\\. Write it with smaller row groups or pages, "
                                + "or give the engine more memory"),
                refusal);
    }

    @Test
    void readsManyRowGroupsInLittleMemory() throws Exception {
        assertEquals(204_800, readInLittleMemory(20_480).size());
    }

    /// 204,800 rows by a reader that has 8 MiB for their pages.
    private List<Item> readInLittleMemory(int rowsPerGroup) throws Exception {
        put(
                "in.parquet",
                "SELECT i, 'text ' || i AS t FROM range(204800) r(i)",
                "zstd, ROW_GROUP_SIZE " + rowsPerGroup);
        var small = new ParquetItemReader(
                objects, "123456789012", new Bounds(Duration.ofMinutes(1), 8 * 1024 * 1024));
        return rest(small.open(dataset("in.parquet"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "0,      '[0 1 0 100, 1 3 100 300]'",
        "99,     '[0 1 99 100, 1 3 100 300]'",
        "100,    '[1 3 100 300]'",
        "250,    '[2 3 250 300]'",
        "300,    '[]'"
    })
    void takesLargeRowGroupsAloneAndSmallOnesTogether(long start, String expected) {
        var groups = List.of(
                new RowGroup(List.of(), 40_000_000, 100),
                new RowGroup(List.of(), 1_000, 100),
                new RowGroup(List.of(), 1_000, 100));

        assertEquals(
                expected,
                Stretch.of(groups, start).stream()
                        .map(one -> "%d %d %d %d"
                                .formatted(
                                        one.firstGroup(),
                                        one.endGroup(),
                                        one.firstRow(),
                                        one.endRow()))
                        .toList()
                        .toString());
    }

    @Test
    void refusesARowThatIsTooLarge() throws Exception {
        put("in.parquet", "SELECT repeat('x', 9000000) AS t", "zstd");

        assertEquals(
                "s3://b/in.parquet, row 0: it has more than 8388608 bytes, the maximum of an item",
                assertThrows(ReadFailed.class, () -> items("in.parquet")).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PAR1", "id,text\n1,this is a CSV file\n"})
    void refusesWhatIsNoParquetFile(String content) throws Exception {
        objects.put("b", "in.parquet", content);

        assertEquals(
                "s3://b/in.parquet is not a Parquet file: it does not end with a footer and PAR1",
                assertThrows(ReadFailed.class, () -> items("in.parquet")).getMessage());
    }

    @Test
    void refusesAVersionId() {
        var dataset = new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", "in.parquet", "VersionId", "1")),
                Json.EMPTY_OBJECT,
                0);

        assertEquals(
                "The argument VersionId is not supported with InputType PARQUET",
                assertThrows(ReadFailed.class, () -> reader.open(dataset, Optional.empty()))
                        .getMessage());
    }

    private void put(String key, String query, String codec) throws Exception {
        objects.put("b", key, "", DuckDb.parquet(folder, query, codec));
    }

    private List<Item> items(String key) throws Exception {
        return rest(reader.open(dataset(key), Optional.empty()));
    }

    private static Dataset.Read dataset(String key) {
        return new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", key)),
                Json.of(Map.of("InputType", "PARQUET")),
                0);
    }
}
