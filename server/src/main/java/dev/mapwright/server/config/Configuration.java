package dev.mapwright.server.config;

import dev.mapwright.server.config.Family.Member;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that can be set, checked.
///
/// @param port 0 chooses a free one
/// @param functionProcesses at once, of each function
/// @param functions those that are declared here
/// @param quotas what executions and map runs may have
/// @param retention how long executions are kept after they have ended; absent: for ever
/// @param services those with a place of their own, by the name of the package in the AWS SDK for
///     Java: `s3`, `glue`
/// @param athena how queries run
/// @param parameters values of the parameter store, by name
/// @param secrets values of the secrets manager, by name
/// @param rates how fast map runs start children at first, by their label
/// @param access how services are called that are not called as all others, by the same names
/// @param connections of HTTP Tasks, by name
/// @param plugins a folder of further modules of the AWS SDK, which need not exist
/// @param sources one line per setting, for the log: name, value, where it came from
public record Configuration(
        String host,
        int port,
        Path data,
        Path plugins,
        Durability durability,
        String region,
        String account,
        int functionProcesses,
        List<FunctionDeclaration> functions,
        Quotas quotas,
        Optional<Duration> retention,
        Map<String, ServicePlace> services,
        Athena athena,
        Map<String, String> parameters,
        Map<String, String> secrets,
        Map<String, DispatchRate> rates,
        Map<String, ServiceAccess> access,
        Map<String, ConnectionSettings> connections,
        List<String> sources) {
    private static final int PORT_MAX = 65_535;
    private static final int FUNCTION_PROCESSES_MAX = 1_000;
    private static final int QUERIES_MAX = 64;
    private static final int MEGABYTES_MIN = 64;
    private static final int MEGABYTES_MAX = 1_000_000;

    /// @param queriesMax how many run at once
    /// @param memoryMegabytes of each query
    public record Athena(int queriesMax, int memoryMegabytes) {}

    /// Settings of families, sorted by family and name, each with the file that it came from.
    private record Named(Map<Member, String> values, String origin) {}

    /// How far a write has gone when it is acknowledged.
    public enum Durability {
        /// On the disk: survives a power cut.
        FSYNC,
        /// With the operating system: survives the end of the process only.
        OS
    }

    /// What executions and map runs may have.
    public enum Quotas {
        /// What AWS allows.
        AWS,
        /// What this program can bear.
        UNLIMITED
    }

    /// Reads `file`, a Java properties file in UTF-8, if given; what `commandLine` sets wins.
    public static Configuration read(Optional<Path> file, Map<Setting, String> commandLine)
            throws InvalidConfiguration {
        var values = new EnumMap<Setting, String>(Setting.class);
        var origins = new EnumMap<Setting, String>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.byDefault());
            origins.put(setting, "default");
        }
        var named = new TreeMap<Member, String>();
        String origin = file.map(Path::toString).orElse("default");
        if (file.isPresent()) {
            Properties properties = readFile(file.get());
            for (String key : properties.stringPropertyNames()) {
                String value = properties.getProperty(key).strip();
                Optional<Setting> setting = Setting.ofKey(key);
                Optional<Member> member = Family.ofKey(key);
                if (setting.isPresent()) {
                    values.put(setting.get(), value);
                    origins.put(setting.get(), origin);
                } else if (member.isPresent()) {
                    named.put(member.get(), value);
                } else {
                    throw new InvalidConfiguration("%s: there is no setting '%s'. There are: %s."
                            .formatted(origin, key, allKeys()));
                }
            }
        }
        commandLine.forEach((setting, value) -> {
            values.put(setting, value);
            origins.put(setting, "command line");
        });
        Stream<String> plain = Stream.of(Setting.values())
                .map(setting -> source(setting.key(), values.get(setting), origins.get(setting)));
        Stream<String> families = named.entrySet().stream()
                .map(one -> source(one.getKey().key(), one.getKey().shown(one.getValue()), origin));
        return new Configuration(
                values.get(Setting.HOST),
                number(Setting.PORT, 0, PORT_MAX, values, origins),
                Path.of(values.get(Setting.DATA)),
                Path.of(values.get(Setting.PLUGINS)),
                durability(values.get(Setting.DURABILITY), origins.get(Setting.DURABILITY)),
                matching(Setting.REGION, "[a-z]{2}(-[a-z]+)+-\\d", values, origins),
                matching(Setting.ACCOUNT, "\\d{12}", values, origins),
                number(Setting.FUNCTION_PROCESSES, 1, FUNCTION_PROCESSES_MAX, values, origins),
                functions(named, origin, file),
                quotas(values.get(Setting.QUOTAS), origins.get(Setting.QUOTAS)),
                retention(values, origins),
                places(named, origin),
                new Athena(
                        number(Setting.ATHENA_QUERIES, 1, QUERIES_MAX, values, origins),
                        number(
                                Setting.ATHENA_MEMORY,
                                MEGABYTES_MIN,
                                MEGABYTES_MAX,
                                values,
                                origins)),
                members(Family.PARAMETER, named),
                members(Family.SECRET, named),
                DispatchRate.of(members(Family.DISPATCH, named), origin),
                access(named),
                ConnectionSettings.of(parts(named, Family.CONNECTION)),
                Stream.concat(plain, families).toList());
    }

    /// Whether a service that comes with the product is the one to use.
    public boolean isBuiltIn(BuiltInService service) {
        return place(service) instanceof ServicePlace.BuiltIn;
    }

    /// Where a built-in service is to be found.
    public ServicePlace place(BuiltInService service) {
        return services.getOrDefault(service.module(), new ServicePlace.BuiltIn());
    }

    /// How a service is called.
    public ServiceAccess access(String module) {
        return access.getOrDefault(module, ServiceAccess.USUAL);
    }

    private static Map<String, ServiceAccess> access(Map<Member, String> named)
            throws InvalidConfiguration {
        var access = new TreeMap<String, ServiceAccess>();
        for (Map.Entry<String, Map<String, String>> one :
                parts(named, Family.SERVICE).entrySet()) {
            for (String part : one.getValue().keySet()) {
                if (!ServiceAccess.PARTS.contains(part)) {
                    throw new InvalidConfiguration(
                            "There is no setting service.%s.%s. A service has: %s."
                                    .formatted(
                                            one.getKey(),
                                            part,
                                            String.join(
                                                    ", ",
                                                    ServiceAccess.PARTS.stream()
                                                            .sorted()
                                                            .toList())));
                }
            }
            access.put(one.getKey(), ServiceAccess.of(one.getKey(), one.getValue()));
        }
        return Map.copyOf(access);
    }

    /// The settings of a family that have a part, by owner and part.
    private static Map<String, Map<String, String>> parts(
            Map<Member, String> named, Family family) {
        var parts = new TreeMap<String, Map<String, String>>();
        named.forEach((member, value) -> {
            if (member.family() == family && member.part().isPresent()) {
                parts.computeIfAbsent(member.owner(), _ -> new TreeMap<>())
                        .put(member.part().get(), value);
            }
        });
        return parts;
    }

    private static String source(String key, String value, String origin) {
        return "%s = %s (%s)".formatted(key, value, origin);
    }

    private static Properties readFile(Path file) throws InvalidConfiguration {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new InvalidConfiguration(
                    "Cannot read the configuration file %s: %s".formatted(file, unreadable));
        }
    }

    private static String allKeys() {
        return Stream.concat(
                        Stream.of(Setting.values()).map(Setting::key),
                        Stream.of(Family.values()).map(Family::pattern))
                .collect(Collectors.joining(", "));
    }

    private static int number(
            Setting setting,
            int min,
            int max,
            Map<Setting, String> values,
            Map<Setting, String> origins)
            throws InvalidConfiguration {
        String text = values.get(setting);
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw invalid(setting, text, origins.get(setting), setting.form());
    }

    private static Map<String, String> members(Family family, Map<Member, String> named) {
        return named.entrySet().stream()
                .filter(one -> one.getKey().family() == family)
                .collect(Collectors.toUnmodifiableMap(
                        one -> one.getKey().name(), Map.Entry::getValue));
    }

    private static Durability durability(String text, String origin) throws InvalidConfiguration {
        return switch (text) {
            case "fsync" -> Durability.FSYNC;
            case "os" -> Durability.OS;
            default -> throw invalid(Setting.DURABILITY, text, origin, "fsync or os");
        };
    }

    private static Optional<Duration> retention(
            Map<Setting, String> values, Map<Setting, String> origins) throws InvalidConfiguration {
        String text = values.get(Setting.RETENTION);
        if (text.equals("forever")) {
            return Optional.empty();
        }
        matching(Setting.RETENTION, "[1-9]\\d{0,5}[dhms]", values, origins);
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return Optional.of(
                switch (text.charAt(text.length() - 1)) {
                    case 'd' -> Duration.ofDays(number);
                    case 'h' -> Duration.ofHours(number);
                    case 'm' -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    private static Quotas quotas(String text, String origin) throws InvalidConfiguration {
        return switch (text) {
            case "aws" -> Quotas.AWS;
            case "unlimited" -> Quotas.UNLIMITED;
            default -> throw invalid(Setting.QUOTAS, text, origin, Setting.QUOTAS.form());
        };
    }

    private static String matching(
            Setting setting,
            String pattern,
            Map<Setting, String> values,
            Map<Setting, String> origins)
            throws InvalidConfiguration {
        String value = values.get(setting);
        if (!value.matches(pattern)) {
            throw invalid(setting, value, origins.get(setting), setting.form());
        }
        return value;
    }

    /// Relative paths begin at the configuration file.
    private static List<FunctionDeclaration> functions(
            Map<Member, String> named, String origin, Optional<Path> file)
            throws InvalidConfiguration {
        var settings = new TreeMap<>(members(Family.FUNCTION, named));
        Path home = file.map(one -> one.toAbsolutePath().getParent()).orElse(Path.of(""));
        List<FunctionDeclaration> functions = FunctionReader.read(settings, origin, home);
        boolean here = places(named, origin)
                        .getOrDefault(BuiltInService.LAMBDA.module(), new ServicePlace.BuiltIn())
                instanceof ServicePlace.BuiltIn;
        if (!here && !functions.isEmpty()) {
            throw new InvalidConfiguration(
                    "%s: Lambda is elsewhere (service.lambda), so that function.%s.* cannot be declared here."
                            .formatted(origin, functions.getFirst().name()));
        }
        return functions;
    }

    private static Map<String, ServicePlace> places(Map<Member, String> named, String origin)
            throws InvalidConfiguration {
        var places = new TreeMap<String, ServicePlace>();
        for (Map.Entry<Member, String> one : named.entrySet()) {
            if (one.getKey().family() == Family.SERVICE && one.getKey().part().isEmpty()) {
                String value = one.getValue();
                ServicePlace place = ServicePlace.of(value)
                        .orElseThrow(() -> invalid(one.getKey(), value, origin));
                boolean canBe = !(place instanceof ServicePlace.BuiltIn)
                        || BuiltInService.ofModule(one.getKey().name()).isPresent();
                if (!canBe) {
                    throw new InvalidConfiguration(
                            "The setting %s is 'built-in' (%s), but there is no such service here. There are: %s."
                                    .formatted(
                                            one.getKey().key(), origin, BuiltInService.modules()));
                }
                places.put(one.getKey().name(), place);
            }
        }
        return Map.copyOf(places);
    }

    private static InvalidConfiguration invalid(Member member, String value, String origin) {
        return invalid(member.key(), value, origin, member.family().form());
    }

    private static InvalidConfiguration invalid(
            Setting setting, String value, String origin, String form) {
        return invalid(setting.key(), value, origin, form);
    }

    private static InvalidConfiguration invalid(
            String key, String value, String origin, String form) {
        return new InvalidConfiguration("The setting %s is '%s' (%s), but has to be %s."
                .formatted(key, value, origin, form));
    }
}
