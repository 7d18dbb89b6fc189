package dev.mapwright.asl.expression.jsonpath;

import java.util.List;
import java.util.Map;

/// One step of a reference path.
sealed interface Step {
    /// The child, or [Way#NOTHING].
    Object walk(Object tree);

    /// `.name` or `['name']`
    record Name(String name) implements Step {
        @Override
        public Object walk(Object tree) {
            if (!(tree instanceof Map<?, ?> members)) {
                return Way.NOTHING;
            }
            Object value = members.get(name);
            return value == null && !members.containsKey(name) ? Way.NOTHING : value;
        }

        @Override
        public String toString() {
            return "['" + name + "']";
        }
    }

    /// `[n]`; a negative position counts from the end.
    record Index(int index) implements Step {
        @Override
        public Object walk(Object tree) {
            if (!(tree instanceof List<?> elements)) {
                return Way.NOTHING;
            }
            int position = index < 0 ? elements.size() + index : index;
            return position < 0 || position >= elements.size()
                    ? Way.NOTHING
                    : elements.get(position);
        }

        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }
}
