package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Refused;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Page tokens as clients see them: opaque, and good for the listing only that they came from, for
/// 24 hours. The time comes first, so that none begins with a dash: command lines take that for an
/// option.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
final class PageToken {
    private static final Duration GOOD_FOR = Duration.ofHours(24);
    private static final int HEAD_BYTES = Integer.BYTES + Long.BYTES;

    private PageToken() {}

    /// @param listing which listing, with everything that chooses its entries
    static Optional<String> seal(String listing, Optional<String> position) {
        return seal(listing, position, Instant.now());
    }

    static Optional<String> seal(String listing, Optional<String> position, Instant now) {
        return position.map(inner -> {
            byte[] text = inner.getBytes(StandardCharsets.UTF_8);
            byte[] sealed = ByteBuffer.allocate(HEAD_BYTES + text.length)
                    .putLong(now.getEpochSecond())
                    .putInt(check(listing, now.getEpochSecond(), text))
                    .put(text)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        });
    }

    static Optional<String> open(String listing, Optional<String> token) throws Refused {
        return open(listing, token, Instant.now());
    }

    static Optional<String> open(String listing, Optional<String> token, Instant now)
            throws Refused {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        byte[] sealed = decode(token.get());
        if (sealed.length < HEAD_BYTES) {
            throw invalid();
        }
        var text = new byte[sealed.length - HEAD_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        long sealedAt = buffer.getLong();
        int check = buffer.getInt();
        buffer.get(text);
        if (check != check(listing, sealedAt, text)
                || now.isAfter(Instant.ofEpochSecond(sealedAt).plus(GOOD_FOR))) {
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

    private static int check(String listing, long sealedAt, byte[] text) {
        var check = new CRC32C();
        check.update(listing.getBytes(StandardCharsets.UTF_8));
        check.update(0);
        check.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sealedAt));
        check.update(text);
        return (int) check.getValue();
    }

    private static Refused invalid() {
        return new Refused("InvalidToken", "Invalid Token: 'Invalid token'");
    }
}
