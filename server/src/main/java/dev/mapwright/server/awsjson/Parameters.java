package dev.mapwright.server.awsjson;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The members of one request, read one by one against the constraints of the service model.
///
/// A constraint that does not hold is noted and some harmless value returned, so that
/// [#check] can report all of them at once, as AWS does. Nothing may be done before it was called.
public final class Parameters {
    public static final int ARN_CHARS_MAX = 256;
    public static final int LONG_ARN_CHARS_MAX = 2_000;

    private final Map<?, ?> members;
    private final String path;
    private final String violationCode;
    private final List<String> violations;

    /// @param request a JSON object
    /// @param violationCode the error of a request that breaks a constraint
    public Parameters(Json request, String violationCode) throws Refused {
        if (!(request.value() instanceof Map<?, ?> object)) {
            throw new Refused("SerializationException", "The request body is not a JSON object.");
        }
        this.members = object;
        this.path = "";
        this.violationCode = violationCode;
        this.violations = new ArrayList<>();
    }

    /// The members of an object inside a request. What they violate counts as the request's.
    ///
    /// @param path what AWS puts before their names: `loggingConfiguration.`, `tags.1.member.`
    private Parameters(Map<?, ?> members, String path, Parameters request) {
        this.members = members;
        this.path = path;
        this.violationCode = request.violationCode;
        this.violations = request.violations;
    }

    /// Refuses the request if a constraint did not hold.
    public void check() throws Refused {
        if (!violations.isEmpty()) {
            throw new Refused(
                    violationCode,
                    "%d validation error%s detected: %s"
                            .formatted(
                                    violations.size(),
                                    violations.size() == 1 ? "" : "s",
                                    String.join("; ", violations)));
        }
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String required(String name, int charsMax) throws Refused {
        Optional<String> given = read(name, String.class, "String");
        if (given.isEmpty()) {
            violateAbsence(name);
            return "";
        }
        checkLength(name, given.get(), 1, charsMax);
        return given.get();
    }

    public String required(String name, int charsMax, Pattern form) throws Refused {
        String given = required(name, charsMax);
        if (has(name)) {
            checkForm(name, given, form);
        }
        return given;
    }

    public String requiredArn(String name) throws Refused {
        return required(name, ARN_CHARS_MAX);
    }

    /// Text of one character or more, if given.
    public Optional<String> text(String name, int charsMax) throws Refused {
        return text(name, 1, charsMax);
    }

    public Optional<String> text(String name, int charsMin, int charsMax) throws Refused {
        Optional<String> given = read(name, String.class, "String");
        given.ifPresent(value -> checkLength(name, value, charsMin, charsMax));
        return given;
    }

    public Optional<String> text(String name, int charsMin, int charsMax, Pattern form)
            throws Refused {
        Optional<String> given = text(name, charsMin, charsMax);
        given.ifPresent(value -> checkForm(name, value, form));
        return given;
    }

    /// Bytes, which are in base64 on the wire, if given.
    public Optional<byte[]> blob(String name, int bytesMax) throws Refused {
        Optional<String> given = read(name, String.class, "Blob");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(given.get());
            if (bytes.length > bytesMax) {
                violate("(%,d bytes)".formatted(bytes.length), name, lengthRule("less", bytesMax));
            }
            return Optional.of(bytes);
        } catch (IllegalArgumentException notBase64) {
            throw new Refused(
                    "SerializationException", "'%s' is not in base64".formatted(place(name)));
        }
    }

    public byte[] requiredBlob(String name, int bytesMax) throws Refused {
        requirePresence(name);
        return blob(name, bytesMax).orElseGet(() -> new byte[0]);
    }

    public Optional<Boolean> flag(String name) throws Refused {
        return read(name, Boolean.class, "Boolean");
    }

    public Optional<Long> number(String name, long min, long max) throws Refused {
        Optional<Long> given = read(name, Number.class, "Long").map(Number::longValue);
        given.ifPresent(value -> checkRange(name, BigDecimal.valueOf(value), min, max));
        return given;
    }

    public long requiredNumber(String name, long min, long max) throws Refused {
        Optional<Long> given = number(name, min, max);
        requirePresence(name);
        return given.orElse(min);
    }

