package dev.mapwright.asl.expression.intrinsic;

/// A function was given what it does not take; the message says which argument and what it takes.
final class InvalidArgument extends Exception {
    InvalidArgument(String message) {
        super(message, null, false, false);
    }
}
