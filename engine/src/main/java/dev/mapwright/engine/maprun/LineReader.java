package dev.mapwright.engine.maprun;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Takes a line of [LineWriter] apart again.
final class LineReader {
    private final byte[] bytes;
    private int next;

    LineReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return next < bytes.length;
    }

    int tag() {
        return bytes[next++];
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[next++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    String text() {
        int length = smallNumber();
        var text = new String(bytes, next, length, StandardCharsets.UTF_8);
        next += length;
        return text;
    }

    Optional<String> optionalText() {
        return tag() == 1 ? Optional.of(text()) : Optional.empty();
    }
}
