package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.engine.execution.Refused;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

class PageTokenTest {
    @Test
    void opensInTheListingThatItCameFrom() throws Exception {
        Optional<String> token = PageToken.seal("machines", Optional.of("position 7"));
        assertEquals(Optional.of("position 7"), PageToken.open("machines", token));
        var refused = assertThrows(Refused.class, () -> PageToken.open("executions", token));
        assertEquals("Invalid Token: 'Invalid token'", refused.getMessage());
    }

    @Test
    void isGoodFor24Hours() throws Exception {
        Instant sealed = Instant.parse("2026-02-03T04:05:06Z");
        Optional<String> token = PageToken.seal("machines", Optional.of("7"), sealed);
        assertEquals(
                Optional.of("7"),
                PageToken.open("machines", token, sealed.plus(Duration.ofHours(24))));
        Instant late = sealed.plus(Duration.ofHours(24)).plusSeconds(1);
        var refused = assertThrows(Refused.class, () -> PageToken.open("machines", token, late));
        assertEquals("InvalidToken", refused.code());
    }

    @Test
    void doesNotLookLikeAnOption() {
        for (int position = 0; position < 1_000; position++) {
            String token =
                    PageToken.seal("machines", Optional.of("" + position)).orElseThrow();
            assertFalse(token.startsWith("-"), token);
        }
    }

    @Test
    void refusesWhatIsNoToken() {
        for (String other : new String[] {"x", "not base64!", "AAAAAAAA"}) {
            var refused = assertThrows(
                    Refused.class, () -> PageToken.open("machines", Optional.of(other)));
            assertEquals("InvalidToken", refused.code());
        }
    }
}
