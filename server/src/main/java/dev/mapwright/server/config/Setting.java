package dev.mapwright.server.config;

import java.util.Optional;
import java.util.stream.Stream;

/// The settings by the names that a configuration file uses.
public enum Setting {
    HOST("host", "127.0.0.1", "a name or address of this machine"),
    PORT("port", "4566", "a number from 0 to 65535"),
    DATA("data", "mapwright-data", "a folder"),
    DURABILITY("durability", "fsync", "fsync or os"),
    REGION("region", "us-east-1", "the name of a region, like us-east-1"),
    ACCOUNT("account", "123456789012", "an account number of 12 digits"),
    FUNCTION_PROCESSES("functions.processes", "10", "a number from 1 to 1000"),
    QUOTAS("quotas", "aws", "aws or unlimited"),
    RETENTION("retention", "90d", "a time like 90d, 12h, 30m or 45s, or forever"),
    ATHENA_QUERIES("athena.queries", "4", "a number from 1 to 64"),
    ATHENA_MEMORY("athena.memory", "512", "a number of megabytes from 64 to 1000000"),
    PLUGINS("plugins", "mapwright-plugins", "a folder");

    private final String key;
    private final String byDefault;
    private final String form;

    Setting(String key, String byDefault, String form) {
        this.key = key;
        this.byDefault = byDefault;
        this.form = form;
    }

    public String key() {
        return key;
    }

    String byDefault() {
        return byDefault;
    }

    String form() {
        return form;
    }

    static Optional<Setting> ofKey(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }
}
