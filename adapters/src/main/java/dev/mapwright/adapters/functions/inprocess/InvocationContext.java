package dev.mapwright.adapters.functions.inprocess;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.log.FunctionLog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What Lambda tells a function about its invocation.
final class InvocationContext implements Context {
    private final JavaProgram program;
    private final Invocation invocation;
    private final Instant deadline;
    private final InstantSource clock;
    private final FunctionLog log;

    InvocationContext(
            JavaProgram program,
            Invocation invocation,
            Instant deadline,
            InstantSource clock,
            FunctionLog log) {
        this.program = program;
        this.invocation = invocation;
        this.deadline = deadline;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public String getAwsRequestId() {
        return invocation.requestId();
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + program.name();
    }

    @Override
    public String getLogStreamName() {
        return "in-process";
    }

    @Override
    public String getFunctionName() {
        return program.name();
    }

    @Override
    public String getFunctionVersion() {
        return program.version();
    }

    @Override
    public String getInvokedFunctionArn() {
        return invocation.functionArn();
    }

    /// Lambda's own says null here too, where no mobile application calls.
    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return program.memoryMegabytes();
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log((message + "\n").getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void log(byte[] message) {
                log.append(message);
            }
        };
    }
}
