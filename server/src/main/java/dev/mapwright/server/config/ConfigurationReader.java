package dev.mapwright.server.config;

import dev.mapwright.server.config.Configuration.Athena;
import dev.mapwright.server.config.Configuration.Durability;
import dev.mapwright.server.config.Configuration.Quotas;
import dev.mapwright.server.config.Family.Member;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a [Configuration] of settings as they are written, and refuses what it cannot be.
final class ConfigurationReader {
    private static final int PORT_MAX = 65_535;
    private static final int FUNCTION_PROCESSES_MAX = 1_000;
    private static final int QUERIES_MAX = 64;
    private static final int MEGABYTES_MIN = 64;
    private static final int MEGABYTES_MAX = 1_000_000;
    private static final String COMMAND_LINE = "command line";

    private final PlainSettings plain;
    private final FamilySettings families;
    private final Path home;

    /// @param home what relative paths of functions begin at
    private ConfigurationReader(PlainSettings plain, FamilySettings families, Path home) {
        this.plain = plain;
        this.families = families;
        this.home = home;
    }

    static Configuration read(Map<Setting, String> commandLine) throws InvalidConfiguration {
        return new ConfigurationReader(
                        PlainSettings.defaults().with(commandLine, COMMAND_LINE),
                        new FamilySettings(new TreeMap<>(), "default"),
                        Path.of(""))
                .configuration();
    }

    static Configuration read(Path file, Map<Setting, String> commandLine)
            throws InvalidConfiguration {
        var plain = new EnumMap<Setting, String>(Setting.class);
        var families = new TreeMap<Member, String>();
        Properties properties = properties(file);
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).strip();
            Optional<Setting> setting = Setting.ofKey(key);
            if (setting.isPresent()) {
                plain.put(setting.get(), value);
            } else {
                families.put(
                        Family.ofKey(key)
                                .orElseThrow(() -> new InvalidConfiguration(
                                        "%s: there is no setting '%s'. There are: %s."
                                                .formatted(file, key, allKeys()))),
                        value);
            }
        }
        return new ConfigurationReader(
                        PlainSettings.defaults()
                                .with(plain, file.toString())
                                .with(commandLine, COMMAND_LINE),
                        new FamilySettings(families, file.toString()),
                        file.toAbsolutePath().getParent())
                .configuration();
    }

    private Configuration configuration() throws InvalidConfiguration {
        Map<String, ServicePlace> places = families.places();
        return new Configuration(
                plain.text(Setting.HOST),
                plain.number(Setting.PORT, 0, PORT_MAX),
                Path.of(plain.text(Setting.DATA)),
                Path.of(plain.text(Setting.PLUGINS)),
                plain.choice(
                        Setting.DURABILITY, Map.of("fsync", Durability.FSYNC, "os", Durability.OS)),
                plain.matching(Setting.REGION, "[a-z]{2}(-[a-z]+)+-\\d"),
                plain.matching(Setting.ACCOUNT, "\\d{12}"),
                plain.number(Setting.FUNCTION_PROCESSES, 1, FUNCTION_PROCESSES_MAX),
                functions(places),
                plain.choice(
                        Setting.QUOTAS, Map.of("aws", Quotas.AWS, "unlimited", Quotas.UNLIMITED)),
                plain.time(Setting.RETENTION),
                places,
                new Athena(
                        plain.number(Setting.ATHENA_QUERIES, 1, QUERIES_MAX),
                        plain.number(Setting.ATHENA_MEMORY, MEGABYTES_MIN, MEGABYTES_MAX)),
                families.of(Family.PARAMETER),
                families.of(Family.SECRET),
                DispatchRate.of(families.of(Family.DISPATCH), families.origin()),
                ServiceAccess.of(families.parts(Family.SERVICE)),
                ConnectionSettings.of(families.parts(Family.CONNECTION)),
                Stream.concat(plain.sources(), families.sources()).toList());
    }

    private List<FunctionDeclaration> functions(Map<String, ServicePlace> places)
            throws InvalidConfiguration {
        List<FunctionDeclaration> functions = FunctionReader.read(
                new TreeMap<>(families.of(Family.FUNCTION)), families.origin(), home);
        boolean isHere =
                places.getOrDefault(BuiltInService.LAMBDA.module(), new ServicePlace.BuiltIn())
                        instanceof ServicePlace.BuiltIn;
        if (!isHere && !functions.isEmpty()) {
            throw new InvalidConfiguration(
                    "%s: Lambda is elsewhere (service.lambda), so that function.%s.* cannot be declared here."
                            .formatted(families.origin(), functions.getFirst().name()));
        }
        return functions;
    }

    private static Properties properties(Path file) throws InvalidConfiguration {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (NoSuchFileException missing) {
            throw new InvalidConfiguration("There is no configuration file %s.".formatted(file));
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
}
