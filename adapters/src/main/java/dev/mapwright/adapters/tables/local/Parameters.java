package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The members of a request, read by name and checked as DynamoDB checks them before it looks at
/// any table. A member that is JSON's null counts as absent, as it does for AWS.
final class Parameters {
    private static final Set<String> LEGACY = Set.of(
            "AttributesToGet",
            "AttributeUpdates",
            "ConditionalOperator",
            "Expected",
            "KeyConditions",
            "QueryFilter",
            "ScanFilter");

    private final Map<?, ?> members;

    /// Of a whole request, or of an object inside one.
    Parameters(Map<?, ?> members) {
        this.members = members;
    }

    /// Refuses, by name, members that the built-in DynamoDB does not have.
    Parameters accepting(String owner, Set<String> names) {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = (String) member.getKey();
            if (member.getValue() != null && !names.contains(name)) {
                throw LEGACY.contains(name)
                        ? TableException.validation(
                                ("The legacy parameter '%s' of %s is not supported by Mapwright's"
                                                + " DynamoDB: use expressions instead")
                                        .formatted(name, owner))
                        : TableException.validation(
                                "The parameter '%s' of %s is not supported by Mapwright's DynamoDB"
                                        .formatted(name, owner));
            }
        }
        return this;
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    Object required(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw mustNotBeNull(name);
        }
        return value;
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> mustNotBeNull(name));
    }

    Optional<String> text(String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object _ -> throw wrongType(name, "a string");
        };
    }

    OptionalInt count(String name, int min, int max) {
        return switch (members.get(name)) {
            case null -> OptionalInt.empty();
            case Integer count -> OptionalInt.of(inRange(name, count, min, max));
            case Number other -> throw outOfRange(name, other, "less than or equal to " + max);
            case Object _ -> throw wrongType(name, "an integer");
        };
    }

    long requiredLong(String name) {
        return switch (required(name)) {
            case Integer count -> count;
            case Long count -> count;
            case Object _ -> throw wrongType(name, "a long");
        };
    }

    Optional<Boolean> flag(String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            case Object _ -> throw wrongType(name, "a boolean");
        };
    }

    Optional<String> choice(String name, List<String> choices) {
        Optional<String> chosen = text(name);
        if (chosen.isPresent() && !choices.contains(chosen.get())) {
            throw TableException.validation(
                    ("1 validation error detected: Value '%s' at '%s' failed to satisfy"
                                    + " constraint: Member must satisfy enum value set: %s")
                            .formatted(chosen.get(), path(name), choices));
        }
        return chosen;
    }

    Optional<Parameters> object(String name) {
        return Optional.ofNullable(members.get(name))
                .map(value -> new Parameters(objectOf(name, value)));
    }

    Optional<Map<?, ?>> map(String name) {
        return Optional.ofNullable(members.get(name)).map(value -> objectOf(name, value));
    }

    Optional<List<?>> list(String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case List<?> list -> Optional.of(list);
            case Object _ -> throw wrongType(name, "a list");
        };
    }

    List<Parameters> objects(String name) {
        return list(name).orElse(List.of()).stream()
                .map(value -> new Parameters(objectOf(name, value)))
                .toList();
    }

    static Map<?, ?> objectOf(String name, Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw wrongType(name, "a structure");
    }

    static TableException mustNotBeNull(String name) {
        return TableException.validation(
                ("1 validation error detected: Value null at '%s' failed to satisfy"
                                + " constraint: Member must not be null")
                        .formatted(path(name)));
    }

    private static int inRange(String name, int value, int min, int max) {
        if (value < min) {
            throw outOfRange(name, value, "greater than or equal to " + min);
        }
        if (value > max) {
            throw outOfRange(name, value, "less than or equal to " + max);
        }
        return value;
    }

    private static TableException outOfRange(String name, Number value, String bound) {
        return TableException.validation(
                ("1 validation error detected: Value '%s' at '%s' failed to satisfy"
                                + " constraint: Member must have value %s")
                        .formatted(value, path(name), bound));
    }

    private static TableException wrongType(String name, String expected) {
        return TableException.serialization(
                "The value of '%s' must be %s".formatted(name, expected));
    }

    /// Constraint messages name members in lower camel case.
    private static String path(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
