package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

/// SQS's words for what it refuses.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
final class SqsErrors implements RequestMembers.Errors {
    private static final int NOT_FOUND = 404;

    @Override
    public RefusedRequest missing(String name) {
        return new RefusedRequest(
                "MissingParameter", "The request must contain the parameter %s.".formatted(name));
    }

    @Override
    public RefusedRequest invalid(String name, Object value, String problem) {
        return invalidValue(name, value, problem);
    }

    static RefusedRequest invalidValue(String name, Object value, String problem) {
        return new RefusedRequest(
                "InvalidParameterValue",
                "Value %s for parameter %s is invalid. Reason: %s%s."
                        .formatted(
                                value,
                                name,
                                Character.toUpperCase(problem.charAt(0)),
                                problem.substring(1)));
    }

    static RefusedRequest noSuchQueue() {
        return new RefusedRequest("QueueDoesNotExist", "The specified queue does not exist.");
    }

    static RefusedRequest invalidAddress(String url) {
        return new RefusedRequest(
                "InvalidAddress",
                "The address %s is not valid for this endpoint.".formatted(url),
                NOT_FOUND);
    }

    static RefusedRequest invalidHandle(String handle) {
        return new RefusedRequest(
                "ReceiptHandleIsInvalid",
                "The input receipt handle \"%s\" is not a valid receipt handle.".formatted(handle));
    }
}
