package dev.mapwright.server.config;

import dev.mapwright.server.config.FunctionDeclaration.Code;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Reads `function.NAME.OPTION`: which functions there are, each from its options.
final class FunctionReader {
    private static final String NAME = "[a-zA-Z0-9-_]{1,64}";
    private static final String FOLDER = "folder";
    private static final String RUNTIME = "runtime";
    private static final String HANDLER = "handler";
    private static final String CLASS = "class";
    private static final String URL = "url";
    private static final String TIMEOUT = "timeout";
    private static final String MEMORY = "memory";
    private static final String CONCURRENCY = "concurrency";
    private static final String ENVIRONMENT = "env.";
    private static final Set<String> OPTIONS =
            Set.of(FOLDER, RUNTIME, HANDLER, CLASS, URL, TIMEOUT, MEMORY, CONCURRENCY);

    /// Lambda's own limits and defaults.
    /// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    private static final int TIMEOUT_SECONDS_MAX = 900;

    private static final int TIMEOUT_SECONDS_DEFAULT = 3;
    private static final int MEMORY_MEGABYTES_MIN = 128;
    private static final int MEMORY_MEGABYTES_MAX = 10_240;
    private static final int CONCURRENCY_MAX = 10_000;

    private final String name;
    private final Map<String, String> options;
    private final String origin;
    private final Path home;

    /// @param home what relative paths begin at
    private FunctionReader(String name, Map<String, String> options, String origin, Path home) {
        this.name = name;
        this.options = options;
        this.origin = origin;
        this.home = home;
    }

    /// Whether a value may be shown: those of a function's environment may be secrets.
    static boolean isSecret(String memberName) {
        return memberName.contains("." + ENVIRONMENT);
    }

    /// @param settings by what follows `function.`
    static List<FunctionDeclaration> read(Map<String, String> settings, String origin, Path home)
            throws InvalidConfiguration {
        var functions = new TreeMap<String, Map<String, String>>();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String[] parts = setting.getKey().split("\\.", 2);
            boolean known = parts.length == 2
                    && (OPTIONS.contains(parts[1])
                            || parts[1].startsWith(ENVIRONMENT)
                                    && parts[1].length() > ENVIRONMENT.length());
            if (!known || !parts[0].matches(NAME)) {
                throw new InvalidConfiguration(
                        ("%s: there is no setting 'function.%s'. A function's are function.NAME.OPTION, with a name of "
                                        + "letters, digits, - and _, and the options folder, runtime, handler, class, "
                                        + "url, timeout, memory, concurrency, env.VARIABLE.")
                                .formatted(origin, setting.getKey()));
            }
            functions
                    .computeIfAbsent(parts[0], _ -> new LinkedHashMap<>())
                    .put(parts[1], setting.getValue());
        }
        var all = new ArrayList<FunctionDeclaration>();
        for (Map.Entry<String, Map<String, String>> one : functions.entrySet()) {
            all.add(new FunctionReader(one.getKey(), one.getValue(), origin, home).function());
        }
        return List.copyOf(all);
    }

    private FunctionDeclaration function() throws InvalidConfiguration {
        OptionalInt concurrency = options.containsKey(CONCURRENCY)
                ? OptionalInt.of(number(CONCURRENCY, 0, CONCURRENCY_MAX, 0))
                : OptionalInt.empty();
        return new FunctionDeclaration(
                name,
                code(),
                number(TIMEOUT, 1, TIMEOUT_SECONDS_MAX, TIMEOUT_SECONDS_DEFAULT),
                number(MEMORY, MEMORY_MEGABYTES_MIN, MEMORY_MEGABYTES_MAX, MEMORY_MEGABYTES_MIN),
                concurrency);
    }

    private Code code() throws InvalidConfiguration {
        if (options.containsKey(URL)) {
            only(URL, Set.of(URL, CONCURRENCY));
            ServicePlace place = ServicePlace.of(options.get(URL))
                    .filter(one -> !(one instanceof ServicePlace.BuiltIn))
                    .orElseThrow(() -> wrong(URL, "aws, or the URL of an endpoint of Lambda"));
            return new Code.Elsewhere(place);
        }
        if (options.containsKey(CLASS)) {
            only(CLASS, Set.of(CLASS, FOLDER, TIMEOUT, MEMORY, CONCURRENCY));
            Optional<Path> place =
                    options.containsKey(FOLDER) ? Optional.of(place()) : Optional.empty();
            return new Code.JavaClass(options.get(CLASS), place);
        }
        return new Code.Processes(folder(), required(RUNTIME), required(HANDLER), environment());
    }

    private Path folder() throws InvalidConfiguration {
        required(FOLDER);
        Path folder = place();
        if (!Files.isDirectory(folder)) {
            throw wrong(FOLDER, "a folder; there is none at " + folder);
        }
        return folder;
    }

    /// Of a class also a jar.
    private Path place() throws InvalidConfiguration {
        Path place = home.resolve(options.get(FOLDER)).toAbsolutePath().normalize();
        if (!Files.exists(place)) {
            throw wrong(FOLDER, "there; nothing is at " + place);
        }
        return place;
    }

    private Map<String, String> environment() {
        var variables = new TreeMap<String, String>();
        options.forEach((option, value) -> {
            if (option.startsWith(ENVIRONMENT)) {
                variables.put(option.substring(ENVIRONMENT.length()), value);
            }
        });
        return Map.copyOf(variables);
    }

    private String required(String option) throws InvalidConfiguration {
        String value = options.get(option);
        if (value == null || value.isEmpty()) {
            throw new InvalidConfiguration(
                    ("%s: the function %s has no %s. It needs function.%2$s.folder, .runtime and .handler; or .class; "
                                    + "or .url.")
                            .formatted(origin, name, option));
        }
        return value;
    }

    private void only(String kind, Set<String> allowed) throws InvalidConfiguration {
        for (String option : options.keySet()) {
            if (!allowed.contains(option)) {
                throw new InvalidConfiguration(
                        "%s: the function %s has a %s and can therefore have no %s."
                                .formatted(origin, name, kind, option));
            }
        }
    }

    private int number(String option, int min, int max, int byDefault) throws InvalidConfiguration {
        String text = options.get(option);
        if (text == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw wrong(option, "a number from %d to %d".formatted(min, max));
    }

    private InvalidConfiguration wrong(String option, String form) {
        return InvalidConfiguration.of(
                Family.FUNCTION.key(name + "." + option), options.get(option), origin, form);
    }
}
