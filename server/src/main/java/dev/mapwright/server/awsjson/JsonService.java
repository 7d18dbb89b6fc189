package dev.mapwright.server.awsjson;

/// How clients speak with one service.
///
/// @param name for messages: `Step Functions`
/// @param targetPrefix what stands before the operation in `X-Amz-Target`: `AWSStepFunctions`
/// @param requestBytesMax of the body
/// @param violationCode the error of a request that breaks the constraints of the service model
public record JsonService(
        String name,
        String targetPrefix,
        Version version,
        int requestBytesMax,
        String violationCode) {
    /// What most services call it.
    public static final String VALIDATION = "ValidationException";

    /// The protocol's version, which only its content type tells.
    public enum Version {
        JSON_1_0("application/x-amz-json-1.0"),
        JSON_1_1("application/x-amz-json-1.1");

        private final String contentType;

        Version(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }
}
