package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/// `States.Array…`
final class ArrayFunctions {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
    private static final int RANGE_ELEMENTS_MAX = 1000;

    private ArrayFunctions() {}

    static Object array(Arguments arguments) {
        return arguments.values();
    }

    static Object partition(Arguments arguments) throws InvalidArgument {
        List<?> elements = arguments.array(0);
        int size = arguments.integer(1);
        if (size < 1) {
            throw arguments.refusal(1, "a positive integer");
        }
        var chunks = new ArrayList<Object>();
        for (int from = 0; from < elements.size(); from += size) {
            int to = size > elements.size() - from ? elements.size() : from + size;
            chunks.add(elements.subList(from, to));
            if (to == elements.size()) {
                break;
            }
        }
        return Collections.unmodifiableList(chunks);
    }

    static Object contains(Arguments arguments) throws InvalidArgument {
        Json wanted = Json.of(arguments.any(1));
        for (Object element : arguments.array(0)) {
            if (wanted.equals(Json.of(element))) {
                return true;
            }
        }
        return false;
    }

    static Object range(Arguments arguments) throws InvalidArgument {
        long first = arguments.integer(0);
        long last = arguments.integer(1);
        long step = arguments.integer(2);
        if (step == 0) {
            throw arguments.refusal(2, "an integer other than zero");
        }
        long count = Math.max(0, Math.floorDiv(last - first, step) + 1);
        if (count > RANGE_ELEMENTS_MAX) {
            throw new InvalidArgument(
                    "The array would have %d elements, more than the maximum of %d"
                            .formatted(count, RANGE_ELEMENTS_MAX));
        }
        var elements = new ArrayList<Object>((int) count);
        for (int i = 0; i < count; i++) {
            elements.add((int) (first + i * step));
        }
        return Collections.unmodifiableList(elements);
    }

    static Object getItem(Arguments arguments) throws InvalidArgument {
        List<?> elements = arguments.array(0);
        int index = arguments.integer(1);
        if (index < 0 || index >= elements.size()) {
            throw new InvalidArgument("The index %d is outside of the array, which has %d elements"
                    .formatted(index, elements.size()));
        }
        return elements.get(index);
    }

    static Object unique(Arguments arguments) throws InvalidArgument {
        var seen = new LinkedHashSet<Json>();
        for (Object element : arguments.array(0)) {
            seen.add(Json.of(element));
        }
        var elements = new ArrayList<Object>(seen.size());
        seen.forEach(element -> elements.add(element.value()));
        return Collections.unmodifiableList(elements);
    }
}
