package dev.mapwright.server.api;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The members of one request, read one by one against the constraints of the service model.
///
/// A constraint that does not hold is noted and some harmless value returned, so that
/// [#check] can report all of them at once, as AWS does. Nothing may be done before it was called.
final class Parameters {
    static final int ARN_CHARS_MAX = 256;
    static final int LONG_ARN_CHARS_MAX = 2_000;

    private final Map<?, ?> members;
    private final List<String> violations = new ArrayList<>();

    /// @param request a JSON object
    Parameters(Json request) throws Refused {
        if (!(request.value() instanceof Map<?, ?> object)) {
            throw new Refused("SerializationException", "The request body is not a JSON object.");
        }
        this.members = object;
    }

    /// Refuses the request if a constraint did not hold.
    void check() throws Refused {
        if (!violations.isEmpty()) {
            throw new Refused(
                    "ValidationException",
                    "%d validation error%s detected: %s"
                            .formatted(
                                    violations.size(),
                                    violations.size() == 1 ? "" : "s",
                                    String.join("; ", violations)));
        }
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    String required(String name, int charsMax) throws Refused {
        Optional<String> given = read(name, String.class, "String");
        if (given.isEmpty()) {
            violations.add(
                    "Value null at '%s' failed to satisfy constraint: Member must not be null"
                            .formatted(name));
            return "";
        }
        checkLength(name, given.get(), 1, charsMax);
        return given.get();
    }

    String requiredArn(String name) throws Refused {
        return required(name, ARN_CHARS_MAX);
    }

    /// Text of one character or more, if given.
    Optional<String> text(String name, int charsMax) throws Refused {
        return text(name, 1, charsMax);
    }

    Optional<String> text(String name, int charsMin, int charsMax) throws Refused {
        Optional<String> given = read(name, String.class, "String");
        given.ifPresent(value -> checkLength(name, value, charsMin, charsMax));
        return given;
    }

    Optional<Boolean> flag(String name) throws Refused {
        return read(name, Boolean.class, "Boolean");
    }

    Optional<Long> number(String name, long min, long max) throws Refused {
        Optional<Long> given = read(name, Number.class, "Long").map(Number::longValue);
        given.ifPresent(value -> checkRange(name, BigDecimal.valueOf(value), min, max));
        return given;
    }

    Optional<Double> fraction(String name, long min, long max) throws Refused {
        Optional<Double> given = read(name, Number.class, "Float").map(Number::doubleValue);
        given.ifPresent(value -> checkRange(name, BigDecimal.valueOf(value), min, max));
        return given;
    }

    /// An object, given back as it is.
    Optional<Map<?, ?>> object(String name) throws Refused {
        return read(name, Map.class, "Structure").map(map -> (Map<?, ?>) map);
    }

    boolean hasElements(String name) throws Refused {
        return read(name, List.class, "List").filter(list -> !list.isEmpty()).isPresent();
    }

    /// One of the constants, in the order in which AWS names them.
    @SafeVarargs
    final <E extends Enum<E>> Optional<E> choice(String name, E... constants) throws Refused {
        Optional<String> given = read(name, String.class, "String");
        Optional<E> chosen = given.flatMap(value -> Stream.of(constants)
                .filter(constant -> constant.name().equals(value))
                .findFirst());
        if (given.isPresent() && chosen.isEmpty()) {
            String set = Stream.of(constants).map(Enum::name).collect(Collectors.joining(", "));
            violate(given.get(), name, "Member must satisfy enum value set: [" + set + "]");
        }
        return chosen;
    }

    private <T> Optional<T> read(String name, Class<T> type, String typeName) throws Refused {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new Refused(
                    "SerializationException",
                    "'%s' is not of type %s: %s"
                            .formatted(name, typeName, Json.of(value).text()));
        }
        return Optional.of(type.cast(value));
    }

    private void checkLength(String name, String value, int min, int max) {
        if (value.length() < min) {
            violate(value, name, "Member must have length greater than or equal to " + min);
        }
        if (value.length() > max) {
            violate(value, name, "Member must have length less than or equal to " + max);
        }
    }

    private void checkRange(String name, BigDecimal value, long min, long max) {
        if (value.compareTo(BigDecimal.valueOf(min)) < 0) {
            violate(shown(value), name, "Member must have value greater than or equal to " + min);
        }
        if (value.compareTo(BigDecimal.valueOf(max)) > 0) {
            violate(shown(value), name, "Member must have value less than or equal to " + max);
        }
    }

    private static String shown(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private void violate(String value, String name, String rule) {
        violations.add(
                "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, name, rule));
    }
}
