package dev.mapwright.server.api;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a state machine is told about logs, traces and encryption: checked as AWS does, and given
/// back on request. This engine writes no logs and traces, and encrypts nothing.
final class Configuration {
    private static final String LOGGING = "loggingConfiguration";
    private static final String TRACING = "tracingConfiguration";
    private static final String ENCRYPTION = "encryptionConfiguration";
    private static final int KEY_CHARS_MAX = 2_048;
    private static final int KEY_REUSE_SECONDS_MIN = 60;
    private static final int KEY_REUSE_SECONDS_MAX = 900;
    private static final int KEY_REUSE_SECONDS_DEFAULT = 300;
    private static final Pattern LOG_GROUP =
            Pattern.compile("arn:aws[a-z-]*:logs:[a-z0-9-]+:\\d{12}:log-group:[^:*]+:\\*");

    private enum Level {
        ALL,
        ERROR,
        FATAL,
        OFF
    }

    private enum KeyType {
        AWS_OWNED_KEY,
        CUSTOMER_MANAGED_KMS_KEY
    }

    private record Logging(
            Level level, boolean withData, Optional<List<Optional<String>>> logGroupArns) {}

    private record Encryption(KeyType type, Optional<String> key, Optional<Integer> reuseSeconds) {}

    private static final Encryption OWNED =
            new Encryption(KeyType.AWS_OWNED_KEY, Optional.empty(), Optional.empty());

    private final Optional<Logging> logging;
    private final Optional<Boolean> tracing;
    private final Optional<Encryption> encryption;

    private Configuration(
            Optional<Logging> logging, Optional<Boolean> tracing, Optional<Encryption> encryption) {
        this.logging = logging;
        this.tracing = tracing;
        this.encryption = encryption;
    }

    static Configuration read(Parameters in) throws Refused {
        Optional<Parameters> logging = in.object(LOGGING);
        Optional<Parameters> tracing = in.object(TRACING);
        Optional<Parameters> encryption = in.object(ENCRYPTION);
        return new Configuration(
                logging.isPresent() ? Optional.of(logging(logging.get())) : Optional.empty(),
                tracing.isPresent()
                        ? Optional.of(tracing.get().flag("enabled").orElse(false))
                        : Optional.empty(),
                encryption.isPresent()
                        ? Optional.of(encryption(encryption.get()))
                        : Optional.empty());
    }

    private static Logging logging(Parameters in) throws Refused {
        Level level = in.choice("level", Level.ALL, Level.ERROR, Level.FATAL, Level.OFF)
                .orElse(Level.OFF);
        boolean withData = in.flag("includeExecutionData").orElse(false);
        Optional<List<Parameters>> destinations = in.objects("destinations");
        if (destinations.isEmpty()) {
            return new Logging(level, withData, Optional.empty());
        }
        var arns = new ArrayList<Optional<String>>();
        for (Parameters destination : destinations.get()) {
            Optional<Parameters> group = destination.object("cloudWatchLogsLogGroup");
            arns.add(
                    group.isPresent()
                            ? group.get().text("logGroupArn", Parameters.ARN_CHARS_MAX)
                            : Optional.empty());
        }
        return new Logging(level, withData, Optional.of(arns));
    }

    private static Encryption encryption(Parameters in) throws Refused {
        Optional<KeyType> type =
                in.choice("type", KeyType.AWS_OWNED_KEY, KeyType.CUSTOMER_MANAGED_KMS_KEY);
        in.requirePresence("type");
        return new Encryption(
                type.orElse(KeyType.AWS_OWNED_KEY),
                in.text("kmsKeyId", KEY_CHARS_MAX),
                in.number(
                                "kmsDataKeyReusePeriodSeconds",
                                KEY_REUSE_SECONDS_MIN,
                                KEY_REUSE_SECONDS_MAX)
                        .map(Long::intValue));
    }

    /// Whether any of it was given.
    boolean isGiven() {
        return logging.isPresent() || tracing.isPresent() || encryption.isPresent();
    }

    /// What was given.
    Json given() throws Refused {
        var members = new LinkedHashMap<String, Object>();
        if (logging.isPresent()) {
            members.put(LOGGING, checked(logging.get()));
        }
        tracing.ifPresent(enabled -> members.put(TRACING, Map.of("enabled", enabled)));
        if (encryption.isPresent()) {
            members.put(ENCRYPTION, checked(encryption.get()));
        }
        return Json.of(members);
    }

    /// The encryption alone, which is all that activities have.
    Json encryption() throws Refused {
        return Json.of(checked(encryption.orElse(OWNED)));
    }

    /// With AWS's defaults for what was not given.
    Json complete() throws Refused {
        return new Configuration(
                        logging.or(
                                () -> Optional.of(new Logging(Level.OFF, false, Optional.empty()))),
                        tracing.or(() -> Optional.of(false)),
                        encryption.or(() -> Optional.of(OWNED)))
                .given();
    }

    private static Map<String, Object> checked(Logging logging) throws Refused {
        List<Optional<String>> destinations = logging.logGroupArns().orElse(List.of());
        if (destinations.size() > 1 || (destinations.isEmpty() && logging.level() != Level.OFF)) {
            throw invalidLogging("Must specify exactly one Log Destination.");
        }
        for (Optional<String> arn : destinations) {
            if (arn.filter(text -> LOG_GROUP.matcher(text).matches()).isEmpty()) {
                throw invalidLogging("Log Destination not found.");
            }
        }
        return new Members()
                .with("level", logging.level().name())
                .with("includeExecutionData", logging.withData())
                .with("destinations", logging.logGroupArns().map(Configuration::shown))
                .tree();
    }

    private static List<Map<String, Object>> shown(List<Optional<String>> logGroupArns) {
        return logGroupArns.stream()
                .map(arn -> new Members()
                        .with("cloudWatchLogsLogGroup", new Members().with("logGroupArn", arn))
                        .tree())
                .toList();
    }

    private static Refused invalidLogging(String why) {
        return new Refused("InvalidLoggingConfiguration", "Invalid Logging Configuration: " + why);
    }

    private static Map<String, Object> checked(Encryption encryption) throws Refused {
        var members = new Members().with("type", encryption.type().name());
        return switch (encryption.type()) {
            case AWS_OWNED_KEY -> {
                if (encryption.key().isPresent() || encryption.reuseSeconds().isPresent()) {
                    throw invalidEncryption(
                            "kmsKeyId and kmsDataKeyReusePeriodSeconds need the type CUSTOMER_MANAGED_KMS_KEY.");
                }
                yield members.tree();
            }
            case CUSTOMER_MANAGED_KMS_KEY -> {
                if (encryption.key().isEmpty()) {
                    throw invalidEncryption("The type CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId.");
                }
                yield members.with("kmsKeyId", encryption.key())
                        .with(
                                "kmsDataKeyReusePeriodSeconds",
                                encryption.reuseSeconds().orElse(KEY_REUSE_SECONDS_DEFAULT))
                        .tree();
            }
        };
    }

    private static Refused invalidEncryption(String why) {
        return new Refused(
                "InvalidEncryptionConfiguration", "Invalid Encryption Configuration: " + why);
    }
}
