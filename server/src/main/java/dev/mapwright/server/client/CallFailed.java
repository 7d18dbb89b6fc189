package dev.mapwright.server.client;

/// A service refused a call. The message names the operation and gives the service's own words.
public final class CallFailed extends Exception {
    private final String code;

    CallFailed(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /// The service's name for the error, without its namespace.
    public String code() {
        return code;
    }
}
