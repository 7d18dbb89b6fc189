package dev.mapwright.adapters.patterns;

/// Text that is no pattern. The message says what is wrong with it, as a sentence.
public final class InvalidPattern extends Exception {
    InvalidPattern(String message) {
        super(message, null, false, false);
    }
}
