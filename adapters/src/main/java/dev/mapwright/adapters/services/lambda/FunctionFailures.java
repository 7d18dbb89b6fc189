package dev.mapwright.adapters.services.lambda;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.services.envelope.Envelope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.TaskFailed;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// How Step Functions names what went wrong with a function.
final class FunctionFailures {
    private static final String SERVICE = "AWSLambda";
    private static final String UNKNOWN = "Lambda.Unknown";

    private FunctionFailures() {}

    /// The function, or the platform in its place, gave an error object: its `errorType` is the
    /// error, and all of it the cause.
    static TaskFailed ofFunction(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return errorType(text)
                .map(error -> TaskFailed.of(error, text))
                .orElseGet(() -> TaskFailed.of(
                        UNKNOWN,
                        "The cause could not be determined because Lambda did not return an error type. "
                                + "Returned payload: " + text));
    }

    private static Optional<String> errorType(String text) {
        try {
            return Json.parse(text).value() instanceof Map<?, ?> error
                            && error.get("errorType") instanceof String type
                            && !type.isEmpty()
                    ? Optional.of(type)
                    : Optional.empty();
        } catch (JsonSyntaxException notJson) {
            return Optional.empty();
        }
    }

    /// Lambda refused the call.
    static TaskFailed ofCall(FunctionRefused refused, String requestId) {
        FunctionRefused.Code code = refused.code();
        if (code == FunctionRefused.Code.CLIENT) {
            return TaskFailed.of("Lambda." + code.text(), refused.getMessage());
        }
        String name =
                switch (code) {
                    case OTHER, VALIDATION, UNKNOWN_OPERATION -> "AWSLambdaException";
                    case CLIENT,
                            CODE_STORAGE_EXCEEDED,
                            INVALID_PARAMETER_VALUE,
                            INVALID_REQUEST_CONTENT,
                            INVALID_RUNTIME,
                            POLICY_LENGTH_EXCEEDED,
                            PRECONDITION_FAILED,
                            REQUEST_TOO_LARGE,
                            RESOURCE_CONFLICT,
                            RESOURCE_NOT_FOUND,
                            SERVICE,
                            TOO_MANY_REQUESTS -> code.text();
                };
        return Envelope.failure(
                "Lambda." + name,
                refused.getMessage(),
                SERVICE,
                code.status(),
                code.text(),
                requestId);
    }
}
