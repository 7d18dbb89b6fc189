package dev.mapwright.server.config;

/// Settings that cannot be. The message is for the user: which one, where it came from, what it may
/// be.
public final class InvalidConfiguration extends Exception {
    InvalidConfiguration(String message) {
        super(message, null, false, false);
    }

    static InvalidConfiguration of(String key, String value, String origin, String form) {
        return new InvalidConfiguration("The setting %s is '%s' (%s), but has to be %s."
                .formatted(key, value, origin, form));
    }
}
