package dev.mapwright.asl.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An error name and its cause, as the States Language sees them: data, not an exception. Either
/// may be absent (a Fail state without `Cause`, a StopExecution without `error`).
public record Failure(Optional<String> error, Optional<String> cause) {
    public static Failure of(String error, String cause) {
        return new Failure(Optional.of(error), Optional.of(cause));
    }

    public static Failure of(String error) {
        return new Failure(Optional.of(error), Optional.empty());
    }

    /// The error name, or the empty string.
    public String name() {
        return error.orElse("");
    }

    /// `{"Error": …, "Cause": …}`: what a catcher's state is given. Absent members are left out.
    public Map<String, Object> asErrorOutput() {
        var output = new LinkedHashMap<String, Object>();
        error.ifPresent(value -> output.put("Error", value));
        cause.ifPresent(value -> output.put("Cause", value));
        return output;
    }
}
