package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.BS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.NS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.SS;
import dev.mapwright.adapters.tables.local.item.Numbers;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What ADD and DELETE do to numbers and sets.
final class SetArithmetic {
    private SetArithmetic() {}

    static AttributeValue add(Optional<AttributeValue> present, AttributeValue added) {
        if (present.isEmpty()) {
            return added;
        }
        return switch (added) {
            case N number when present.get() instanceof N before -> Numbers.add(before, number);
            case SS(Set<String> more)
            when present.get() instanceof SS(Set<String> before) -> new SS(union(before, more));
            case NS(Set<String> more)
            when present.get() instanceof NS(Set<String> before) -> new NS(union(before, more));
            case BS(var more)
            when present.get() instanceof BS(var before) -> new BS(union(before, more));
            case AttributeValue _ -> throw Update.incorrectType();
        };
    }

    /// What is left; an empty set is no value.
    static Optional<AttributeValue> delete(AttributeValue from, AttributeValue deleted) {
        return switch (deleted) {
            case SS(Set<String> gone)
            when from instanceof SS(Set<String> before) ->
                Optional.of(without(before, gone))
                        .filter(rest -> !rest.isEmpty())
                        .map(SS::new);
            case NS(Set<String> gone)
            when from instanceof NS(Set<String> before) ->
                Optional.of(without(before, gone))
                        .filter(rest -> !rest.isEmpty())
                        .map(NS::new);
            case BS(var gone)
            when from instanceof BS(var before) ->
                Optional.of(without(before, gone))
                        .filter(rest -> !rest.isEmpty())
                        .map(BS::new);
            case AttributeValue _ -> throw Update.incorrectType();
        };
    }

    private static <T> Set<T> union(Set<T> before, Set<T> more) {
        var union = new LinkedHashSet<>(before);
        union.addAll(more);
        return union;
    }

    private static <T> Set<T> without(Set<T> before, Set<T> gone) {
        var rest = new LinkedHashSet<>(before);
        rest.removeAll(gone);
        return rest;
    }
}
