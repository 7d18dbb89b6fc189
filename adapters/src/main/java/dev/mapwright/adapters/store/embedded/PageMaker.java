package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.store.Page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Gathers a page and one item more, which tells whether there is a next page.
final class PageMaker<T> {
    private final Key prefix;
    private final int limit;
    private final List<T> items = new ArrayList<>();
    private byte[] lastKey = new byte[0];
    private boolean more;

    PageMaker(Key prefix, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "Expected a page of at least one item, found a limit of " + limit);
        }
        this.prefix = prefix;
        this.limit = limit;
    }

    /// The first key after this one.
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    boolean isFull() {
        return more;
    }

    void add(T item, byte[] key) {
        if (items.size() == limit) {
            more = true;
            return;
        }
        items.add(item);
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
