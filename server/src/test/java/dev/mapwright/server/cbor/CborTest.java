package dev.mapwright.server.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class CborTest {
    /// Examples of RFC 8949, appendix A.
    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "1903e8, 1000",
        "1a000f4240, 1000000",
        "1bffffffffffffffff, 18446744073709551615",
        "20, -1",
        "3bffffffffffffffff, -18446744073709551616",
        "f93c00, 1.0",
        "f97bff, 65504.0",
        "f9c400, -4.0",
        "fa47c35000, 100000.0",
        "fb3ff199999999999a, 1.1",
        "f5, true",
        "f6, null",
        "6449455446, IETF",
        "7f657374726561646d696e67ff, streaming",
        "83010203, '[1, 2, 3]'",
        "9f018202039f0405ffff, '[1, [2, 3], [4, 5]]'",
        "a26161016162820203, '{a=1, b=[2, 3]}'",
        "bf61610161629f0203ffff, '{a=1, b=[2, 3]}'",
        "f7, null",
        "d9d9f7a0, {}",
        "c11a514b67b0, 2013-03-21T20:04:00Z",
        "c1fb41d452d9ec200000, 2013-03-21T20:04:00.500Z"
    })
    void readsWhatTheStandardShows(String bytes, String value) throws MalformedCbor {
        assertEquals(value, String.valueOf(read(bytes)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "6449",
                "83 0102",
                "9f01",
                "1c",
                "0000",
                "ff",
                "5b7fffffffffffffff00",
                "9bffffffffffffffff"
            })
    void refusesWhatIsCutOrMeansNothing(String bytes) {
        assertThrows(MalformedCbor.class, () -> read(bytes.replace(" ", "")));
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThrows(MalformedCbor.class, () -> read("81".repeat(40) + "00"));
    }

    @Test
    void writesWhatItReads() throws MalformedCbor {
        var members = new LinkedHashMap<String, Object>();
        members.put("text", "ä");
        members.put("count", 3);
        members.put("large", 70_000);
        members.put("value", -1.5);
        members.put("truth", true);
        members.put("time", Instant.parse("2026-03-01T12:00:00.250Z"));
        members.put("list", List.of("x", Map.of("deep", 1)));
        assertEquals(members.toString(), Cbor.read(Cbor.write(members)).toString());
    }

    @Test
    void writesTimesUnderTheirTag() {
        assertArrayEquals(
                HexFormat.of().parseHex("a16174c1fb41d452d9ec000000"),
                Cbor.write(Map.of("t", Instant.parse("2013-03-21T20:04:00Z"))));
    }

    private static Object read(String hex) throws MalformedCbor {
        return Cbor.read(HexFormat.of().parseHex(hex));
    }
}
