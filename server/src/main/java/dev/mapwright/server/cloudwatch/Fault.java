package dev.mapwright.server.cloudwatch;

/// What CloudWatch calls its errors: one name in its model, which JSON and CBOR use, and one in the
/// Query protocol.
enum Fault {
    INVALID_VALUE("InvalidParameterValueException", "InvalidParameterValue", 400),
    INVALID_COMBINATION("InvalidParameterCombinationException", "InvalidParameterCombination", 400),
    MISSING("MissingRequiredParameterException", "MissingParameter", 400),
    LIMIT_EXCEEDED("LimitExceededFault", "LimitExceeded", 400),
    NOT_FOUND("ResourceNotFound", "ResourceNotFound", 404),
    INVALID_TOKEN("InvalidNextToken", "InvalidNextToken", 400),
    UNKNOWN_OPERATION("UnknownOperationException", "InvalidAction", 400),
    MALFORMED("SerializationException", "MalformedInput", 400),
    TOO_LARGE("RequestEntityTooLargeException", "RequestEntityTooLarge", 413);

    private final String shape;
    private final String queryCode;
    private final int status;

    Fault(String shape, String queryCode, int status) {
        this.shape = shape;
        this.queryCode = queryCode;
        this.status = status;
    }

    String shape() {
        return shape;
    }

    String queryCode() {
        return queryCode;
    }

    int status() {
        return status;
    }
}
