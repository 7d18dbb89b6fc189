package dev.mapwright.asl.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class JsonBytesTest {
    private final JsonBytes out = new JsonBytes(1);

    @Test
    void putsADocumentTogetherFromItsPieces() {
        out.raw('{').raw("\"a\":".getBytes(StandardCharsets.UTF_8)).string("b");
        out.raw(",\"n\":".getBytes(StandardCharsets.UTF_8)).number(-12).raw('}');
        assertEquals("{\"a\":\"b\",\"n\":-12}", out.toString());
    }

    @Test
    void escapesWhatAStringCannotHold() {
        out.string("\"\\/\b\f\n\r\t\u0001\u001F\u007F");
        assertEquals("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\u007F\"", out.toString());
    }

    @Test
    void escapesAlsoBehindWhatIsNotAscii() {
        assertEquals("\"ä\\\"€\\n😀\\\\\"", out.string("ä\"€\n😀\\").toString());
    }

    @Test
    void writesBytesOfUtf8() {
        assertArrayEquals(
                new byte[] {'"', (byte) 0xE2, (byte) 0x82, (byte) 0xAC, '"'},
                out.string("€").toBytes());
    }

    @Test
    void writesStringsAsEveryOtherTextDoes() {
        var all = new StringBuilder();
        for (char c = 0; c < 0x250; c++) {
            all.append(c);
        }
        assertEquals(Json.of(all.toString()).text(), out.string(all.toString()).toString());
    }

    @Test
    void writesDigitsWithLeadingZeros() {
        assertEquals("0072026", out.digits(7, 3).digits(2026, 4).toString());
    }
}
