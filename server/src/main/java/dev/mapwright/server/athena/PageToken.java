package dev.mapwright.server.athena;

import dev.mapwright.engine.execution.Refused;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Where the next page begins, as clients hand it back.
final class PageToken {
    static final int CHARS_MAX = 1_024;

    private PageToken() {}

    static String of(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<String> opened(Optional<String> token) throws Refused {
        try {
            return token.map(given ->
                    new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
    }

    static Refused invalid() {
        return new Refused("InvalidRequestException", "NextToken is not one that was given out");
    }
}
