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
import dev.mapwright.adapters.functions.invocation.LeavableCall;
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

    /// The SDK may not notice at once that it is interrupted.
    @Override
    public Optional<FunctionAnswer> call(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException {
        return new LeavableCall<>(world, "function " + call.function(), () -> answer(call))
                .returned(until);
    }

    private FunctionAnswer answer(FunctionCall call) throws FunctionRefused, InterruptedException {
        InvokeResponse response = invoke(call, InvocationType.REQUEST_RESPONSE);
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
                response.responseMetadata().requestId(),
                response.sdkHttpResponse()
                        .firstMatchingHeader("X-Amzn-Trace-Id")
                        .orElse(""),
                Optional.ofNullable(response.executedVersion()).orElse(LATEST));
    }

    @Override
    public Optional<String> send(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException {
        return new LeavableCall<>(world, "function " + call.function(), () -> sent(call))
                .returned(until);
    }

    private String sent(FunctionCall call) throws FunctionRefused, InterruptedException {
        return invoke(call, InvocationType.EVENT).responseMetadata().requestId();
    }

    private InvokeResponse invoke(FunctionCall call, InvocationType type)
            throws FunctionRefused, InterruptedException {
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
        try {
            return client.invoke(request.build());
        } catch (AwsServiceException refused) {
            throw refusal(refused);
        } catch (AbortedException aborted) {
            throw new InterruptedException("interrupted while a function was called");
        } catch (SdkClientException unanswered) {
            throw new FunctionRefused(Code.CLIENT, unanswered.getMessage());
        }
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
