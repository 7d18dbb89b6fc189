package org.xerial.snappy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;

class SnappyTest {
    /// Length, then tags: `08` begins a literal of 3 bytes; `01` to `15` copy with an offset.
    @ParameterizedTest
    @CsvSource({
        "00,                     ''",
        "03 08 61 62 63,         abc",
        "03 f0 02 61 62 63,      abc",
        "0a 08 61 62 63 0d 03,   abcabcabca",
        "07 08 61 62 63 0e 03 00, abcabca",
        "07 08 61 62 63 0f 03 00 00 00, abcabca",
        "09 00 61 11 01 04 62 63, aaaaaaaaabc"
    })
    void decodesLiteralsAndCopies(String hex, String expected) throws Exception {
        byte[] content = HexFormat.ofDelimiter(" ").parseHex(hex);
        content[0] = (byte) expected.length();
        var into = ByteBuffer.allocateDirect(20);

        assertEquals(expected.length(), Snappy.uncompress(ByteBuffer.wrap(content), into));

        assertEquals(expected, StandardCharsets.US_ASCII.decode(into).toString());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            03 08 61 62, 'it ends too early, or holds more than it says'
            04 08 61 62 63, 'it says that it holds 4 bytes, and holds 3'
            15 08 61 62 63, 'it says that it holds 21 bytes, where 20 were expected'
            03 04 61 62 01 03, a copy begins before the content does
            03 04 61 62 01 00, a copy begins before the content does
            14 08 61 62 63 fe 01 00, 'it ends too early, or holds more than it says'
            ff ff ff ff ff 01, its length takes more than five bytes
            """)
    void refusesBrokenContent(String hex, String expected) {
        var content = ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(hex));

        var failed = assertThrows(
                IOException.class, () -> Snappy.uncompress(content, ByteBuffer.allocate(20)));

        assertEquals("The Snappy content is broken: " + expected, failed.getMessage());
    }

    @Test
    void neverAnswersAnythingWithAnythingElse() {
        var random = new SplittableRandom(3);
        for (int round = 0; round < 20_000; round++) {
            var content = new byte[1 + random.nextInt(30)];
            random.nextBytes(content);
            content[0] &= 31;
            try {
                Snappy.uncompress(ByteBuffer.wrap(content), ByteBuffer.allocate(20));
            } catch (IOException expected) {
                // This is how broken content is refused.
            }
        }
    }
}
