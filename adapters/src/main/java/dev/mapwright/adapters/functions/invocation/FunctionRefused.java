package dev.mapwright.adapters.functions.invocation;

/// Lambda says no, before any function had a say.
public final class FunctionRefused extends Exception {
    private final Code code;

    /// The errors of Lambda's API, and what HTTP status they have.
    /// https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html
    public enum Code {
        CODE_STORAGE_EXCEEDED("CodeStorageExceededException", 400),
        INVALID_PARAMETER_VALUE("InvalidParameterValueException", 400),
        INVALID_REQUEST_CONTENT("InvalidRequestContentException", 400),
        INVALID_RUNTIME("InvalidRuntimeException", 502),
        POLICY_LENGTH_EXCEEDED("PolicyLengthExceededException", 400),
        PRECONDITION_FAILED("PreconditionFailedException", 412),
        REQUEST_TOO_LARGE("RequestTooLargeException", 413),
        RESOURCE_CONFLICT("ResourceConflictException", 409),
        RESOURCE_NOT_FOUND("ResourceNotFoundException", 404),
        SERVICE("ServiceException", 500),
        TOO_MANY_REQUESTS("TooManyRequestsException", 429),
        UNKNOWN_OPERATION("UnknownOperationException", 404),
        VALIDATION("ValidationException", 400),
        /// Another Lambda did not answer.
        CLIENT("SdkClientException", 0),
        /// What another Lambda answered and has no name here.
        OTHER("LambdaException", 400);

        private final String text;
        private final int status;

        Code(String text, int status) {
            this.text = text;
            this.status = status;
        }

        public String text() {
            return text;
        }

        public int status() {
            return status;
        }
    }

    public FunctionRefused(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public static FunctionRefused invalid(String message) {
        return new FunctionRefused(Code.INVALID_PARAMETER_VALUE, message);
    }

    public Code code() {
        return code;
    }
}
