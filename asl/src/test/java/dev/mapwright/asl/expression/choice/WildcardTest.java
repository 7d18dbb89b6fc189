package dev.mapwright.asl.expression.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class WildcardTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            log-*.txt, log-.txt, true
            log-*.txt, log-a.txt.txt, true
            log-*.txt, log-a.txtx, false
            *, "", true
            "", "", true
            "", a, false
            a*a, a, false
            a*a, aa, true
            *ab*ba*, xabbax, true
            *ab*ba*, xaba, false
            a\\*c, a*c, true
            a\\*c, abc, false
            a\\\\*, a\\b, true
            a\\b, a\\b, true
            """)
    void anAsteriskStandsForAnyCharacters(String pattern, String text, boolean matches) {
        assertEquals(matches, Wildcard.compile(pattern).matches(text));
    }

    @Test
    void aMeanPatternTakesNoLonger() {
        Wildcard pattern = Wildcard.compile("*a".repeat(5000) + "b");

        assertTimeoutPreemptively(
                Duration.ofMinutes(5), () -> pattern.matches("a".repeat(200_000)));
    }
}
