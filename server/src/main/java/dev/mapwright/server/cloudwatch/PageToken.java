package dev.mapwright.server.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Page tokens as clients see them: opaque.
final class PageToken {
    private static final String MARK = "mapwright:";
    private static final int CHARS_MAX = 1_024;

    private PageToken() {}

    static String seal(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((MARK + position).getBytes(StandardCharsets.UTF_8));
    }

    /// The `NextToken` of a request.
    static Optional<String> open(Input input) throws Failed {
        Optional<String> token = input.text("NextToken", CHARS_MAX);
        return token.isEmpty() ? Optional.empty() : Optional.of(position(token.get()));
    }

    /// How many came before the page.
    ///
    /// @param position as sealed
    static int position(Optional<String> position, int max) throws Failed {
        if (position.isEmpty()) {
            return 0;
        }
        if (!position.get().matches("\\d{1,9}")) {
            throw invalid();
        }
        return Math.min(max, Integer.parseInt(position.get()));
    }

    private static String position(String token) throws Failed {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
        throw invalid();
    }

    static Failed invalid() {
        return new Failed(
                Fault.INVALID_TOKEN, "The NextToken is none that this operation has given.");
    }
}
