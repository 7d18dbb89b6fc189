package dev.mapwright.asl.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class JsonTest {
    @Test
    void keepsTheTextOfAParsedValueByteForByte() throws Exception {
        assertEquals(
                "{ \"b\" : 1.50, \"a\":[ ] }",
                Json.parse("{ \"b\" : 1.50, \"a\":[ ] }").text());
    }

    @Test
    void readsEachKindOfValueIntoPlainJava() throws Exception {
        var tree = Json.parse(
                        "[1, 3000000000, 92233720368547758080, 1.5, \"x\", true, false, null]")
                .value();
        assertEquals(
                Arrays.asList(
                        1,
                        3000000000L,
                        new BigInteger("92233720368547758080"),
                        1.5,
                        "x",
                        true,
                        false,
                        null),
                tree);
    }

    @Test
    void readsADecimalIntoABigDecimalOnlyWhereADoubleWouldLoseDigits() throws Exception {
        var tree = Json.parse(
                "[0.1, 1.100, 123456789.12345678, 0.12345678901234567890, 1e400, 1e-400, -0.0]");
        assertEquals(
                List.of(
                        0.1,
                        1.1,
                        123456789.12345678,
                        new BigDecimal("0.12345678901234567890"),
                        new BigDecimal("1E+400"),
                        new BigDecimal("1E-400"),
                        -0.0),
                tree.value());
    }

    @Test
    void writesComputedValuesCompactly() {
        var members = new LinkedHashMap<String, Object>();
        members.put("n", Arrays.asList(1, 2.50, 1e10, 12345678901L, new BigDecimal("1.10"), null));
        members.put("e", Map.of());
        members.put("t", List.of(true, List.of()));
        assertEquals(
                "{\"n\":[1,2.5,1.0E10,12345678901,1.10,null],\"e\":{},\"t\":[true,[]]}",
                Json.of(members).text());
    }

    @Test
    void escapesOnlyQuotesBackslashesAndControlCharacters() {
        assertEquals(
                "\"a\\\"b\\\\c/\\n\\t\\r\\b\\f\\u0000\\u001F é ☃ 😀\"",
                Json.of("a\"b\\c/\n\t\r\b\f\0\u001f é ☃ 😀").text());
    }

    @Test
    void writesAndReadsTheSameValue() throws Exception {
        String text =
                "{\"a\":[{\"id\":1,\"x\":\"y\"},{\"id\":2,\"x\":\"z\"},{\"id\":3},{\"x\":4,\"id\":5,\"w\":[]}]}";
        assertEquals(text, Json.of(Json.parse(text).value()).text());
    }

    @Test
    void countsBytesOfUtf8() {
        for (String text :
                List.of("", "plain", "é", "☃", "a😀b", "\ud83d", "\ude00x", "\ude00\ud83d")) {
            assertEquals(
                    ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8).length,
                    Json.of(text).bytes(),
                    text);
        }
    }

    @Test
    void comparesNumbersByValueAndMembersInAnyOrder() throws Exception {
        var left = Json.parse("{\"a\":1,\"b\":[1.0,100,0.5]}");
        var right = Json.parse("{\"b\":[1,1e2,0.50],\"a\":1.0}");
        assertEquals(left, right);
        assertEquals(left.hashCode(), right.hashCode());
        assertNotEquals(left, Json.parse("{\"a\":1,\"b\":[1,100,0.6]}"));
        assertNotEquals(Json.parse("{\"a\":null}"), Json.parse("{\"b\":null}"));
        assertNotEquals(Json.of("1"), Json.of(1));
        assertEquals(Json.of(0.0), Json.of(-0.0));
        assertNotEquals(Json.of(9007199254740993L), Json.of(9007199254740992L));
    }

    @Test
    void theLastOfTwoMembersWithOneNameWins() throws Exception {
        assertEquals(
                "{\"a\":3,\"b\":2}",
                Json.of(Json.parse("{\"a\":1,\"b\":2,\"a\":3}").value()).text());
    }

    @Test
    void parsedTreesCannotBeChanged() throws Exception {
        var tree = (Map<?, ?>) Json.parse("{\"a\":[1]}").value();
        assertThrows(UnsupportedOperationException.class, tree::clear);
        assertThrows(UnsupportedOperationException.class, ((List<?>) tree.get("a"))::removeLast);
    }

    @Test
    void textKnownToBeGoodIsParsedOnDemand() {
        var json = Json.ofText("{\"a\":1}");
        assertSame(json.value(), json.value());
        assertEquals(Map.of("a", 1), json.value());
    }

    @Test
    void refusesToWriteWhatIsNotJson() {
        assertThrows(IllegalStateException.class, () -> Json.of(new StringBuilder("x"))
                .text());
        assertThrows(IllegalStateException.class, () -> Json.of(Double.NaN).text());
    }

    @Test
    void nestingIsBounded() throws Exception {
        int depth = JsonText.DEPTH_MAX;
        Json.parse("[".repeat(depth) + "]".repeat(depth));
        var tooDeep = assertThrows(
                JsonSyntaxException.class,
                () -> Json.parse("[".repeat(depth + 1) + "]".repeat(depth + 1)));
        assertEquals(
                "Document nesting depth (1001) exceeds the maximum allowed (1000, from "
                        + "`StreamReadConstraints.getMaxNestingDepth()`)",
                tooDeep.problem());
        Object tree = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            tree = List.of(tree);
        }
        Object deep = tree;
        assertThrows(IllegalStateException.class, () -> Json.of(deep).text());
        assertThrows(IllegalStateException.class, () -> Json.of(deep).exceeds(1_000_000));
    }

    @Test
    void aValueExceedsALimitByTheBytesOfItsText() {
        var members = new LinkedHashMap<String, Object>();
        members.put("ä\n", List.of(-1.7976931348623157E308, Long.MIN_VALUE, true));
        members.put("b", JsonObject.of(Map.of("c", new BigDecimal("1E-400"))));
        members.put("d", null);
        var json = Json.of(members);
        int bytes = Json.of(members).bytes();
        assertEquals(86, bytes);
        assertTrue(json.exceeds(bytes - 1));
        assertFalse(Json.of(members).exceeds(bytes));
        assertFalse(Json.of(members).exceeds(256 * 1024));
        assertTrue(Json.of("\u0001".repeat(100)).exceeds(601));
        assertFalse(Json.of("\u0001".repeat(100)).exceeds(602));
    }
}
