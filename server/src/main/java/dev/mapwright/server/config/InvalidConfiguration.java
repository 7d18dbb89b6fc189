package dev.mapwright.server.config;

/// Settings that cannot be. The message is for the user: which one, where it came from, what it may
/// be.
public final class InvalidConfiguration extends Exception {
    InvalidConfiguration(String message) {
        super(message, null, false, false);
    }
}
