package dev.mapwright.adapters.functions.remote;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.engine.world.LeavableCall;
import dev.mapwright.engine.world.World;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/// Calls functions through Lambda's API.
public final class RemoteFunctions implements FunctionCalls {
    private static final String LATEST = "$LATEST";

    private final World world;
    private final LambdaClient client;

    public RemoteFunctions(World world, Address address) {
        this.world = world;
        this.client = SdkClients.build(LambdaClient.builder(), address, Retrying.NONE);
    }

    private sealed interface Outcome {
        record Answered(InvokeResponse response) implements Outcome {}

        record Refused(FunctionRefused refusal) implements Outcome {}
    }

    @Override
    public Optional<FunctionAnswer> call(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException {
        return response(call, InvocationType.REQUEST_RESPONSE, until).map(RemoteFunctions::answer);
    }

    private static FunctionAnswer answer(InvokeResponse response) {
        byte[] payload = Optional.ofNullable(response.payload())
                .map(SdkBytes::asByteArray)
                .orElse(new byte[0]);
        String log = Optional.ofNullable(response.logResult())
                .map(base64 ->
                        new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
                .orElse("");
        Invoked invoked = response.functionError() == null
                ? new Invoked.Returned(payload, () -> log)
                : new Invoked.Failed(payload, () -> log);
        return new FunctionAnswer(
                invoked,
                requestId(response),
                response.sdkHttpResponse()
                        .firstMatchingHeader("X-Amzn-Trace-Id")
                        .orElse(""),
                Optional.ofNullable(response.executedVersion()).orElse(LATEST));
    }

    @Override
    public Optional<String> send(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException {
        return response(call, InvocationType.EVENT, until).map(RemoteFunctions::requestId);
    }

    private static String requestId(InvokeResponse response) {
        return response.responseMetadata().requestId();
    }

    /// The SDK may not notice at once that it is interrupted.
    private Optional<InvokeResponse> response(FunctionCall call, InvocationType type, Instant until)
            throws FunctionRefused, InterruptedException {
        String name = "function " + call.function();
        Optional<Outcome> outcome =
                new LeavableCall<>(world, name, () -> outcome(call, type)).returned(until);
        return outcome.isEmpty() ? Optional.empty() : Optional.of(response(outcome.get()));
    }

    private static InvokeResponse response(Outcome outcome) throws FunctionRefused {
        return switch (outcome) {
            case Outcome.Answered(InvokeResponse response) -> response;
            case Outcome.Refused(FunctionRefused refusal) -> throw refusal;
        };
    }

    private Outcome outcome(FunctionCall call, InvocationType type) throws InterruptedException {
        try {
            return new Outcome.Answered(client.invoke(request(call, type)));
        } catch (AwsServiceException refused) {
            return new Outcome.Refused(refusal(refused));
        } catch (AbortedException aborted) {
            throw new InterruptedException("interrupted while a function was called");
        } catch (SdkClientException unanswered) {
            return new Outcome.Refused(new FunctionRefused(Code.CLIENT, unanswered.getMessage()));
        }
    }

    private static InvokeRequest request(FunctionCall call, InvocationType type) {
        var request = InvokeRequest.builder()
                .functionName(call.function())
                .invocationType(type)
                .payload(SdkBytes.fromByteArray(call.payload()));
        call.qualifier().ifPresent(request::qualifier);
        call.clientContext()
                .ifPresent(context -> request.clientContext(Base64.getEncoder()
                        .encodeToString(context.getBytes(StandardCharsets.UTF_8))));
        if (type == InvocationType.REQUEST_RESPONSE) {
            request.logType(LogType.TAIL);
        }
        return request.build();
    }

    private static FunctionRefused refusal(AwsServiceException refused) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refused.awsErrorDetails());
        String name = details.map(AwsErrorDetails::errorCode).orElse("");
        Code code = Stream.of(Code.values())
                .filter(each -> each.text().equals(name))
                .findFirst()
                .orElse(Code.OTHER);
        return new FunctionRefused(
                code, details.map(AwsErrorDetails::errorMessage).orElse(refused.getMessage()));
    }

    @Override
    public void close() {
        client.close();
    }
}
