package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a request's `#name` and `:value` stand for, and which of them its expressions have used so
/// far.
public final class Placeholders {
    public static final String NAMES = "ExpressionAttributeNames";
    public static final String VALUES = "ExpressionAttributeValues";

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    public Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    String name(Kind kind, String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw kind.invalid(
                    "An expression attribute name used in the document path is not defined;"
                            + " attribute name: " + placeholder);
        }
        used.add(placeholder);
        return name;
    }

    AttributeValue value(Kind kind, String placeholder) {
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw kind.invalid("An expression attribute value used in expression is not defined;"
                    + " attribute value: " + placeholder);
        }
        used.add(placeholder);
        return value;
    }

    /// DynamoDB refuses a placeholder that no expression of the request uses.
    public void checkAllUsed() {
        checkUsed(NAMES, names.keySet());
        checkUsed(VALUES, values.keySet());
    }

    private void checkUsed(String parameter, Set<String> placeholders) {
        if (used.containsAll(placeholders)) {
            return;
        }
        var unused = new TreeSet<>(placeholders);
        unused.removeAll(used);
        throw TableException.validation("Value provided in %s unused in expressions: keys: {%s}"
                .formatted(parameter, String.join(", ", unused)));
    }
}
