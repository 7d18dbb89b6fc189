package dev.mapwright.asl.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// A JSON object as an immutable map that keeps its members' order. The names live in a [Shape]
/// that many objects share (the rows of a CSV file, the outputs of one template), so that an object
/// costs one array of values.
public final class JsonObject extends AbstractMap<String, Object> {
    public static final JsonObject EMPTY = new JsonObject(Shape.EMPTY, Shape.EMPTY.names);

    private final Shape shape;
    private final Object[] values;

    private JsonObject(Shape shape, Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    /// The names of an object's members, in order.
    public static final class Shape {
        static final Shape EMPTY = new Shape(new String[0]);

        /// Up to here comparing name by name is faster than hashing.
        private static final int SCANNED_NAMES_MAX = 8;
        private static final int ABSENT = -1;

        private final String[] names;
        private final int[] table;

        private Shape(String[] names) {
            this.names = names;
            this.table = names.length <= SCANNED_NAMES_MAX ? new int[0] : index(names);
        }

        /// @throws IllegalArgumentException if a name occurs twice
        public static Shape of(List<String> names) {
            var builder = new Builder(names.size());
            for (String name : names) {
                if (builder.position(name) != ABSENT) {
                    throw new IllegalArgumentException(
                            "The name '" + name + "' occurs twice in " + names);
                }
                builder.put(name, null);
            }
            return builder.build().shape;
        }

        public List<String> names() {
            return List.of(names);
        }

        public int size() {
            return names.length;
        }

        /// An object with these names; the array belongs to the object from now on.
        ///
        /// @throws IllegalArgumentException if there are more or fewer values than names
        public JsonObject object(Object... values) {
            if (values.length != names.length) {
                throw new IllegalArgumentException("%d values for the %d names %s"
                        .formatted(values.length, names.length, names()));
            }
            return new JsonObject(this, values);
        }

        String name(int position) {
            return names[position];
        }

        int position(Object name) {
            if (table.length == 0) {
                return scan(names, names.length, name);
            }
            int mask = table.length - 1;
            for (int slot = spread(name) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
                if (names[table[slot] - 1].equals(name)) {
                    return table[slot] - 1;
                }
            }
            return ABSENT;
        }

        private static int scan(String[] names, int count, Object wanted) {
            for (int i = 0; i < count; i++) {
                if (names[i] == wanted) {
                    return i;
                }
            }
            for (int i = 0; i < count; i++) {
                if (names[i].equals(wanted)) {
                    return i;
                }
            }
            return ABSENT;
        }

        /// Open addressing at most half full; an entry is a position plus one.
        private static int[] index(String[] names) {
            var table = new int[Integer.highestOneBit(names.length) * 4];
            int mask = table.length - 1;
            for (int i = 0; i < names.length; i++) {
                int slot = spread(names[i]) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = i + 1;
            }
            return table;
        }

        private static int spread(Object name) {
            int hash = name == null ? 0 : name.hashCode();
            return hash ^ (hash >>> 16);
        }
    }

    /// Collects members; a name that comes again replaces the value and keeps its place. Each
    /// builder builds one object.
    public static final class Builder {
        private String[] names;
        private Object[] values;
        private int count;
        private Map<String, Integer> positions = Map.of();

        public Builder() {
            this(8);
        }

        public Builder(int expected) {
            names = new String[expected];
            values = new Object[expected];
        }

        public Builder put(String name, Object value) {
            int known = position(name);
            if (known == Shape.ABSENT) {
                append(name, value);
            } else {
                values[known] = value;
            }
            return this;
        }

        public JsonObject build() {
            if (count == 0) {
                return EMPTY;
            }
            return new JsonObject(new Shape(trim(names)), trim(values));
        }

        private int position(String name) {
            if (count <= Shape.SCANNED_NAMES_MAX) {
                return Shape.scan(names, count, name);
            }
            if (positions.isEmpty()) {
                positions = new java.util.HashMap<>();
                for (int i = 0; i < count; i++) {
                    positions.put(names[i], i);
                }
            }
            return Optional.ofNullable(positions.get(name)).orElse(Shape.ABSENT);
        }

        private void append(String name, Object value) {
            if (count == names.length) {
                int larger = Math.max(8, count * 2);
                names = Arrays.copyOf(names, larger);
                values = Arrays.copyOf(values, larger);
            }
            names[count] = name;
            values[count] = value;
            if (!positions.isEmpty()) {
                positions.put(name, count);
            }
            count++;
        }

        private <T> T[] trim(T[] array) {
            return array.length == count ? array : Arrays.copyOf(array, count);
        }
    }

    /// The members of any map of a JSON tree.
    public static JsonObject of(Map<?, ?> members) {
        if (members instanceof JsonObject object) {
            return object;
        }
        var builder = new Builder(members.size());
        members.forEach((name, value) -> builder.put((String) name, value));
        return builder.build();
    }

    /// The same members but for one, which is replaced in its place, or added as the last.
    public JsonObject with(String name, Object value) {
        int known = shape.position(name);
        if (known != Shape.ABSENT) {
            Object[] replaced = Arrays.copyOf(values, values.length, Object[].class);
            replaced[known] = value;
            return new JsonObject(shape, replaced);
        }
        int count = values.length;
        String[] names = Arrays.copyOf(shape.names, count + 1);
        Object[] extended = Arrays.copyOf(values, count + 1, Object[].class);
        names[count] = name;
        extended[count] = value;
        return new JsonObject(new Shape(names), extended);
    }

    public Shape shape() {
        return shape;
    }

    /// The value at a position of the shape.
    Object valueAt(int position) {
        return values[position];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Object get(Object name) {
        int position = shape.position(name);
        return position == Shape.ABSENT ? null : values[position];
    }

    @Override
    public boolean containsKey(Object name) {
        return shape.position(name) != Shape.ABSENT;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(shape.names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Members();
    }

    private final class Members extends AbstractSet<Map.Entry<String, Object>> {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < values.length;
                }

                @Override
                public Map.Entry<String, Object> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int position = next++;
                    return new SimpleImmutableEntry<>(shape.names[position], values[position]);
                }
            };
        }
    }
}
