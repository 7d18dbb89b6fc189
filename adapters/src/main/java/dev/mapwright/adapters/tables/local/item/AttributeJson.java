package dev.mapwright.adapters.tables.local.item;

import dev.mapwright.adapters.tables.local.item.AttributeValue.B;
import dev.mapwright.adapters.tables.local.item.AttributeValue.BS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.Bool;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.NS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.Null;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;
import dev.mapwright.adapters.tables.local.item.AttributeValue.SS;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Attribute values as the plain trees of DynamoDB's JSON, `{"N": "1"}`, with the checks of the way
/// in.
public final class AttributeJson {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    static final int DEPTH_MAX = 32;

    private static final Set<String> TYPES =
            Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

    private AttributeJson() {}

    /// A whole item or key: attribute names to values.
    public static M readItem(Object tree) {
        return new M(readMembers(tree, 0));
    }

    public static AttributeValue read(Object tree) {
        return read(tree, 0);
    }

    public static Map<String, Object> write(AttributeValue value) {
        return switch (value) {
            case S(String text) -> Map.of("S", text);
            case N(String digits) -> Map.of("N", digits);
            case B binary -> Map.of("B", binary.toString());
            case Bool(boolean truth) -> Map.of("BOOL", truth);
            case Null _ -> Map.of("NULL", true);
            case L(List<AttributeValue> elements) ->
                Map.of("L", elements.stream().map(AttributeJson::write).toList());
            case M item -> Map.of("M", writeItem(item));
            case SS(Set<String> elements) -> Map.of("SS", List.copyOf(elements));
            case NS(Set<String> elements) -> Map.of("NS", List.copyOf(elements));
            case BS(Set<B> elements) ->
                Map.of("BS", elements.stream().map(B::toString).toList());
        };
    }

    public static Map<String, Object> writeItem(M item) {
        Map<String, Object> tree = LinkedHashMap.newLinkedHashMap(item.members().size());
        item.members().forEach((name, value) -> tree.put(name, write(value)));
        return tree;
    }

    private static Map<String, AttributeValue> readMembers(Object tree, int depth) {
        Map<?, ?> members = object(tree);
        Map<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(members.size());
        for (Map.Entry<?, ?> member : members.entrySet()) {
            values.put((String) member.getKey(), read(member.getValue(), depth));
        }
        return values;
    }

    private static AttributeValue read(Object tree, int depth) {
        if (depth > DEPTH_MAX) {
            throw TableException.validation(
                    "Nesting Levels have exceeded supported limits: Attributes can be nested"
                            + " up to " + DEPTH_MAX + " levels deep");
        }
        if (tree == null) {
            throw emptyValue();
        }
        Map<?, ?> typed = object(tree);
        if (typed.size() != 1) {
            throw severalTypes(typed);
        }
        Map.Entry<?, ?> entry = typed.entrySet().iterator().next();
        return switch ((String) entry.getKey()) {
            case "S" -> new S(text(entry.getValue()));
            case "N" -> Numbers.parse(text(entry.getValue()));
            case "B" -> binary(entry.getValue());
            case "BOOL" -> new Bool(truth(entry.getValue()));
            case "NULL" -> nothing(entry.getValue());
            case "L" -> new L(readElements(entry.getValue(), depth + 1));
            case "M" -> new M(readMembers(entry.getValue(), depth + 1));
            case "SS" -> new SS(texts(entry.getValue(), "string"));
            case "NS" -> new NS(numbers(entry.getValue()));
            case "BS" -> new BS(binaries(entry.getValue()));
            default -> throw emptyValue();
        };
    }

    private static TableException severalTypes(Map<?, ?> typed) {
        long known = typed.keySet().stream().filter(TYPES::contains).count();
        return known > 1
                ? TableException.validation(
                        "Supplied AttributeValue has more than one datatypes set, must contain"
                                + " exactly one of the supported datatypes")
                : emptyValue();
    }

    private static TableException emptyValue() {
        return TableException.validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    private static List<AttributeValue> readElements(Object tree, int depth) {
        List<?> elements = array(tree);
        var values = new ArrayList<AttributeValue>(elements.size());
        for (Object element : elements) {
            values.add(read(element, depth));
        }
        return values;
    }

    private static Null nothing(Object tree) {
        if (!truth(tree)) {
            throw TableException.invalidParameter(
                    "Null attribute value types must have the value of true");
        }
        return new Null();
    }

    private static Set<String> texts(Object tree, String kind) {
        List<?> elements = array(tree);
        if (elements.isEmpty()) {
            throw TableException.invalidParameter("An " + kind + " set  may not be empty");
        }
        Set<String> values = LinkedHashSet.newLinkedHashSet(elements.size());
        for (Object element : elements) {
            if (!values.add(text(element))) {
                throw duplicates(elements);
            }
        }
        return values;
    }

    private static Set<String> numbers(Object tree) {
        List<?> elements = array(tree);
        if (elements.isEmpty()) {
            throw TableException.invalidParameter("An number set  may not be empty");
        }
        Set<String> values = LinkedHashSet.newLinkedHashSet(elements.size());
        for (Object element : elements) {
            if (!values.add(Numbers.parse(text(element)).digits())) {
                throw TableException.validation("Input collection contains duplicates");
            }
        }
        return values;
    }

    private static Set<B> binaries(Object tree) {
        List<?> elements = array(tree);
        if (elements.isEmpty()) {
            throw TableException.invalidParameter("Binary sets should not be empty");
        }
        Set<B> values = LinkedHashSet.newLinkedHashSet(elements.size());
        for (Object element : elements) {
            if (!values.add(binary(element))) {
                throw duplicates(elements);
            }
        }
        return values;
    }

    private static TableException duplicates(List<?> elements) {
        return TableException.invalidParameter(
                "Input collection %s contains duplicates.".formatted(elements));
    }

    private static B binary(Object tree) {
        try {
            return new B(Base64.getDecoder().decode(text(tree)));
        } catch (IllegalArgumentException _) {
            throw TableException.serialization("Base64 encoded content is malformed");
        }
    }

    private static String text(Object tree) {
        return switch (tree) {
            case String text -> text;
            case null -> throw emptyValue();
            case Object other ->
                throw TableException.serialization(
                        jsonType(other) + " cannot be converted to String");
        };
    }

    private static boolean truth(Object tree) {
        return switch (tree) {
            case Boolean truth -> truth;
            case null -> throw emptyValue();
            case Object other ->
                throw TableException.serialization(
                        jsonType(other) + " cannot be converted to Boolean");
        };
    }

    private static Map<?, ?> object(Object tree) {
        if (tree instanceof Map<?, ?> object) {
            return object;
        }
        throw TableException.serialization("Start of structure or map found where not expected");
    }

    private static List<?> array(Object tree) {
        if (tree instanceof List<?> array) {
            return array;
        }
        throw TableException.serialization("Unexpected field type: a list was expected");
    }

    private static String jsonType(Object tree) {
        return switch (tree) {
            case Boolean truth -> truth ? "TRUE_VALUE" : "FALSE_VALUE";
            case Integer _, Long _ -> "NUMBER_VALUE";
            case Number _ -> "DECIMAL_VALUE";
            case String _ -> "STRING_VALUE";
            case Object _ -> "START_OBJECT";
        };
    }
}
