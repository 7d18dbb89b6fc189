package dev.mapwright.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that can be set, checked.
///
/// @param port 0 chooses a free one
/// @param sources one line per setting, for the log: name, value, where it came from
public record Configuration(
        String host,
        int port,
        Path data,
        Durability durability,
        String region,
        String account,
        ServicePlace s3,
        ServicePlace dynamoDb,
        List<String> sources) {
    private static final int PORT_MAX = 65_535;

    /// How far a write has gone when it is acknowledged.
    public enum Durability {
        /// On the disk: survives a power cut.
        FSYNC,
        /// With the operating system: survives the end of the process only.
        OS
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
        if (file.isPresent()) {
            readFile(file.get()).forEach((setting, value) -> {
                values.put(setting, value);
                origins.put(setting, file.get().toString());
            });
        }
        commandLine.forEach((setting, value) -> {
            values.put(setting, value);
            origins.put(setting, "command line");
        });
        List<String> sources = Stream.of(Setting.values())
                .map(setting -> "%s = %s (%s)"
                        .formatted(setting.key(), values.get(setting), origins.get(setting)))
                .toList();
        return new Configuration(
                values.get(Setting.HOST),
                port(values.get(Setting.PORT), origins.get(Setting.PORT)),
                Path.of(values.get(Setting.DATA)),
                durability(values.get(Setting.DURABILITY), origins.get(Setting.DURABILITY)),
                matching(Setting.REGION, "[a-z]{2}(-[a-z]+)+-\\d", values, origins),
                matching(Setting.ACCOUNT, "\\d{12}", values, origins),
                place(Setting.S3, values, origins),
                place(Setting.DYNAMODB, values, origins),
                sources);
    }

    private static Map<Setting, String> readFile(Path file) throws InvalidConfiguration {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new InvalidConfiguration(
                    "Cannot read the configuration file %s: %s".formatted(file, unreadable));
        }
        var settings = new EnumMap<Setting, String>(Setting.class);
        for (String key : properties.stringPropertyNames()) {
            Setting setting = Setting.ofKey(key)
                    .orElseThrow(() ->
                            new InvalidConfiguration("%s: there is no setting '%s'. There are: %s."
                                    .formatted(file, key, allKeys())));
            settings.put(setting, properties.getProperty(key).strip());
        }
        return settings;
    }

    private static String allKeys() {
        return Stream.of(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    private static int port(String text, String origin) throws InvalidConfiguration {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw invalid(Setting.PORT, text, origin, "a number from 0 to " + PORT_MAX);
    }

    private static Durability durability(String text, String origin) throws InvalidConfiguration {
        return switch (text) {
            case "fsync" -> Durability.FSYNC;
            case "os" -> Durability.OS;
            default -> throw invalid(Setting.DURABILITY, text, origin, "fsync or os");
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

    private static ServicePlace place(
            Setting setting, Map<Setting, String> values, Map<Setting, String> origins)
            throws InvalidConfiguration {
        String value = values.get(setting);
        return ServicePlace.of(value)
                .orElseThrow(() -> invalid(setting, value, origins.get(setting), setting.form()));
    }

    private static InvalidConfiguration invalid(
            Setting setting, String value, String origin, String form) {
        return new InvalidConfiguration("The setting %s is '%s' (%s), but has to be %s."
                .formatted(setting.key(), value, origin, form));
    }
}
