package dev.mapwright.adapters.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// A key, or the beginning of one, put together from parts. Numbers are eight bytes, high ones
/// first, so that keys sort as their parts do; texts but the last one end with a zero byte, which
/// no ARN or name contains.
///
/// @param bytes never changed
record Key(byte[] bytes) {
    static Key of(char kind) {
        return new Key(new byte[] {(byte) kind});
    }

    Key number(long value) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + Long.BYTES);
        for (int i = longer.length - 1, shift = 0; shift < Long.SIZE; i--, shift += Byte.SIZE) {
            longer[i] = (byte) (value >>> shift);
        }
        return new Key(longer);
    }

    /// Later instants sort first.
    Key newestFirst(Instant value) {
        return number(Long.MAX_VALUE - value.toEpochMilli());
    }

    Key octet(int value) {
        return plus(new byte[] {(byte) value});
    }

    Key text(String value) {
        return lastText(value).octet(0);
    }

    Key lastText(String value) {
        return plus(value.getBytes(StandardCharsets.UTF_8));
    }

    Key plus(byte[] more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, bytes.length, more.length);
        return new Key(longer);
    }

    /// The first key after all that begin with this one.
    byte[] end() {
        byte[] end = bytes.clone();
        int last = end.length - 1;
        while (end[last] == (byte) 0xff) {
            last--;
        }
        end[last]++;
        return Arrays.copyOf(end, last + 1);
    }

    /// Takes a key apart again: what follows this beginning.
    byte[] rest(byte[] key) {
        return Arrays.copyOfRange(key, bytes.length, key.length);
    }

    long numberIn(byte[] key) {
        return ByteBuffer.wrap(key, bytes.length, Long.BYTES).getLong();
    }

    /// A page token that continues a listing of the keys that begin with this one.
    String token(byte[] lastKey) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(rest(lastKey));
    }

    /// The key that a page token stands for.
    byte[] tokenKey(String token) {
        try {
            return plus(Base64.getUrlDecoder().decode(token)).bytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no page token: pass one on as a listing returned it".formatted(token),
                    e);
        }
    }
}