    public Optional<Double> fraction(String name, long min, long max) throws Refused {
        Optional<Double> given = read(name, Number.class, "Float").map(Number::doubleValue);
        given.ifPresent(value -> checkRange(name, BigDecimal.valueOf(value), min, max));
        return given;
    }

    public Optional<Parameters> object(String name) throws Refused {
        return read(name, Map.class, "Structure")
                .map(map -> new Parameters((Map<?, ?>) map, place(name) + ".", this));
    }

    /// A list of objects, if given.
    public Optional<List<Parameters>> objects(String name) throws Refused {
        Optional<List<?>> given = elements(name, Map.class, "Structure");
        return given.map(list -> {
            var objects = new ArrayList<Parameters>(list.size());
            for (Object element : list) {
                objects.add(new Parameters(
                        (Map<?, ?>) element, element(name, objects.size() + 1) + ".", this));
            }
            return objects;
        });
    }

    /// A list of objects, if given, with a limit to their number.
    ///
    /// @param shape what the service model calls such an object
    public Optional<List<Parameters>> objects(String name, String shape, int countMin, int countMax)
            throws Refused {
        Optional<List<Parameters>> given = objects(name);
        given.ifPresent(list -> {
            if (list.size() < countMin) {
                violate(shown(list, shape), name, lengthRule("greater", countMin));
            }
            if (list.size() > countMax) {
                violate(shown(list, shape), name, lengthRule("less", countMax));
            }
        });
        return given;
    }

    /// A list of texts, if given.
    public Optional<List<String>> texts(String name, int charsMin, int charsMax) throws Refused {
        Optional<List<?>> given = elements(name, String.class, "String");
        return given.map(list -> {
            var texts = new ArrayList<String>(list.size());
            for (Object element : list) {
                texts.add((String) element);
                String place = "%s.%d.member".formatted(name, texts.size());
                checkLength(place, texts.getLast(), charsMin, charsMax);
            }
            return texts;
        });
    }

    public void requirePresence(String name) {
        if (!has(name)) {
            violateAbsence(name);
        }
    }

    private Optional<List<?>> elements(String name, Class<?> type, String typeName) throws Refused {
        Optional<List<?>> given = read(name, List.class, "List").map(list -> (List<?>) list);
        if (given.isPresent()) {
            for (Object element : given.get()) {
                if (!type.isInstance(element)) {
                    throw notOfType(name, typeName, element);
                }
            }
        }
        return given;
    }

    private String element(String name, int number) {
        return "%s.%d.member".formatted(place(name), number);
    }

    private static String shown(List<Parameters> objects, String shape) {
        return objects.stream()
                .map(object -> object.members.entrySet().stream()
                        .map(member -> member.getKey() + "=" + member.getValue())
                        .collect(Collectors.joining(", ", shape + "(", ")")))
                .toList()
                .toString();
    }

    /// One of the constants, in the order in which AWS names them.
    @SafeVarargs
    public final <E extends Enum<E>> Optional<E> choice(String name, E... constants)
            throws Refused {
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
            throw notOfType(name, typeName, value);
        }
        return Optional.of(type.cast(value));
    }

    private Refused notOfType(String name, String typeName, Object value) {
        return new Refused(
                "SerializationException",
                "'%s' is not of type %s: %s"
                        .formatted(place(name), typeName, Json.of(value).text()));
    }

    private void checkForm(String name, String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            violate(value, name, "Member must satisfy regular expression pattern: " + form);
        }
    }

    private void checkLength(String name, String value, int min, int max) {
        if (value.length() < min) {
            violate(value, name, lengthRule("greater", min));
        }
        if (value.length() > max) {
            violate(value, name, lengthRule("less", max));
        }
    }

    private static String lengthRule(String which, int limit) {
        return "Member must have length %s than or equal to %d".formatted(which, limit);
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
        violations.add("Value '%s' at '%s' failed to satisfy constraint: %s"
                .formatted(value, place(name), rule));
    }

    private void violateAbsence(String name) {
        violations.add("Value null at '%s' failed to satisfy constraint: Member must not be null"
                .formatted(place(name)));
    }

    /// AWS names members in messages as if they all began with a small letter.
    private String place(String name) {
        return path + Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
