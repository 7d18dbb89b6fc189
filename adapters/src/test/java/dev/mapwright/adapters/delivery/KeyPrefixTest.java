package dev.mapwright.adapters.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.engine.execution.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

/// What the keys of delivered objects begin with.
class KeyPrefixTest {
    private static final Instant TIME = Instant.parse("2026-03-09T23:30:05Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                              | ''            | 2026/03/09/23/
            raw/                                            | ''            | raw/2026/03/09/23/
            raw/                                            | Europe/Berlin | raw/2026/03/10/00/
            y=!{timestamp:yyyy}/m=!{timestamp:MM}/          | ''            | y=2026/m=03/
            !{timestamp:yyyy/MM/dd/HH/mm/ss}                | Asia/Tokyo    | 2026/03/10/08/30/05
            !{timestamp:yyyy-'W'ww}/!{firehose:random-string}/ | ''         | 2026-W11/abcd1234/
            a!{firehose:random-string}b                     | ''            | aabcd1234b
            """)
    void expressionsAreReplacedAndWithoutAnyTheHourFollows(
            String text, String zone, String expected) throws Exception {
        assertEquals(expected, KeyPrefix.of(text, zone).at(TIME, () -> "abcd1234"));
    }

    @Test
    void whatIsNoExpressionIsRefusedByName() {
        assertRefused(
                "!{partitionKeyFromQuery:customer} is not supported",
                "!{partitionKeyFromQuery:customer}/",
                "");
        assertRefused("Unknown pattern letter: f", "!{timestamp:foo}/", "");
        assertRefused("Unknown time-zone ID: Mars", "a/", "Mars");
    }

    private static void assertRefused(String reason, String text, String zone) {
        var refused = assertThrows(Refused.class, () -> KeyPrefix.of(text, zone));
        assertEquals("InvalidArgumentException", refused.code());
        assertEquals(
                "The prefix '%s' in the time zone '%s' cannot be: %s. There are: !{timestamp:PATTERN} and !{firehose:random-string}"
                        .formatted(text, zone, reason),
                refused.getMessage());
    }
}
