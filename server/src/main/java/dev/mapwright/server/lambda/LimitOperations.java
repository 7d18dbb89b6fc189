package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.io.IOException;
import java.util.OptionalInt;

/// Reserved concurrency: how many invocations of a function may be under way.
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
final class LimitOperations {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final String LIMIT = "ReservedConcurrentExecutions";

    private final FunctionAdministration functions;

    LimitOperations(FunctionAdministration functions) {
        this.functions = functions;
    }

    Answer put(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Parameters parameters = call.body(BODY_BYTES_MAX).parameters();
        int limit = (int) parameters.requiredNumber(LIMIT, 0, Integer.MAX_VALUE);
        parameters.check();
        functions.limitConcurrency(call.function(), OptionalInt.of(limit));
        return Answer.ok(new Members().with(LIMIT, limit));
    }

    Answer get(Call call) throws FunctionRefused {
        var answer = new Members();
        functions
                .find(call.function())
                .function()
                .concurrency()
                .ifPresent(limit -> answer.with(LIMIT, limit));
        return Answer.ok(answer);
    }

    Answer delete(Call call) throws FunctionRefused, InterruptedException {
        functions.limitConcurrency(call.function(), OptionalInt.empty());
        return Answer.empty();
    }
}
