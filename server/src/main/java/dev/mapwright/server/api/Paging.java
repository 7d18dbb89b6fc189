package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Optional;

/// Which page of a listing is asked for.
record Paging(int limit, Optional<String> token) {
    private static final int RESULTS_MAX = 1_000;
    private static final int RESULTS_DEFAULT = 100;
    private static final int TOKEN_CHARS_MAX = 1_024;

    static Paging read(Parameters in) throws Refused {
        return read(in, TOKEN_CHARS_MAX);
    }

    static Paging read(Parameters in, int tokenCharsMax) throws Refused {
        int limit = in.number("maxResults", 0, RESULTS_MAX)
                .filter(given -> given > 0)
                .map(Long::intValue)
                .orElse(RESULTS_DEFAULT);
        return new Paging(limit, in.text("nextToken", tokenCharsMax));
    }

    Optional<String> position(String listing) throws Refused {
        return PageToken.open(listing, token);
    }
}
