package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Functions;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Lambda over HTTP. Signatures are not checked.
/// https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
public final class LambdaHandler implements Handler {
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    /// These spell the member `Message`.
    private static final Set<Code> CAPITAL_MESSAGE = Set.of(
            Code.INVALID_RUNTIME, Code.PRECONDITION_FAILED, Code.RESOURCE_NOT_FOUND, Code.SERVICE);

    private final Routes routes;

    /// @param objects where code can be fetched from
    public LambdaHandler(Functions functions, ObjectStore objects) {
        this.routes = new Routes(functions, objects);
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        Answer answer;
        try {
            answer = routes.answer(request);
        } catch (FunctionRefused refused) {
            answer = refusal(refused);
        } catch (Refused refused) {
            answer = refusal(BAD_REQUEST, refused.code(), "message", refused.getMessage());
        }
        response.status(answer.status());
        answer.headers().forEach(response::header);
        if (!answer.headers().containsKey(Answer.REQUEST_ID)) {
            response.header(Answer.REQUEST_ID, UUID.randomUUID().toString());
        }
        response.send(answer.body());
    }

    private static Answer refusal(FunctionRefused refused) {
        Code code = refused.code();
        String member = CAPITAL_MESSAGE.contains(code) ? "Message" : "message";
        return refusal(code.status(), code.text(), member, refused.getMessage());
    }

    private static Answer refusal(int status, String code, String member, String message) {
        var error = new Members()
                .with("Type", status >= SERVER_ERROR ? "Service" : "User")
                .with(member, message);
        if (code.equals(Code.TOO_MANY_REQUESTS.text())) {
            error.with("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
        }
        return new Answer(
                status,
                Map.of("Content-Type", "application/json", "x-amzn-ErrorType", code),
                error.json().text().getBytes(StandardCharsets.UTF_8));
    }
}
