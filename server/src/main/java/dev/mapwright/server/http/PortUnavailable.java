package dev.mapwright.server.http;

/// A port cannot be opened. The message is for the user: it says which one, why, and what to do.
public final class PortUnavailable extends Exception {
    PortUnavailable(String message) {
        super(message, null, false, false);
    }
}
