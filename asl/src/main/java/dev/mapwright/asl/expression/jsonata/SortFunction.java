package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;

import dev.mapwright.asl.expression.jsonata.Native.Arguments;

import java.util.ArrayList;
import java.util.List;

/// `$sort`: a merge sort that asks the expression's function whether two elements have to be
/// swapped. Stable, and indifferent to a function that contradicts itself, which Java's own sorting
/// refuses.
final class SortFunction {
    private SortFunction() {}

    @FunctionalInterface
    private interface Swap {
        boolean needed(Object left, Object right);
    }

    static Object sort(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        List<?> list = arguments.list(0);
        Object function = arguments.get(1);
        if (list.size() <= 1) {
            return list;
        }
        if (function != null) {
            return sorted(
                    list,
                    (left, right) -> Jsonata.boolize(TextFunctions.apply(function, left, right)));
        }
        if (Utils.isArrayOfNumbers(list)) {
            return sorted(
                    list,
                    (left, right) ->
                            ((Number) left).doubleValue() > ((Number) right).doubleValue());
        }
        if (Utils.isArrayOfStrings(list)) {
            return sorted(list, (left, right) -> ((String) left).compareTo((String) right) > 0);
        }
        throw new QueryError(
                "D3070",
                "The single argument form of the sort function can only be applied to an array"
                        + " of strings or an array of numbers.  Use the second argument to specify a comparison function");
    }

    private static List<Object> sorted(List<?> list, Swap swap) {
        if (list.size() <= 1) {
            return new ArrayList<>(list);
        }
        int middle = list.size() / 2;
        List<Object> left = sorted(list.subList(0, middle), swap);
        List<Object> right = sorted(list.subList(middle, list.size()), swap);
        var merged = new ArrayList<Object>(list.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            merged.add(swap.needed(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }
}
