package dev.mapwright.asl.json;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/// A JSON array as an immutable list.
final class JsonArray extends AbstractList<Object> implements RandomAccess {
    private final Object[] elements;

    /// The array belongs to the list from now on.
    JsonArray(Object[] elements) {
        this.elements = elements;
    }

    @Override
    public Object get(int index) {
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(elements, elements.length);
    }
}
