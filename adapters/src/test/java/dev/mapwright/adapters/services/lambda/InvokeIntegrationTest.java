package dev.mapwright.adapters.services.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// `lambda:invoke` and the bare ARN of a function, with functions whose answers are scripted.
class InvokeIntegrationTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z"));

    @Test
    void aResultCarriesTheEnvelopeOfLambdasAnswer() throws Exception {
        assertEquals(
                Json.parse("""
                        {"ExecutedVersion": "3", "Payload": {"a": [1]}, "StatusCode": 200,
                         "SdkHttpMetadata": {"HttpStatusCode": 200,
                           "AllHttpHeaders": {"X-Amz-Executed-Version": ["3"], "x-amzn-Remapped-Content-Length": ["0"],
                             "Connection": ["keep-alive"], "x-amzn-RequestId": ["r"], "Content-Length": ["9"],
                             "Date": ["Wed, 6 May 2026 07:08:09 GMT"], "X-Amzn-Trace-Id": ["Root=1"],
                             "Content-Type": ["application/json"]},
                           "HttpHeaders": {"X-Amz-Executed-Version": "3", "x-amzn-Remapped-Content-Length": "0",
                             "Connection": "keep-alive", "x-amzn-RequestId": "r", "Content-Length": "9",
                             "Date": "Wed, 6 May 2026 07:08:09 GMT", "X-Amzn-Trace-Id": "Root=1",
                             "Content-Type": "application/json"}},
                         "SdkResponseMetadata": {"RequestId": "r"}}"""), invoke(returning("{\"a\":[1]}"), "{\"FunctionName\": \"f\"}"));
    }

    @Test
    void aPayloadThatIsNoJsonIsAString() throws Exception {
        assertEquals(
                Json.of("plain text"), byArn(returning("plain text")).call(request("arn:f", "{}")));
    }

    @Test
    void theErrorTypeOfAFunctionIsTheError() {
        String error =
                "{\"errorMessage\":\"no stock\",\"errorType\":\"OrderError\",\"stackTrace\":[]}";
        assertFailure("OrderError", error, failing(error));
    }

    @Test
    void aFailureWithoutAnErrorTypeIsUnknown() {
        String error =
                "{\"errorMessage\":\"2026-05-06T07:08:09Z r Task timed out after 3.00 seconds\"}";
        assertFailure(
                "Lambda.Unknown",
                "The cause could not be determined because Lambda did not return an error type. Returned payload: "
                        + error,
                failing(error));
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_MANY_REQUESTS, Lambda.TooManyRequestsException, 429, TooManyRequestsException",
        "SERVICE, Lambda.ServiceException, 500, ServiceException",
        "RESOURCE_NOT_FOUND, Lambda.ResourceNotFoundException, 404, ResourceNotFoundException",
        "INVALID_PARAMETER_VALUE, Lambda.InvalidParameterValueException, 400, InvalidParameterValueException",
        "REQUEST_TOO_LARGE, Lambda.RequestTooLargeException, 413, RequestTooLargeException",
        "VALIDATION, Lambda.AWSLambdaException, 400, ValidationException"
    })
    void aRefusalHasLambdasName(Code code, String error, int status, String awsCode) {
        assertFailure(
                error,
                "no (Service: AWSLambda; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
                        .formatted(status, awsCode, ID),
                refusing(code));
    }

    @Test
    void aLambdaThatDoesNotAnswerIsTheClientsError() {
        assertFailure("Lambda.SdkClientException", "no", refusing(Code.CLIENT));
    }

    @Test
    void theClientsContextIsDecoded() throws Exception {
        var calls = new Scripted(Optional.empty(), new Invoked.Returned(new byte[0], LogTail.NONE));
        invoke(calls, """
                {"FunctionName": "f", "Qualifier": "live", "Payload": {"n": 1}, "ClientContext": "eyJhIjoxfQ=="}""");
        FunctionCall call = calls.heard.getFirst();
        assertEquals("f", call.function());
        assertEquals(Optional.of("live"), call.qualifier());
        assertEquals("{\"n\":1}", new String(call.payload(), StandardCharsets.UTF_8));
        assertEquals(Optional.of("{\"a\":1}"), call.clientContext());
    }

    @Test
    void theEndOfTheLogIsShownWhereItIsAskedFor() throws Exception {
        var calls = new Scripted(
                Optional.empty(),
                new Invoked.Returned("1".getBytes(StandardCharsets.UTF_8), () -> "END grün\n"));
        var shown = (Map<?, ?>) invoke(calls, """
                {"FunctionName": "f", "LogType": "Tail"}""").value();
        var hidden = (Map<?, ?>) invoke(calls, """
                {"FunctionName": "f", "LogType": "None"}""").value();

        assertEquals("RU5EIGdyw7xuCg==", shown.get("LogResult"));
        assertFalse(hidden.containsKey("LogResult"));
        var failed = assertThrows(
                TaskFailed.class,
                () -> invoke(calls, "{\"FunctionName\": \"f\", \"LogType\": \"All\"}"));
        assertTrue(
                failed.failure()
                        .cause()
                        .orElseThrow()
                        .endsWith(
                                "[The value for the field 'LogType' must be one of [None, Tail]]"),
                failed.getMessage());
    }

    @Test
    void anEventIsOnlyAccepted() throws Exception {
        var accepted = (Map<?, ?>) invoke(returning("1"), """
                {"FunctionName": "f", "InvocationType": "Event"}""").value();
        assertEquals(202, accepted.get("StatusCode"));
        assertFalse(accepted.containsKey("Payload"));
    }

    private static void assertFailure(String error, String cause, FunctionCalls calls) {
        for (TaskIntegration integration : List.of(byArn(calls), invoking(calls))) {
            var failed = assertThrows(
                    TaskFailed.class,
                    () -> integration.call(request("f", "{\"FunctionName\":\"f\"}")));
            assertEquals(Failure.of(error, cause), failed.failure());
        }
    }

    private static Json invoke(FunctionCalls calls, String arguments) throws Exception {
        return invoking(calls).call(request("arn:aws:states:::lambda:invoke", arguments));
    }

    private static TaskIntegration invoking(FunctionCalls calls) {
        return new InvokeIntegration(calls, () -> ID, CLOCK);
    }

    private static TaskIntegration byArn(FunctionCalls calls) {
        return new FunctionIntegration(calls, () -> ID);
    }

    private static TaskRequest request(String arn, String arguments) {
        var resource =
                new TaskResource(arn, "lambda", "invoke", TaskResource.Pattern.REQUEST_RESPONSE);
        return new TaskRequest(
                resource,
                Json.ofText(arguments),
                "key",
                "execution",
                Optional.empty(),
                Optional.empty());
    }

    private static FunctionCalls returning(String payload) {
        return new Scripted(
                Optional.empty(),
                new Invoked.Returned(payload.getBytes(StandardCharsets.UTF_8), LogTail.NONE));
    }

    private static FunctionCalls failing(String error) {
        return new Scripted(
                Optional.empty(),
                new Invoked.Failed(error.getBytes(StandardCharsets.UTF_8), LogTail.NONE));
    }

    private static FunctionCalls refusing(Code code) {
        return new Scripted(
                Optional.of(new FunctionRefused(code, "no")),
                new Invoked.Returned(new byte[0], LogTail.NONE));
    }

    private static final class Scripted implements FunctionCalls {
        final List<FunctionCall> heard = new ArrayList<>();
        private final Optional<FunctionRefused> refusal;
        private final Invoked invoked;

        Scripted(Optional<FunctionRefused> refusal, Invoked invoked) {
            this.refusal = refusal;
            this.invoked = invoked;
        }

        @Override
        public Optional<FunctionAnswer> call(FunctionCall call, Instant until)
                throws FunctionRefused {
            heard.add(call);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return Optional.of(new FunctionAnswer(invoked, "r", "Root=1", "3"));
        }

        @Override
        public Optional<String> send(FunctionCall call, Instant until) {
            heard.add(call);
            return Optional.of("r");
        }

        @Override
        public void close() {}
    }
}
