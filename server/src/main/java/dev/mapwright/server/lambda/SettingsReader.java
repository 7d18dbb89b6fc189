package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.FunctionSettings;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.process.Launcher;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A function's settings as requests give them. What would change how a function runs and is not
/// there is refused by name.
final class SettingsReader {
    private static final int TEXT_CHARS_MAX = 256;
    private static final int ENVIRONMENT_BYTES_MAX = 4 * 1024;
    private static final Pattern ROLE =
            Pattern.compile("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_])+");

    private static final String ENVIRONMENT = "Environment";

    /// Kept and shown, without effect, and what a function has that was not given any.
    private static final Map<String, Object> SHOWN = Map.of(
            "Architectures", List.of("x86_64"),
            "EphemeralStorage", Map.of("Size", 512),
            "TracingConfig", Map.of("Mode", "PassThrough"));
    private static final String LOGGING = "LoggingConfig";
    private static final String SNAP_START = "SnapStart";

    private static final List<String> SETTINGS = List.of(
            "FunctionName",
            "Runtime",
            "Role",
            "Handler",
            "Description",
            "Timeout",
            "MemorySize",
            ENVIRONMENT,
            LOGGING,
            SNAP_START);
    static final Set<String> OF_CREATION =
            members("Code", "Publish", "PackageType", "Tags", "Architectures");
    static final Set<String> OF_UPDATE = members("RevisionId");

    private SettingsReader() {}

    private static Set<String> members(String... others) {
        var all = new TreeSet<>(SETTINGS);
        all.addAll(List.of(others));
        all.addAll(List.of("EphemeralStorage", "TracingConfig"));
        return Set.copyOf(all);
    }

    /// A member that says nothing is no reason to refuse a request.
    static void refuseUnsupported(Map<?, ?> members, Set<String> supported) throws FunctionRefused {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!supported.contains(member.getKey()) && saysSomething(member.getValue())) {
                throw FunctionRefused.invalid("Mapwright does not support '%s' of a function."
                        .formatted(member.getKey()));
            }
        }
        refuseUnless(members, "PackageType", null, "Zip");
        refuseUnless(members, SNAP_START, "ApplyOn", "None");
    }

    private static void refuseUnless(Map<?, ?> members, String name, String inner, String supported)
            throws FunctionRefused {
        Object given = members.get(name);
        Object value =
                given instanceof Map<?, ?> object && inner != null ? object.get(inner) : given;
        if (value instanceof String text && !text.equals(supported)) {
            throw FunctionRefused.invalid(
                    "Mapwright supports '%s' of a function only as '%s', not as '%s'."
                            .formatted(name, supported, text));
        }
    }

    private static boolean saysSomething(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case String text -> !text.isEmpty();
            case List<?> list -> list.stream().anyMatch(SettingsReader::saysSomething);
            case Map<?, ?> map -> map.values().stream().anyMatch(SettingsReader::saysSomething);
            default -> true;
        };
    }

    static FunctionSettings created(Call.Body body) throws FunctionRefused, Refused {
        Parameters parameters = body.parameters();
        String role = parameters.required("Role", TEXT_CHARS_MAX, ROLE);
        Optional<String> runtime = parameters.text("Runtime", TEXT_CHARS_MAX);
        Optional<String> handler = parameters.text("Handler", TEXT_CHARS_MAX);
        if (runtime.isEmpty() || handler.isEmpty()) {
            parameters.check();
            throw FunctionRefused.invalid(
                    "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }
        var initial = new FunctionSettings(
                runtime.get(),
                handler.get(),
                role,
                "",
                FunctionSettings.TIMEOUT_SECONDS_DEFAULT,
                FunctionSettings.MEMORY_MEGABYTES_MIN,
                Map.of(),
                SHOWN);
        return changes(body).apply(initial);
    }

    /// What a request changes; what it leaves out stays.
    static UnaryOperator<FunctionSettings> changes(Call.Body body) throws FunctionRefused, Refused {
        Parameters parameters = body.parameters();
        Optional<String> runtime = parameters.text("Runtime", TEXT_CHARS_MAX);
        Optional<String> handler = parameters.text("Handler", TEXT_CHARS_MAX);
        Optional<String> role = parameters.text("Role", TEXT_CHARS_MAX);
        Optional<String> description = parameters.text("Description", 0, TEXT_CHARS_MAX);
        Optional<Integer> timeout = parameters
                .number("Timeout", 1, FunctionSettings.TIMEOUT_SECONDS_MAX)
                .map(Long::intValue);
        Optional<Integer> memory = parameters
                .number(
                        "MemorySize",
                        FunctionSettings.MEMORY_MEGABYTES_MIN,
                        FunctionSettings.MEMORY_MEGABYTES_MAX)
                .map(Long::intValue);
        Optional<Map<String, String>> environment = environment(body);
        var shown = new LinkedHashMap<String, Object>();
        Stream.concat(SHOWN.keySet().stream(), Stream.of(LOGGING))
                .filter(name -> saysSomething(body.members().get(name)))
                .forEach(name -> shown.put(name, body.members().get(name)));
        return before -> {
            var others = new LinkedHashMap<>(before.others());
            others.putAll(shown);
            return new FunctionSettings(
                    runtime.orElse(before.runtime()),
                    handler.orElse(before.handler()),
                    role.orElse(before.role()),
                    description.orElse(before.description()),
                    timeout.orElse(before.timeoutSeconds()),
                    memory.orElse(before.memoryMegabytes()),
                    environment.orElse(before.environment()),
                    others);
        };
    }

    private static Optional<Map<String, String>> environment(Call.Body body)
            throws FunctionRefused {
        if (!(body.members().get(ENVIRONMENT) instanceof Map<?, ?> given)) {
            return Optional.empty();
        }
        Map<String, String> variables = texts(given, "Variables");
        List<String> reserved =
                variables.keySet().stream().filter(Launcher.RESERVED::contains).toList();
        if (!reserved.isEmpty()) {
            throw FunctionRefused.invalid(
                    ("Lambda was unable to configure your environment variables because the environment variables "
                                    + "you have provided contains reserved keys that are currently not supported for "
                                    + "modification. Reserved keys used in this request: %s")
                            .formatted(String.join(", ", reserved)));
        }
        for (String name : variables.keySet()) {
            if (!VARIABLE.matcher(name).matches()) {
                throw FunctionRefused.invalid(
                        "The name '%s' of an environment variable does not match %s."
                                .formatted(name, VARIABLE));
            }
        }
        int bytes = variables.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ENVIRONMENT_BYTES_MAX) {
            throw FunctionRefused.invalid(
                    "Lambda was unable to configure your environment variables because the environment variables "
                            + "you have provided exceeded the 4KB limit.");
        }
        return Optional.of(variables);
    }

    /// A member whose values are all texts; empty where it is absent.
    static Map<String, String> texts(Map<?, ?> members, String name) throws FunctionRefused {
        var texts = new LinkedHashMap<String, String>();
        if (members.get(name) instanceof Map<?, ?> given) {
            for (Map.Entry<?, ?> member : given.entrySet()) {
                if (!(member.getValue() instanceof String text)) {
                    throw FunctionRefused.invalid("The member '%s' of '%s' has to be a string."
                            .formatted(member.getKey(), name));
                }
                texts.put((String) member.getKey(), text);
            }
        }
        return texts;
    }
}
