package dev.mapwright.asl.json;

import java.util.List;
import java.util.Map;

/// Equality of trees as JSON values: numbers by value (1 is 1.0), members in any order.
final class TreeComparison {
    private TreeComparison() {}

    static boolean sameValue(Object left, Object right) {
        if (left == right) {
            return true;
        }
        return switch (left) {
            case null -> false;
            case Number number ->
                right instanceof Number other && JsonNumber.compare(number, other) == 0;
            case Map<?, ?> map -> right instanceof Map<?, ?> other && sameMembers(map, other);
            case List<?> list -> right instanceof List<?> other && sameElements(list, other);
            default -> left.equals(right);
        };
    }

    /// Agrees with [#sameValue]: equal numbers have equal nearest doubles, whatever type holds
    /// them.
    static int hash(Object tree) {
        return switch (tree) {
            case null -> 0;
            case Number number -> Double.hashCode(number.doubleValue() + 0.0);
            case Map<?, ?> map -> {
                int sum = 1;
                for (var member : map.entrySet()) {
                    sum += 31 * member.getKey().hashCode() ^ hash(member.getValue());
                }
                yield sum;
            }
            case List<?> list -> {
                int mixed = 1;
                for (Object element : list) {
                    mixed = 31 * mixed + hash(element);
                }
                yield mixed;
            }
            default -> tree.hashCode();
        };
    }

    private static boolean sameMembers(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var member : left.entrySet()) {
            Object other = right.get(member.getKey());
            if (other == null && !right.containsKey(member.getKey())
                    || !sameValue(member.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameElements(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        var others = right.iterator();
        for (Object element : left) {
            if (!sameValue(element, others.next())) {
                return false;
            }
        }
        return true;
    }
}
