package dev.mapwright.engine.binary;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Writes values one after the other; [Decoder] reads them in the same order. Nothing in the bytes
/// says what they are: whoever writes also writes a version.
public final class Encoder {
    private static final int BYTES_AT_FIRST = 256;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int length;

    /// A number from 0 on, in one byte up to 127 and nine or ten for the largest ones.
    public Encoder number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Expected a number from 0 on, found " + value);
        }
        return varint(value);
    }

    /// Any number; small ones are short, whatever their sign.
    public Encoder signed(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    public Encoder octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public Encoder text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public Encoder bytes(byte[] value) {
        number(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public Encoder real(double value) {
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (bits >>> shift));
        }
        return this;
    }

    public Encoder instant(Instant value) {
        long millis = value.toEpochMilli();
        return signed(millis).number(value.getNano() % NANOS_PER_MILLI);
    }

    /// Constants of an enum are only ever added at its end: their position is what is kept.
    public Encoder constant(Enum<?> value) {
        return number(value.ordinal());
    }

    public <T> Encoder optional(Optional<T> value, BiConsumer<Encoder, T> writer) {
        octet(value.isPresent() ? 1 : 0);
        value.ifPresent(present -> writer.accept(this, present));
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private Encoder varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
