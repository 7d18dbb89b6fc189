package dev.mapwright.adapters.items.jsonlines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

class JsonLinesItemReaderTest extends ItemReaderContract {
    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

    @Override
    protected ItemReader reader() {
        return new JsonLinesItemReader(objects, "123456789012");
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected Dataset.Read dataset() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append(i % 2 == 0 ? "{\"n\": %d, \"t\": \"ü\\n\"}\r\n" : "[%d]\n".formatted(i));
            lines.append(i % 5 == 0 ? "\n  \n" : "");
        }
        objects.put("b", "in.jsonl", lines.toString().replace("%d", "7"));
        return dataset("in.jsonl");
    }

    @Override
    protected void change() throws Exception {
        objects.put("b", "in.jsonl", "1\n");
    }

    @Test
    void readsAnyJsonValuePerLineAndSkipsBlankLines() throws Exception {
        assertEquals(
                List.of("{\"a\":[1,\"x y\"]}", "[]", "10", "\"text\"", "null", "true", "{}"),
                texts(
                        "\uFEFF{ \"a\": [1, \"x y\"] }\r\n[]\n10\n\n   \t\r\n\"text\"\nnull\ntrue\n {} "));
    }

    @Test
    void namesTheObjectAsSource() throws Exception {
        dataset();

        Item first = open("in.jsonl").next().orElseThrow();

        assertEquals("s3://b/in.jsonl", first.source());
        assertEquals(Optional.empty(), first.key());
    }

    @Test
    void readsNothingFromAnEmptyFile() throws Exception {
        assertEquals(List.of(), texts(""));
        assertEquals(List.of(), texts("\n\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            1⏎⏎{'a':}⏎  ~ s3://b/in.jsonl, line 3 at byte 3: it is not JSON: Unexpected character ('}'
            1⏎{'a':1    ~ s3://b/in.jsonl, line 2 at byte 2: it is not JSON: Unexpected end-of-input
            1 2⏎        ~ s3://b/in.jsonl, line 1 at byte 0: it is not JSON: Trailing token
            """)
    void refusesABrokenLineSayingWhich(String content, String expected) {
        var failed = assertThrows(
                ReadFailed.class, () -> texts(content.replace('⏎', '\n').replace('\'', '"')));

        assertTrue(failed.getMessage().startsWith(expected), failed.getMessage());
    }

    @Test
    void countsLinesOnWhenTakenUpAgain() throws Exception {
        objects.put("b", "in.jsonl", "1\n\n2\n\nbroken\n");
        ItemSource source = open("in.jsonl");
        source.next();
        source.next();

        ItemSource resumed = reader().open(dataset("in.jsonl"), Optional.of(source.position()));

        var failed = assertThrows(ReadFailed.class, resumed::next);
        assertEquals("s3://b/in.jsonl, line 5 at byte 6", failed.getMessage().split(": ")[0]);
    }

    @Test
    void refusesALineThatIsTooLong() {
        String line = "\"" + "x".repeat(8 * 1024 * 1024) + "\"";

        assertEquals(
                "s3://b/in.jsonl, line 2 at byte 2: it has more than 8388608 bytes, the maximum of an item",
                assertThrows(ReadFailed.class, () -> texts("1\n" + line + "\n2"))
                        .getMessage());
    }

    @Test
    void readsALineUpToTheLimit() throws Exception {
        String line = "\"" + "x".repeat(8 * 1024 * 1024 - 2) + "\"";

        assertEquals(List.of("1", line, "2"), texts("1\n" + line + "\n2"));
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        objects.put("b", "in.jsonl", "", "\"grün\"".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(
                "s3://b/in.jsonl, line 1 at byte 0: it holds bytes that are not UTF-8",
                assertThrows(ReadFailed.class, () -> rest(open("in.jsonl"))).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.jsonl.gz", "in.jsonl.zst", "in-gzip", "in-zstd"})
    void readsCompressedFilesOfSeveralMembersAndTakesThemUpAgain(String key) throws Exception {
        var content = new ByteArrayOutputStream();
        for (int member = 0; member < 30; member++) {
            byte[] lines = "{\"member\":%d}\n".formatted(member).repeat(100).getBytes();
            content.writeBytes(key.contains("gz") ? gzip(lines) : Zstd.compress(lines));
        }
        objects.put("b", key, "", content.toByteArray());
        ItemSource source = open(key);
        for (int i = 0; i < 2_999; i++) {
            source.next();
        }

        List<Item> resumed = rest(reader().open(dataset(key), Optional.of(source.position())));

        assertEquals(
                List.of("{\"member\":29}"),
                resumed.stream().map(item -> item.value().text()).toList());
        assertEquals(2_999, resumed.getFirst().index());
    }

    private List<String> texts(String content) throws Exception {
        objects.put("b", "in.jsonl", content);
        return rest(open("in.jsonl")).stream().map(item -> item.value().text()).toList();
    }

    private ItemSource open(String key) throws Exception {
        return reader().open(dataset(key), Optional.empty());
    }

    private static Dataset.Read dataset(String key) {
        return new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", key)),
                Json.of(Map.of("InputType", "JSONL")),
                0);
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }
}
