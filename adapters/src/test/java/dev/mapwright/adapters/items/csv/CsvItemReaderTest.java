package dev.mapwright.adapters.items.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import de.siegmar.fastcsv.reader.CsvReader;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

class CsvItemReaderTest extends ItemReaderContract {
    private static final String ACCOUNT = "123456789012";

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

    @Override
    protected ItemReader reader() {
        return new CsvItemReader(objects, ACCOUNT);
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected Dataset.Read dataset() throws Exception {
        var rows = new StringBuilder("id,text\r\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i).append(i % 3 == 0 ? ",\"two\nlines, \"\"ü\"\"\"\n" : ",plain\r\n");
            rows.append(i % 7 == 0 ? "\n" : "");
        }
        objects.put("b", "in.csv", rows.toString());
        return dataset("in.csv", Map.of());
    }

    @Override
    protected void change() throws Exception {
        objects.put("b", "in.csv", "id,text\n1,other\n");
    }

    /// In the table a `'` stands for a double quote and `·` for nothing.
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            x,y                         ~ x             ~ y
            'x','y'                     ~ x             ~ y
            'x,1','y'                   ~ x,1           ~ y
            'say ''hi''',y              ~ say 'hi'      ~ y
            {''MyKey'':''MyValue''},y   ~ {'MyKey':'MyValue'} ~ y
            {\\'k\\':\\'v\\'},y         ~ {'k':'v'}     ~ y
            '{\\'k\\': 1}',y            ~ {'k': 1}      ~ y
            one\\,two,y                 ~ one,two       ~ y
            C:\\\\dir,y                 ~ C:\\dir       ~ y
            C:\\dir,y                   ~ C:dir         ~ y
            x\\|y,z                     ~ x|y           ~ z
            'C:\\dir',y                 ~ C:dir         ~ y
            5' pipe,y                   ~ 5' pipe       ~ y
            x                           ~ x             ~ ·
            ,                           ~ ·             ~ ·
            x,y,z,'more'                ~ x             ~ y
            ü€😀,'ü'                    ~ ü€😀          ~ ü
            '',''                       ~ ·             ~ ·
            '''',y                      ~ '             ~ y
            """)
    void readsARowAsAwsDoes(String row, String a, String b) throws Exception {
        var expected = List.of(Json.of(Map.of("a", plain(a), "b", plain(b))));

        assertEquals(expected, values("a,b\n" + plain(row) + "\n"));
        assertEquals(expected, values("a,b\r\n" + plain(row)));
    }

    private static String plain(String cell) {
        return cell.strip().replace('\'', '"').replace("·", "");
    }

    @Test
    void keepsBlanksAndSkipsEmptyLines() throws Exception {
        assertEquals(
                List.of(json("{\"a\":\"   \",\"b\":\"\"}"), json("{\"a\":\" x \",\"b\":\" y\"}")),
                values("a,b\n\n   \n\r\n x , y\n\n"));
    }

    @Test
    void keepsNewlinesInsideQuotes() throws Exception {
        assertEquals(
                List.of(json("{\"a\":\"1\\r\\n2\\n\",\"b\":\"y\"}")),
                values("a,b\n\"1\r\n2\n\",y"));
    }

    @Test
    void ordersMembersAsAwsDoes() throws Exception {
        objects.put("b", "in.csv", "id,text,blank\n1,x,\n");

        assertEquals(
                "{\"blank\":\"\",\"id\":\"1\",\"text\":\"x\"}",
                rest(open("in.csv", Map.of())).getFirst().value().text());
    }

    @ParameterizedTest
    @CsvSource({"COMMA, ','", "PIPE, '|'", "SEMICOLON, ';'", "SPACE, ' '", "TAB, '\t'"})
    void splitsAtTheDelimiterThatIsConfigured(String name, String delimiter) throws Exception {
        objects.put(
                "b",
                "in.csv",
                "a" + delimiter + "b\n1\\" + delimiter + "x" + delimiter + "\"2" + delimiter
                        + "\"\n");

        var items = rest(open("in.csv", Map.of("CSVDelimiter", name)));

        assertEquals(
                Json.of(Map.of("a", "1" + delimiter + "x", "b", "2" + delimiter)),
                items.getFirst().value());
    }

    @Test
    void takesAGivenHeader() throws Exception {
        objects.put("b", "in.csv", "1,2\n3,4\n");

        var items = rest(open("in.csv", given("", "0")));

        assertEquals(
                List.of(json("{\"\":\"1\",\"0\":\"2\"}"), json("{\"\":\"3\",\"0\":\"4\"}")),
                items.stream().map(Item::value).toList());
        assertEquals("s3://b/in.csv", items.getFirst().source());
    }

    @Test
    void takesUpAGivenHeaderAnywhere() throws Exception {
        objects.put("b", "in.csv", "1\n2\n3\n");
        var source = open("in.csv", given("n"));
        source.next();

        var resumed = reader().open(dataset("in.csv", given("n")), Optional.of(source.position()));

        assertEquals(json("{\"n\":\"2\"}"), resumed.next().orElseThrow().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.csv.gz", "in.csv.zst", "in-gzip", "in-zstd"})
    void readsCompressedFilesAndTakesThemUpAgain(String key) throws Exception {
        byte[] plain =
                ("n\n" + String.join("\n", numbers(50_000))).getBytes(StandardCharsets.UTF_8);
        objects.put(
                "b",
                key,
                "application/octet-stream",
                key.contains("gz") ? gzip(plain) : Zstd.compress(plain));
        var source = open(key, Map.of());
        for (int i = 0; i < 49_999; i++) {
            source.next();
        }

        var resumed = rest(reader().open(dataset(key, Map.of()), Optional.of(source.position())));

        assertEquals(
                List.of(json("{\"n\":\"49999\"}")),
                resumed.stream().map(Item::value).toList());
        assertEquals(49_999, resumed.getFirst().index());
    }

    @Test
    void readsRowsLargerThanItsBufferAndRefusesThoseTooLarge() throws Exception {
        String big = "x".repeat(3_000_000);
        assertEquals(
                List.of(
                        json("{\"a\":\"1\",\"b\":\"" + big + "\"}"),
                        json("{\"a\":\"2\",\"b\":\"y\"}")),
                values("a,b\n1,\"" + big + "\"\n2,y\n"));

        assertEquals(
                "s3://b/in.csv, the row at byte 4: it has more than 8388608 bytes, the maximum of an item",
                assertThrows(ReadFailed.class, () -> values("a,b\n" + big + big + big))
                        .getMessage());
    }

    @Test
    void refusesAFileThatIsLargerThanItMayBeDecompressed() throws Exception {
        var limited = new CsvItemReader(objects, "123456789012", 12);
        objects.put("b", "in.csv", "id,text\n1,x\n2,y\n");

        try (ItemSource source = limited.open(dataset("in.csv", Map.of()), Optional.empty())) {
            source.next();
            assertEquals(
                    "s3://b/in.csv has more than 12 bytes when it is decompressed, the maximum",
                    assertThrows(ReadFailed.class, source::next).getMessage());
        }
    }

    @Test
    void ignoresAByteOrderMark() throws Exception {
        assertEquals(List.of(json("{\"a\":\"1\"}")), values("\uFEFFa\n1\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a,a⏎1,2     ~ CSV headers cannot contain duplicates.
            a,b⏎        ~ s3://b/in.csv contains only CSV headers, and no row
            a,b         ~ s3://b/in.csv contains only CSV headers, and no row
            ⏎           ~ s3://b/in.csv is empty: it has no row with CSV headers
            a⏎1⏎'2⏎3    ~ s3://b/in.csv, the row at byte 4: a field in double quotes is not closed before the end of the file
            a,b⏎'1'x,2  ~ s3://b/in.csv, the row at byte 4: after the closing quote of a field, at byte 7, comes neither a delimiter nor the end of the row
            """)
    void refusesBrokenFilesSayingWhere(String content, String expected) {
        var failed =
                assertThrows(ReadFailed.class, () -> values(plain(content).replace('⏎', '\n')));

        assertEquals(expected, failed.getMessage());
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        objects.put("b", "in.csv", "text/csv", "a\ngrün\n".getBytes(StandardCharsets.ISO_8859_1));

        var failed = assertThrows(ReadFailed.class, () -> rest(open("in.csv", Map.of())));

        assertEquals(
                "s3://b/in.csv, the row at byte 2: it holds bytes that are not UTF-8 (Input length = 1)",
                failed.getMessage());
    }

    @Test
    void keepsReplacementCharactersThatTheFileHolds() throws Exception {
        assertEquals(List.of(json("{\"a\":\"x\uFFFDy\"}")), values("a\nx\uFFFDy\n"));
    }

    @Test
    void refusesAHeaderThatIsTooLong() {
        String name = "h".repeat(10 * 1024 + 1);

        assertEquals(
                "The CSV header has 10241 bytes; the maximum is 10240",
                assertThrows(ReadFailed.class, () -> values(name + "\n1\n")).getMessage());
    }

    @Test
    void refusesDuplicatesAmongGivenHeaders() throws Exception {
        objects.put("b", "in.csv", "1,2\n");

        assertEquals(
                "CSV headers cannot contain duplicates.",
                assertThrows(ReadFailed.class, () -> open("in.csv", given("x", "x")))
                        .getMessage());
    }

    @Test
    void readsNothingFromAnEmptyFileWithAGivenHeader() throws Exception {
        objects.put("b", "in.csv", "");

        assertEquals(List.of(), rest(open("in.csv", given("x"))));
    }

    @Test
    void namesWhatIsMissing() {
        assertEquals(
                "s3://b/none.csv cannot be read: NoSuchKey: The specified key does not exist.",
                assertThrows(ReadFailed.class, () -> open("none.csv", Map.of())).getMessage());
    }

    @Test
    void refusesAnotherOwner() throws Exception {
        dataset();
        var arguments =
                Map.of("Bucket", "b", "Key", "in.csv", "ExpectedBucketOwner", "999999999999");

        var failed = assertThrows(
                ReadFailed.class, () -> reader().open(read(arguments, Map.of()), Optional.empty()));

        assertEquals(
                "The bucket b belongs to the account 123456789012, not to ExpectedBucketOwner 999999999999",
                failed.getMessage());
        assertTrue(new ItemReaderTable(objects, ACCOUNT).find(dataset()) instanceof CsvItemReader);
    }

    @Test
    void agreesWithFastCsvOnWhatBothRead() throws Exception {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder("a,b,c");
            int rows = 1 + random.nextInt(20);
            for (int i = 0; i < rows; i++) {
                text.append(random.nextBoolean() ? "\n" : "\r\n");
                text.append(field(random))
                        .append(',')
                        .append(field(random))
                        .append(',')
                        .append(field(random));
            }
            var expected = new ArrayList<Json>();
            try (var reader = CsvReader.builder().ofCsvRecord(text.toString())) {
                reader.stream().skip(1).forEach(row -> {
                    var item = new LinkedHashMap<String, Object>();
                    IntStream.range(0, 3)
                            .forEach(i -> item.put("abc".substring(i, i + 1), row.getField(i)));
                    expected.add(Json.of(item));
                });
            }
            assertEquals(expected, values(text.toString()), text.toString());
        }
    }

    private static String field(SplittableRandom random) {
        var content = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            content.append("ab ü€😀,\n\"".codePointAt(random.nextInt(6)));
        }
        return switch (random.nextInt(3)) {
            case 0 -> "x" + random.nextInt(1000);
            case 1 -> "\"" + "line, one\r\nand \"\"two\"\" ä".substring(random.nextInt(5)) + "\"";
            default -> "\"" + content + "\"";
        };
    }

    private List<Json> values(String content) throws Exception {
        objects.put("b", "in.csv", content);
        return rest(open("in.csv", Map.of())).stream().map(Item::value).toList();
    }

    private dev.mapwright.engine.maprun.ItemSource open(String key, Map<String, Object> config)
            throws Exception {
        return reader().open(dataset(key, config), Optional.empty());
    }

    private static Dataset.Read dataset(String key, Map<String, Object> config) {
        return read(Map.of("Bucket", "b", "Key", key), config);
    }

    private static Dataset.Read read(Map<String, String> arguments, Map<String, Object> config) {
        var all = new LinkedHashMap<String, Object>(
                Map.of("InputType", "CSV", "CSVHeaderLocation", "FIRST_ROW"));
        all.putAll(config);
        return new Dataset.Read("s3:getObject", Json.of(arguments), Json.of(all), 0);
    }

    private static Map<String, Object> given(String... names) {
        return Map.of("CSVHeaderLocation", "GIVEN", "CSVHeaders", List.of(names));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }

    private static Json json(String text) throws Exception {
        return Json.parse(text);
    }
}
