package dev.mapwright.server.demo;

/// The demonstration could not be run, or its result is not what the input says. The message is for
/// the user.
public final class DemoFailed extends Exception {
    DemoFailed(String message) {
        super(message, null, false, false);
    }
}
