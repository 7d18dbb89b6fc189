package dev.mapwright.adapters.objects.local;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where things stand in the key-value store, so that binary order of these keys is S3's order.
/// Bucket names hold no zero byte, which therefore ends them; object keys may, so inside longer
/// keys a zero byte is written `00 FF` and the end `00 00`.
final class Keys {
    private static final byte END = 0;
    private static final byte AFTER_END = 1;
    private static final byte ZERO_INSIDE = (byte) 0xFF;

    private Keys() {}

    static byte[] bucket(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /// The current version of an object: bucket, 00, key as it is.
    static byte[] current(String bucket, byte[] key) {
        byte[] name = bucket(bucket);
        return ByteBuffer.allocate(name.length + 1 + key.length)
                .put(name)
                .put(END)
                .put(key)
                .array();
    }

    static byte[] startOf(String bucket) {
        return current(bucket, new byte[0]);
    }

    static byte[] endOf(String bucket) {
        byte[] end = startOf(bucket);
        end[end.length - 1] = AFTER_END;
        return end;
    }

    /// Start of everything numbered that belongs to one object key.
    static byte[] numbered(String bucket, byte[] key) {
        byte[] prefix = numberedPrefix(bucket, key);
        return ByteBuffer.allocate(prefix.length + 2)
                .put(prefix)
                .put(END)
                .put(END)
                .array();
    }

    /// Start of everything numbered that belongs to object keys which start with `prefix`.
    static byte[] numberedPrefix(String bucket, byte[] prefix) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(startOf(bucket));
        for (byte each : prefix) {
            bytes.write(each);
            if (each == END) {
                bytes.write(ZERO_INSIDE);
            }
        }
        return bytes.toByteArray();
    }

    /// An upload: in order of key, then oldest first.
    static byte[] upload(String bucket, byte[] key, long sequence) {
        return append(numbered(bucket, key), sequence);
    }

    /// A version that is no longer current: in order of key, then newest first.
    static byte[] version(String bucket, byte[] key, long sequence) {
        return append(numbered(bucket, key), ~sequence);
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static byte[] part(long upload, int number) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(upload)
                .putInt(number)
                .array();
    }

    /// The least key that is greater than all keys that start with `prefix`; empty where there is
    /// none.
    static byte[] afterAll(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
            length--;
        }
        byte[] after = Arrays.copyOf(prefix, length);
        if (length > 0) {
            after[length - 1]++;
        }
        return after;
    }

    /// The least key that is greater than `key`.
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static byte[] append(byte[] prefix, long number) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(number)
                .array();
    }
}
