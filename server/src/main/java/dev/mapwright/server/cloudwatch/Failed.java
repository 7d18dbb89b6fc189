package dev.mapwright.server.cloudwatch;

/// A request that CloudWatch would refuse.
final class Failed extends Exception {
    private final Fault fault;

    Failed(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /// In AWS's words, and why.
    static Failed invalid(String parameter, Object value, String problem) {
        return new Failed(
                Fault.INVALID_VALUE,
                "The value %s for parameter %s is invalid. %s"
                        .formatted(shown(value), parameter, problem));
    }

    static Failed missing(String parameter) {
        return new Failed(Fault.MISSING, "The parameter %s is required.".formatted(parameter));
    }

    Fault fault() {
        return fault;
    }

    private static final int SHOWN_CHARS_MAX = 100;

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
