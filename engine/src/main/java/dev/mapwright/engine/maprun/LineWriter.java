package dev.mapwright.engine.maprun;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Bytes of one journal line. Numbers take seven bits a byte, lowest first, so small ones are short.
final class LineWriter {
    private byte[] bytes = new byte[256];
    private int length;

    void tag(int tag) {
        ensure(1);
        bytes[length++] = (byte) tag;
    }

    /// @param value 0 or more
    void number(long value) {
        if (value < 0) {
            throw new IllegalStateException("a run journal keeps numbers from 0 on, not " + value);
        }
        ensure(10);
        long rest = value;
        while (rest > 0x7f) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    void optionalText(Optional<String> text) {
        tag(text.isPresent() ? 1 : 0);
        text.ifPresent(this::text);
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// The bytes so far; the writer is empty again afterwards.
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
