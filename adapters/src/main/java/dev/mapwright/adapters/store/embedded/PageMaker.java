package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.store.Page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Gathers a page and one item more, which tells whether there is a next page.
final class PageMaker<T> {
    /// Characters of JSON in a page's items, beyond which none is added.
    private static final long CHARS_MAX = 8 * 1024 * 1024;

    private final Key prefix;
    private final int limit;
    private final ToLongFunction<T> size;
    private final List<T> items = new ArrayList<>();
    private long chars;
    private byte[] lastKey = new byte[0];
    private boolean more;

    /// @param size characters of JSON that an item holds
    PageMaker(Key prefix, int limit, ToLongFunction<T> size) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "Expected a page of at least one item, found a limit of " + limit);
        }
        this.prefix = prefix;
        this.limit = limit;
        this.size = size;
    }

    /// The first key after this one.
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    boolean isFull() {
        return more;
    }

    void add(T item, byte[] key) {
        if (items.size() == limit || chars >= CHARS_MAX) {
            more = true;
            return;
        }
        items.add(item);
        chars += size.applyAsLong(item);
        lastKey = key;
    }

    /// Ends the page early: what comes after this key belongs to the next one.
    void endAt(byte[] key) {
        if (!more) {
            lastKey = key;
            more = true;
        }
    }

    Page<T> toPage() {
        return new Page<>(
                List.copyOf(items), more ? Optional.of(prefix.token(lastKey)) : Optional.empty());
    }
}
