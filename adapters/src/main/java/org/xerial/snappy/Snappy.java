package org.xerial.snappy;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Decodes Snappy's raw format for the Parquet library, which looks for this class by its name.
///
/// It stands in for the native library of that name: that one trusts the length that the compressed
/// bytes claim and writes beyond the buffer it was given when a file is broken, which ends the
/// process. Here a broken file is an [IOException].
/// https://github.com/google/snappy/blob/main/format_description.txt
public final class Snappy {
    /// A length takes at most five bytes of seven bits each.
    private static final int LENGTH_SHIFT_MAX = 28;

    private static final int LITERAL = 0;
    private static final int COPY_1_BYTE_OFFSET = 1;
    private static final int COPY_2_BYTE_OFFSET = 2;

    /// Literals up to so many bytes have their length in the tag; longer ones in bytes after it.
    private static final int SHORT_LITERAL_MAX = 60;

    private final byte[] from;
    private final byte[] into;
    private int at;
    private int written;

    private Snappy(byte[] from, byte[] into) {
        this.from = from;
        this.into = into;
    }

    /// Decodes what remains in a buffer; afterwards the other one holds the result from its
    /// position to its limit.
    ///
    /// @return the length of the result
    public static int uncompress(ByteBuffer compressed, ByteBuffer uncompressed)
            throws IOException {
        var from = new byte[compressed.remaining()];
        compressed.duplicate().get(from);
        var into = new byte[uncompressed.remaining()];
        int length = decode(from, into);
        uncompressed.duplicate().put(into, 0, length);
        uncompressed.limit(uncompressed.position() + length);
        return length;
    }

    private static int decode(byte[] from, byte[] into) throws IOException {
        var snappy = new Snappy(from, into);
        try {
            return snappy.decode();
        } catch (IndexOutOfBoundsException e) {
            throw broken("it ends too early, or holds more than it says");
        }
    }

    private int decode() throws IOException {
        int length = length();
        if (length < 0 || length > into.length) {
            throw broken("it says that it holds %d bytes, where %d were expected"
                    .formatted(length, into.length));
        }
        while (at < from.length) {
            int tag = from[at++] & 0xff;
            switch (tag & 3) {
                case LITERAL -> literal(tag >>> 2);
                case COPY_1_BYTE_OFFSET -> copy(4 + (tag >>> 2 & 7), (tag >>> 5) << 8 | number(1));
                case COPY_2_BYTE_OFFSET -> copy(1 + (tag >>> 2), number(2));
                default -> copy(1 + (tag >>> 2), number(4));
            }
        }
        if (written != length) {
            throw broken("it says that it holds %d bytes, and holds %d".formatted(length, written));
        }
        return length;
    }

    private int length() throws IOException {
        int length = 0;
        for (int shift = 0; shift <= LENGTH_SHIFT_MAX; shift += 7) {
            int b = from[at++];
            length |= (b & 0x7f) << shift;
            if (b >= 0) {
                return length;
            }
        }
        throw broken("its length takes more than five bytes");
    }

    private void literal(int tagLength) throws IOException {
        int length = 1
                + (tagLength < SHORT_LITERAL_MAX
                        ? tagLength
                        : number(tagLength - SHORT_LITERAL_MAX + 1));
        if (length <= 0) {
            throw broken("a literal is too long");
        }
        System.arraycopy(from, at, into, written, length);
        at += length;
        written += length;
    }

    /// A copy may read what it has just written: bytes repeat then.
    private void copy(int length, int offset) throws IOException {
        int source = written - offset;
        if (offset <= 0 || source < 0) {
            throw broken("a copy begins before the content does");
        }
        if (offset >= length) {
            System.arraycopy(into, source, into, written, length);
        } else {
            for (int i = 0; i < length; i++) {
                into[written + i] = into[source + i];
            }
        }
        written += length;
    }

    private int number(int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (from[at++] & 0xff) << 8 * i;
        }
        return number;
    }

    private static IOException broken(String why) {
        return new IOException("The Snappy content is broken: " + why);
    }
}
