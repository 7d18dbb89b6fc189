package dev.mapwright.engine.binary;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Reads what an [Encoder] has written. Bytes that end early or make no sense are a defect or
/// damage, and fail with an IllegalStateException that names the position.
public final class Decoder {
    private static final int VARINT_BITS_MAX = 70;

    private final byte[] bytes;
    private int position;

    public Decoder(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return position < bytes.length;
    }

    public long number() {
        long value = varint();
        if (value < 0) {
            throw new IllegalStateException("Expected a number from 0 on before byte " + position);
        }
        return value;
    }

    public int count() {
        long value = number();
        if (value > Integer.MAX_VALUE) {
            throw new IllegalStateException(
                    "Expected a count before byte %d, found %d".formatted(position, value));
        }
        return (int) value;
    }

    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public int octet() {
        require(1);
        return bytes[position++] & 0xff;
    }

    public String text() {
        int length = count();
        require(length);
        var value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    public byte[] bytes() {
        int length = count();
        require(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    public double real() {
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits = bits << 8 | octet();
        }
        return Double.longBitsToDouble(bits);
    }

    public Instant instant() {
        var millis = Instant.ofEpochMilli(signed());
        return millis.plusNanos(number());
    }

    public <E extends Enum<E>> E constant(E[] constants) {
        int index = count();
        if (index >= constants.length) {
            throw new IllegalStateException("Expected one of %s before byte %d, found number %d"
                    .formatted(Arrays.toString(constants), position, index));
        }
        return constants[index];
    }

    public <T> Optional<T> optional(Function<Decoder, T> reader) {
        return octet() == 0 ? Optional.empty() : Optional.of(reader.apply(this));
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS_MAX; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("Expected the end of a number at byte " + position);
    }

    private void require(int more) {
        if (more > bytes.length - position) {
            throw new IllegalStateException("Expected %d more bytes at byte %d of %d"
                    .formatted(more, position, bytes.length));
        }
    }
}
