package dev.mapwright.adapters.functions.invocation;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;

/// The error objects that Lambda makes itself, where a function could not.
public enum PlatformError {
    TIMED_OUT("Sandbox.Timedout"),
    EXITED("Runtime.ExitError"),
    NO_ENTRYPOINT("Runtime.InvalidEntrypoint"),
    RESPONSE_TOO_LARGE("Function.ResponseSizeTooLarge"),
    UNHANDLED("Runtime.Unknown");

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final String errorType;

    PlatformError(String errorType) {
        this.errorType = errorType;
    }

    public static byte[] timedOut(String requestId, Duration timeout) {
        return TIMED_OUT.of(
                requestId,
                String.format(
                        Locale.ROOT,
                        "Task timed out after %.2f seconds",
                        timeout.toMillis() / MILLIS_PER_SECOND));
    }

    /// @param reason what happened; `Error:` and the request's id are put before it
    public byte[] of(String requestId, String reason) {
        return text("RequestId: %s Error: %s".formatted(requestId, reason));
    }

    public static byte[] responseTooLarge(int bytesMax) {
        return RESPONSE_TOO_LARGE.text(
                "Response payload size exceeded maximum allowed payload size (%d bytes)."
                        .formatted(bytesMax));
    }

    private byte[] text(String message) {
        var members = new LinkedHashMap<String, Object>();
        members.put("errorType", errorType);
        members.put("errorMessage", message);
        return Json.of(members).text().getBytes(StandardCharsets.UTF_8);
    }
}
