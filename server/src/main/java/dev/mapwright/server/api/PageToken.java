package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Refused;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Page tokens as clients see them: opaque, and good for the listing only that they came from.
final class PageToken {
    private static final int CHECK_BYTES = Integer.BYTES;

    private PageToken() {}

    /// @param listing which listing, with everything that chooses its entries
    static Optional<String> seal(String listing, Optional<String> position) {
        return position.map(inner -> {
            byte[] text = inner.getBytes(StandardCharsets.UTF_8);
            byte[] sealed = ByteBuffer.allocate(CHECK_BYTES + text.length)
                    .putInt(check(listing, text))
                    .put(text)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        });
    }

    static Optional<String> open(String listing, Optional<String> token) throws Refused {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        byte[] sealed = decode(token.get());
        if (sealed.length < CHECK_BYTES) {
            throw invalid();
        }
        var text = new byte[sealed.length - CHECK_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        int check = buffer.getInt();
        buffer.get(text);
        if (check != check(listing, text)) {
            throw invalid();
        }
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    private static byte[] decode(String token) throws Refused {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
    }

    private static int check(String listing, byte[] text) {
        var check = new CRC32C();
        check.update(listing.getBytes(StandardCharsets.UTF_8));
        check.update(0);
        check.update(text);
        return (int) check.getValue();
    }

    private static Refused invalid() {
        return new Refused("InvalidToken", "Invalid Token: 'Invalid token'");
    }
}
