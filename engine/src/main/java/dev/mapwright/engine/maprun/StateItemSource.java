package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The items of an array or an object of the state's input. Its position is the number of items
/// before it.
final class StateItemSource implements ItemSource {
    private static final String SOURCE = "STATE_DATA";

    private final Iterator<Item> items;
    private long next;

    StateItemSource(Json items, Optional<String> position) throws ReadFailed {
        this.items = switch (items.value()) {
            case List<?> elements -> elements(elements);
            case Map<?, ?> members -> members(members);
            case null, default -> throw new ReadFailed("Attempting to map over non-iterable node.");
        };
        long start = position.map(Long::parseLong).orElse(0L);
        while (next < start && this.items.hasNext()) {
            this.items.next();
            next++;
        }
    }

    /// How many items there are; 0 for what is no dataset.
    static long count(Json items) {
        return switch (items.value()) {
            case List<?> elements -> elements.size();
            case Map<?, ?> members -> members.size();
            case null, default -> 0;
        };
    }

    private static Iterator<Item> elements(List<?> elements) {
        var each = elements.iterator();
        return new Iterator<>() {
            private long index;

            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Item next() {
                return new Item(index++, Optional.empty(), Json.of(each.next()), SOURCE);
            }
        };
    }

    private static Iterator<Item> members(Map<?, ?> members) {
        var each = members.entrySet().iterator();
        return new Iterator<>() {
            private long index;

            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Item next() {
                var member = each.next();
                var key = Optional.of((String) member.getKey());
                return new Item(index++, key, Json.of(member.getValue()), SOURCE);
            }
        };
    }

    @Override
    public Optional<Item> next() {
        if (!items.hasNext()) {
            return Optional.empty();
        }
        next++;
        return Optional.of(items.next());
    }

    @Override
    public String position() {
        return Long.toString(next);
    }

    @Override
    public void close() {}
}
