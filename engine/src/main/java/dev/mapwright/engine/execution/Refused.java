package dev.mapwright.engine.execution;

/// The caller's mistake, with AWS's name for it: `ExecutionDoesNotExist`, `InvalidDefinition`, …
/// and AWS's message.
public final class Refused extends Exception {
    private final String code;

    public Refused(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
