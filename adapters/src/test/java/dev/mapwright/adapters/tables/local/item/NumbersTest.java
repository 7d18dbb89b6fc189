package dev.mapwright.adapters.tables.local.item;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "007, 7",
        "1.500, 1.5",
        "1E3, 1000",
        "-1.20e-3, -0.0012",
        "+5, 5",
        "100, 100",
        "0E500, 0",
        "12345678901234567890123456789012345678, 12345678901234567890123456789012345678"
    })
    void everyNumberHasOneSpelling(String text, String normal) {
        assertEquals(new N(normal), Numbers.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1E126, Number overflow. Attempting to store a number with magnitude larger than supported range",
        "-1E126, Number overflow. Attempting to store a number with magnitude larger than supported range",
        "1E2147483647, Number overflow. Attempting to store a number with magnitude larger than supported range",
        "1E-131, Number underflow. Attempting to store a number with magnitude smaller than supported range",
        "123456789012345678901234567890123456789, Attempting to store more than 38 significant digits in a Number",
        "abc, The parameter cannot be converted to a numeric value: abc",
        "NaN, The parameter cannot be converted to a numeric value: NaN",
        "'', The parameter cannot be converted to a numeric value"
    })
    void whatDoesNotFitIsRefused(String text, String message) {
        assertEquals(
                message,
                assertThrows(TableException.class, () -> Numbers.parse(text)).getMessage());
    }

    @Test
    void storedBytesSortAsNumbersDo() {
        List<String> ascending = List.of(
                "-9.9E125",
                "-100",
                "-99.5",
                "-99",
                "-10",
                "-9.99",
                "-1",
                "-0.5",
                "-1E-130",
                "0",
                "1E-130",
                "0.0001",
                "0.001",
                "0.5",
                "1",
                "1.01",
                "1.1",
                "9",
                "10",
                "11",
                "99",
                "100",
                "1E37",
                "9.9E125");
        for (int i = 1; i < ascending.size(); i++) {
            assertEquals(-1, order(ascending.get(i - 1), ascending.get(i)), ascending.get(i));
        }
    }

    @Test
    void storedBytesSortAsRandomNumbersDo() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String left = random(random);
            String right = random(random);
            assertEquals(
                    new BigDecimal(left).compareTo(new BigDecimal(right)),
                    order(left, right),
                    left + " " + right);
        }
    }

    @Test
    void stringKeysSortByTheirUtf8Bytes() {
        List<String> ascending = List.of(
                "",
                "\u0000",
                "\u0000\u0000",
                "\u0000a",
                "a",
                "a\u0000",
                "aa",
                "z",
                "é",
                "\uFFFD",
                "\uD83D\uDE00");
        for (int i = 1; i < ascending.size(); i++) {
            byte[] left = KeyOrder.of(new S(ascending.get(i - 1)));
            byte[] right = KeyOrder.of(new S(ascending.get(i)));
            assertEquals(-1, Integer.signum(Arrays.compareUnsigned(left, right)), "string " + i);
        }
    }

    @Test
    void sizesAreCountedAsDynamoDbDoes() {
        assertEquals(2, ItemSize.of(new N("1")));
        assertEquals(3, ItemSize.of(new N("-1")));
        assertEquals(2, ItemSize.of(new N("1000")));
        assertEquals(3, ItemSize.of(new N("12.5")));
        assertEquals(6, ItemSize.of(new S("é\uD83D\uDE00")));
        assertEquals(3 + 1 + 2, ItemSize.of(new AttributeValue.L(List.of(new S("ab")))));
    }

    @Test
    void theStoredFormKeepsEveryValue() {
        var item = AttributeJson.readItem(new TreeMap<>(Map.of(
                "s", Map.of("S", "x".repeat(300)),
                "b", Map.of("B", "AAEC"),
                "l", Map.of("L", List.of(Map.of("NULL", true), Map.of("BOOL", false))),
                "ns", Map.of("NS", List.of("1", "2")),
                "m", Map.of("M", Map.of("", Map.of("N", "-0.5"))))));
        assertEquals(item, StoredItem.read(StoredItem.write(item)));
        assertArrayEquals(
                StoredItem.write(item), StoredItem.write(StoredItem.read(StoredItem.write(item))));
    }

    private static int order(String left, String right) {
        return Integer.signum(Arrays.compareUnsigned(
                KeyOrder.of(Numbers.parse(left)), KeyOrder.of(Numbers.parse(right))));
    }

    private static String random(Random random) {
        return "%s%d.%dE%d"
                .formatted(
                        random.nextBoolean() ? "-" : "",
                        random.nextInt(1, 100),
                        random.nextInt(1_000),
                        random.nextInt(-3, 4));
    }
}
