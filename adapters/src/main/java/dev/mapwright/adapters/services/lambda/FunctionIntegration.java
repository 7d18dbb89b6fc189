package dev.mapwright.adapters.services.lambda;

import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.PunctualIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// A function's ARN as the resource: the arguments are the event, and what the function returns is
/// the result.
public final class FunctionIntegration implements PunctualIntegration {
    private final FunctionCalls calls;
    private final Supplier<UUID> requestIds;

    public FunctionIntegration(FunctionCalls calls, Supplier<UUID> requestIds) {
        this.calls = calls;
        this.requestIds = requestIds;
    }

    @Override
    public Optional<Json> call(TaskRequest request, Instant until)
            throws TaskFailed, InterruptedException {
        var call = new FunctionCall(
                request.resource().arn(),
                Optional.empty(),
                request.arguments().text().getBytes(StandardCharsets.UTF_8),
                Optional.empty());
        try {
            Optional<FunctionAnswer> answer = calls.call(call, until);
            return answer.isEmpty() ? Optional.empty() : Optional.of(result(answer.get()));
        } catch (FunctionRefused refused) {
            throw FunctionFailures.ofCall(refused, requestIds.get().toString());
        }
    }

    private static Json result(FunctionAnswer answer) throws TaskFailed {
        return switch (answer.invoked()) {
            case Invoked.Returned(byte[] payload, var _) -> ReturnedPayload.json(payload);
            case Invoked.Failed(byte[] error, var _) -> throw FunctionFailures.ofFunction(error);
        };
    }
}
