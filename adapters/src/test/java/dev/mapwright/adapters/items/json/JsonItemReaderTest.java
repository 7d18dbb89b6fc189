package dev.mapwright.adapters.items.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.testkit.contract.ItemReaderContract;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class JsonItemReaderTest {
    private static final String NOT_ITERABLE = "Attempting to map over non-iterable node.";

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");
    private final ItemReader reader = new JsonItemReader(objects, "123456789012");

    @Nested
    class OfAnArray extends Contract {
        @Override
        String document() {
            return "{\"x\":[[], {\"y/z~\": [ "
                    + IntStream.range(0, 30)
                            .mapToObj("{\"n\": %d, \"t\": \"a,]}\\\"[{\"}"::formatted)
                            .collect(Collectors.joining(" ,\n"))
                    + "\n]}], \"rest\": broken";
        }

        @Override
        Dataset.Read document(String key) {
            return read(key, Map.of("ItemsPointer", "/x/1/y~1z~0"));
        }
    }

    @Nested
    class OfAnObject extends Contract {
        @Override
        String document() {
            return IntStream.range(0, 30)
                    .mapToObj("\"k\\u00fc%1$d\" : \"v%1$d\""::formatted)
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    abstract class Contract extends ItemReaderContract {
        abstract String document();

        Dataset.Read document(String key) {
            return read(key, Map.of());
        }

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
            objects.put("b", "in.json", document());
            return document("in.json");
        }

        @Override
        protected void change() throws Exception {
            objects.put("b", "in.json", "[1]");
        }

        static List<Item> all(ItemSource source) throws Exception {
            return rest(source);
        }
    }

    @Test
    void readsTheElementsOfAnArray() throws Exception {
        assertEquals(
                List.of("1", "\"a\"", "null", "{\"b\":1,\"a\":[2,3]}", "[]", "-1.5"),
                texts("\uFEFF [1, \"a\",null, {\"b\": 1, \"a\": [2, 3]},[ ],-1.5]\n", ""));
    }

    @Test
    void readsTheMembersOfAnObjectInTheOrderOfTheFile() throws Exception {
        objects.put("b", "in.json", "{\"z\": 1, \"a\\n\": {\"k\": \"v\"}, \"\": null}");

        List<Item> items = items("");

        assertEquals(
                List.of("z", "a\n", ""),
                items.stream().map(item -> item.key().orElseThrow()).toList());
        assertEquals(
                List.of("1", "{\"k\":\"v\"}", "null"),
                items.stream().map(item -> item.value().text()).toList());
        assertEquals("s3://b/in.json", items.getFirst().source());
    }

    /// RFC 6901's own document, with every value in an array.
    @ParameterizedTest
    @CsvSource(delimiter = '=', quoteCharacter = '`', textBlock = """
            /foo    = "bar","baz"
            /        = 0
            /a~1b    = 1
            /c%d     = 2
            /e^f     = 3
            /g|h     = 4
            /i\\j    = 5
            /k"l     = 6
            / `      = 7
            /m~0n    = 8
            /~01     = 9
            /list/2  = 30,31
            /list/1/x = 20
            """)
    void followsAPointer(String pointer, String expected) throws Exception {
        String document = """
                {"foo": ["bar", "baz"], "": [0], "a/b": [1], "c%d": [2], "e^f": [3], "g|h": [4],
                 "i\\\\j": [5], "k\\"l": [6], " `": [7], "m~n": [8], "~1": [9],
                 "list": [[], {"x": [20]}, [30, 31]]}
                """;

        assertEquals(List.of(expected.split(",")), texts(document, pointer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none",
                "/text",
                "/null",
                "/number",
                "/list/2",
                "/list/01",
                "/list/-",
                "/list/x",
                "/text/0",
                "/list/0",
                "/object/none",
                "/empty/0"
            })
    void refusesAPointerToNothingOrToAScalar(String pointer) {
        String document = "{\"text\":\"x\",\"null\":null,\"number\":1,\"list\":[1,[]],"
                + "\"object\":{},\"empty\":[]}";

        assertEquals(
                NOT_ITERABLE,
                assertThrows(ReadFailed.class, () -> texts(document, pointer)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "null", " true "})
    void refusesADocumentThatIsAScalar(String document) {
        assertEquals(
                NOT_ITERABLE,
                assertThrows(ReadFailed.class, () -> texts(document, "")).getMessage());
    }

    @Test
    void readsNothingFromEmptyContainers() throws Exception {
        assertEquals(List.of(), texts("[ ]", ""));
        assertEquals(List.of(), texts("{}", ""));
        assertEquals(List.of(), texts("{\"a\":{}}", "/a"));
    }

    @Test
    void skipsWhatIsLargerAndDeeperThanAnyItem() throws Exception {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String large = "\"" + "\\\"[".repeat(4_000_000) + "\"";

        assertEquals(
                List.of("1"),
                texts("{\"deep\":" + deep + ",\"large\":" + large + ",\"data\":[1]}", "/data"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ·           ~ s3://b/in.json: it is not JSON: the document ends where a value was expected
            [1          ~ s3://b/in.json, item 1 after byte 2: it is not JSON: at byte 2, where ',' was expected, is the end of the document
            [1,]        ~ s3://b/in.json, item 1 after byte 2: it is not JSON: at byte 3, where a value was expected, is ']'
            [1 2]       ~ s3://b/in.json, item 1 after byte 2: it is not JSON: at byte 3, where ',' was expected, is '2'
            [1}         ~ s3://b/in.json, item 1 after byte 2: it is not JSON: at byte 2, where ',' was expected, is '}'
            [1] x       ~ s3://b/in.json, item 1 after byte 2: it is not JSON: at byte 4, behind the document, is 'x'
            {1:2}       ~ s3://b/in.json, item 0 after byte 1: it is not JSON: at byte 1, where the name of a member was expected, is '1'
            {"a" 2}     ~ s3://b/in.json, item 0 after byte 1: it is not JSON: at byte 5, where ':' was expected, is '2'
            ["a         ~ s3://b/in.json, item 0 after byte 1: it is not JSON: the document ends inside of a string
            [[1         ~ s3://b/in.json, item 0 after byte 1: it is not JSON: the document ends inside of it
            """)
    void refusesBrokenDocumentsSayingWhere(String document, String expected) {
        var failed = assertThrows(ReadFailed.class, () -> texts(document.replace("·", ""), ""));

        assertEquals(expected, failed.getMessage());
    }

    @Test
    void refusesAnItemThatIsTooLarge() {
        String large = "\"" + "x".repeat(8 * 1024 * 1024) + "\"";

        assertEquals(
                "s3://b/in.json, item 1 after byte 2: it has more than 8388608 bytes, the maximum of an item",
                assertThrows(ReadFailed.class, () -> texts("[1," + large + "]", ""))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '=', textBlock = """
            data = ItemsPointer 'data' is not a JSON Pointer: it must be empty or begin with '/'
            /a~2 = ItemsPointer '/a~2' is not a JSON Pointer: after '~' must come 0 (for '~') or 1 (for '/')
            """)
    void refusesWhatIsNoPointer(String pointer, String expected) {
        assertEquals(
                expected,
                assertThrows(ReadFailed.class, () -> texts("[]", pointer)).getMessage());
    }

    private List<String> texts(String document, String pointer) throws Exception {
        objects.put("b", "in.json", document);
        return items(pointer).stream().map(item -> item.value().text()).toList();
    }

    private List<Item> items(String pointer) throws Exception {
        return Contract.all(
                reader.open(read("in.json", Map.of("ItemsPointer", pointer)), Optional.empty()));
    }

    private static Dataset.Read read(String key, Map<String, Object> config) {
        return new Dataset.Read(
                "s3:getObject", Json.of(Map.of("Bucket", "b", "Key", key)), Json.of(config), 0);
    }
}
