package dev.mapwright.engine.execution;

import java.util.Optional;

/// The caller's mistake, with AWS's name for it: `ExecutionDoesNotExist`, `InvalidDefinition`, …
/// and AWS's message.
public final class Refused extends Exception {
    private final String code;
    private final transient Optional<String> reason;

    public Refused(String code, String message) {
        this(code, message, Optional.empty());
    }

    /// @param reason member `reason` of a ValidationException
    public Refused(String code, String message, Optional<String> reason) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    public String code() {
        return code;
    }

    public Optional<String> reason() {
        return reason;
    }
}
