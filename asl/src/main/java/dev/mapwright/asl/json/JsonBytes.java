package dev.mapwright.asl.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON text being put together as bytes of UTF-8, for documents of one form that are written by
/// the million: neither a tree nor a string is made of them. Strings are escaped as in any other
/// text of [Json]; whether the rest makes a document is up to the caller.
public final class JsonBytes {
    private byte[] bytes;
    private int length;

    /// @param bytesExpected of the whole text; a longer one costs some copying
    public JsonBytes(int bytesExpected) {
        bytes = new byte[bytesExpected];
    }

    /// Text as it stands, already encoded.
    public JsonBytes raw(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    /// One character of ASCII as it stands.
    public JsonBytes raw(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /// A string of JSON, in its quotes.
    public JsonBytes string(String value) {
        return raw('"').escaped(value).raw('"');
    }

    public JsonBytes number(long value) {
        return raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    /// A number from 0 on with leading zeros, not as JSON writes numbers but as times do.
    public JsonBytes digits(int value, int count) {
        reserve(count);
        int rest = value;
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// What stands within a string's quotes. Between two escapes, the array and the place in it are
    /// local variables: half of a result entry's time is spent here.
    private JsonBytes escaped(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < encoded.length; i++) {
            byte b = encoded[i];
            if (b < 0 || Escapes.isPlain(b)) {
                to[at++] = b;
            } else {
                length = at;
                escape(b, encoded.length - i);
                to = bytes;
                at = length;
            }
        }
        length = at;
        return this;
    }

    /// @param atLeast bytes that are still to come, this one among them: there is room for them
    private void escape(byte b, int atLeast) {
        String escape = Escapes.of(b);
        reserve(escape.length() + atLeast);
        for (int i = 0; i < escape.length(); i++) {
            bytes[length++] = (byte) escape.charAt(i);
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
