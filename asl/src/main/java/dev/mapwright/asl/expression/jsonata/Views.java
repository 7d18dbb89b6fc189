package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;

/// Plain trees as the library has to see them. To it Java's null is undefined and JSON's null a
/// value of its own; and at one place it adds to a list that it only reads. A view costs one small
/// object when its part is reached, and a part that comes out again untouched is the original
/// itself.
final class Views {
    private Views() {}

    static Object of(Object plain) {
        return switch (plain) {
            case null -> Jsonata.NULL_VALUE;
            case Map<?, ?> map -> new MapView(map);
            case List<?> list -> new ListView(list);
            case Double number when isWhole(number) -> Utils.convertNumber(number);
            default -> plain;
        };
    }

    /// JSONata has one kind of number; the library takes only integers as bounds of a range.
    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1L << 53;
    }

    static final class MapView extends AbstractMap<String, Object> {
        private final Map<?, ?> original;

        private MapView(Map<?, ?> original) {
            this.original = original;
        }

        Map<?, ?> original() {
            return original;
        }

        @Override
        public Object get(Object key) {
            Object value = original.get(key);
            return value != null || original.containsKey(key) ? of(value) : null;
        }

        @Override
        public boolean containsKey(Object key) {
            return original.containsKey(key);
        }

        @Override
        public int size() {
            return original.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    var entries = original.entrySet().iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return entries.hasNext();
                        }

                        @Override
                        public Entry<String, Object> next() {
                            var entry = entries.next();
                            return new SimpleImmutableEntry<>(
                                    (String) entry.getKey(), of(entry.getValue()));
                        }
                    };
                }

                @Override
                public int size() {
                    return original.size();
                }
            };
        }
    }

    static final class ListView extends AbstractList<Object> implements RandomAccess {
        private final List<?> original;
        private List<Object> changed = List.of();

        private ListView(List<?> original) {
            this.original = original;
        }

        boolean isUnchanged() {
            return changed.isEmpty();
        }

        List<?> original() {
            return original;
        }

        @Override
        public Object get(int index) {
            return changed.isEmpty() ? of(original.get(index)) : changed.get(index);
        }

        @Override
        public int size() {
            return changed.isEmpty() ? original.size() : changed.size();
        }

        @Override
        public void add(int index, Object element) {
            if (changed.isEmpty()) {
                changed = new ArrayList<>(this);
            }
            changed.add(index, element);
        }
    }
}
