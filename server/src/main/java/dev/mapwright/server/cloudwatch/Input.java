package dev.mapwright.server.cloudwatch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The members of a request, or of an object in it, whatever protocol brought them: the Query
/// protocol has nothing but text, JSON has numbers for times, CBOR has both.
///
/// @param path what stands before the members' names in messages: `MetricData.member.1.`
record Input(Map<?, ?> members, String path) {
    /// CloudWatch: values in the range of -2^360 to 2^360.
    private static final double MAGNITUDE_MAX = Math.pow(2, 360);

    static Input of(Map<?, ?> members) {
        return new Input(members, "");
    }

    /// Refuses, by name, members that do nothing here.
    Input accepting(String... names) throws Failed {
        Set<String> known = Set.of(names);
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (member.getValue() != null && !known.contains(member.getKey())) {
                throw Failed.invalid(
                        path + member.getKey(),
                        member.getValue(),
                        "Mapwright does not support this parameter.");
            }
        }
        return this;
    }

    String nameOf(String member) {
        return path + member;
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    Optional<String> text(String name, int charsMax) throws Failed {
        Optional<Object> value = Optional.ofNullable(members.get(name));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof String text)) {
            throw Failed.invalid(path + name, value.get(), "It must be a string.");
        }
        if (text.length() > charsMax) {
            throw Failed.invalid(
                    path + name, text, "It must have at most %,d characters.".formatted(charsMax));
        }
        return Optional.of(text);
    }

    /// One character at least.
    String requiredText(String name, int charsMax) throws Failed {
        String text = text(name, charsMax).orElseThrow(() -> Failed.missing(path + name));
        if (text.isEmpty()) {
            throw Failed.invalid(path + name, text, "It must not be empty.");
        }
        return text;
    }

    Optional<Double> number(String name) throws Failed {
        Optional<Object> value = Optional.ofNullable(members.get(name));
        return value.isEmpty() ? Optional.empty() : Optional.of(number(path + name, value.get()));
    }

    double requiredNumber(String name) throws Failed {
        return number(name).orElseThrow(() -> Failed.missing(path + name));
    }

    List<Double> numbers(String name) throws Failed {
        var numbers = new ArrayList<Double>();
        for (Object each : list(name)) {
            numbers.add(number(path + name + ".member." + (numbers.size() + 1), each));
        }
        return numbers;
    }

    private static double number(String name, Object value) throws Failed {
        double number;
        try {
            number = value instanceof Number known
                    ? known.doubleValue()
                    : Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException notOne) {
            throw Failed.invalid(name, value, "It must be a number.");
        }
        if (!(Math.abs(number) <= MAGNITUDE_MAX)) {
            throw Failed.invalid(name, value, "It must be between -2^360 and 2^360.");
        }
        return number;
    }

    Optional<Integer> integer(String name, int min, int max) throws Failed {
        Optional<Double> number = number(name);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        double value = number.get();
        if (value != Math.rint(value) || value < min || value > max) {
            throw Failed.invalid(
                    path + name,
                    members.get(name),
                    "It must be a whole number from %,d to %,d.".formatted(min, max));
        }
        return Optional.of((int) value);
    }

    Optional<Boolean> truth(String name) throws Failed {
        Optional<Object> value = Optional.ofNullable(members.get(name));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (String.valueOf(value.get())) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw Failed.invalid(path + name, value.get(), "It must be true or false.");
        };
    }

    Optional<Instant> time(String name) throws Failed {
        Object value = members.get(name);
        try {
            return switch (value) {
                case null -> Optional.empty();
                case Instant time -> Optional.of(time);
                case Number seconds ->
                    Optional.of(Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1_000)));
                case Object text ->
                    Optional.of(OffsetDateTime.parse(text.toString()).toInstant());
            };
        } catch (DateTimeException notOne) {
            throw Failed.invalid(
                    path + name, value, "It must be a time, such as 2026-01-31T12:00:00Z.");
        }
    }

    Instant requiredTime(String name) throws Failed {
        return time(name).orElseThrow(() -> Failed.missing(path + name));
    }

    /// Empty where there is none.
    List<Input> objects(String name, int sizeMax) throws Failed {
        List<?> list = list(name);
        if (list.size() > sizeMax) {
            throw new Failed(
                    Fault.INVALID_VALUE,
                    "The collection %s%s must not have a size greater than %,d."
                            .formatted(path, name, sizeMax));
        }
        var objects = new ArrayList<Input>();
        for (Object each : list) {
            String own = "%s%s.member.%d".formatted(path, name, objects.size() + 1);
            if (!(each instanceof Map<?, ?> object)) {
                throw Failed.invalid(own, each, "It must be an object.");
            }
            objects.add(new Input(object, own + "."));
        }
        return objects;
    }

    Input requiredObject(String name) throws Failed {
        Object value = members.get(name);
        if (value instanceof Map<?, ?> object) {
            return new Input(object, path + name + ".");
        }
        throw value == null
                ? Failed.missing(path + name)
                : Failed.invalid(path + name, value, "It must be an object.");
    }

    List<String> texts(String name, int sizeMax) throws Failed {
        var texts = new ArrayList<String>();
        for (Object each : list(name)) {
            if (!(each instanceof String text)) {
                throw Failed.invalid(path + name, each, "It must be a list of strings.");
            }
            texts.add(text);
        }
        if (texts.size() > sizeMax) {
            throw new Failed(
                    Fault.INVALID_VALUE,
                    "The collection %s%s must not have a size greater than %,d."
                            .formatted(path, name, sizeMax));
        }
        return texts;
    }

    private List<?> list(String name) throws Failed {
        return switch (members.get(name)) {
            case null -> List.of();
            case List<?> list -> list;
            // An empty list in the Query protocol.
            case String text when text.isEmpty() -> List.of();
            case Object other -> throw Failed.invalid(path + name, other, "It must be a list.");
        };
    }
}
