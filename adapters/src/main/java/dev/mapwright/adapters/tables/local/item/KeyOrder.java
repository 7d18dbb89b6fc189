package dev.mapwright.adapters.tables.local.item;

import dev.mapwright.adapters.tables.local.item.AttributeValue.B;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Key values as bytes that sort, unsigned, in DynamoDB's order: strings by UTF-8, binaries by
/// byte, numbers by value. The bytes of one value are never a prefix of another's, so that more can
/// follow them in a key.
public final class KeyOrder {
    private KeyOrder() {}

    public static byte[] of(AttributeValue value) {
        return switch (value) {
            case N number -> Numbers.ordered(number);
            case S _, B _ -> {
                byte[] raw = raw(value);
                var bytes = new ByteArrayOutputStream(raw.length + 2);
                escape(raw, bytes);
                bytes.write(0);
                bytes.write(0);
                yield bytes.toByteArray();
            }
            case AttributeValue other ->
                throw new IllegalStateException(
                        "Expected a key of type S, N or B, found " + other.type());
        };
    }

    /// What the bytes of every key that begins with this string or binary begin with.
    public static byte[] beginning(AttributeValue prefix) {
        byte[] raw = raw(prefix);
        var bytes = new ByteArrayOutputStream(raw.length);
        escape(raw, bytes);
        return bytes.toByteArray();
    }

    /// Length of a key value as DynamoDB limits it.
    public static int bytes(AttributeValue value) {
        return ItemSize.of(value);
    }

    private static byte[] raw(AttributeValue value) {
        return switch (value) {
            case S(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case B(byte[] bytes) -> bytes;
            case AttributeValue other ->
                throw new IllegalStateException(
                        "Expected a string or binary, found " + other.type());
        };
    }

    private static void escape(byte[] raw, ByteArrayOutputStream bytes) {
        for (byte b : raw) {
            bytes.write(b);
            if (b == 0) {
                bytes.write(0xFF);
            }
        }
    }
}
