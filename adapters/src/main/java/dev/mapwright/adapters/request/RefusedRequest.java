package dev.mapwright.adapters.request;

/// A request that a service would refuse, with the error name and message it would send. It carries
/// no stack trace: it is an answer.
public final class RefusedRequest extends RuntimeException {
    private static final int BAD_REQUEST = 400;

    private final String code;
    private final int status;

    /// @param code the service's name for the error, without a namespace: `QueueDoesNotExist`
    /// @param status of HTTP
    public RefusedRequest(String code, String message, int status) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    public RefusedRequest(String code, String message) {
        this(code, message, BAD_REQUEST);
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }
}
