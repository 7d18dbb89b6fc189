package dev.mapwright.adapters.services.lambda;

import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The arguments of `lambda:invoke`.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
record InvokeParameters(Type type, Log log, FunctionCall call) {
    private static final String FUNCTION = "FunctionName";
    private static final String PAYLOAD = "Payload";
    private static final String TYPE = "InvocationType";
    private static final String QUALIFIER = "Qualifier";
    private static final String CONTEXT = "ClientContext";
    private static final String LOG = "LogType";
    private static final Set<String> MEMBERS =
            Set.of(FUNCTION, PAYLOAD, TYPE, QUALIFIER, CONTEXT, LOG);

    enum Type {
        REQUEST_RESPONSE,
        EVENT,
        DRY_RUN
    }

    /// What the result shows of the function's log.
    enum Log {
        NONE,
        TAIL
    }

    static InvokeParameters of(TaskRequest request) throws TaskFailed {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            throw request.unusable("The value of the Parameters must be an OBJECT");
        }
        for (Object name : arguments.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw request.unusable(
                        "The field \"%s\" is not supported by Step Functions".formatted(name));
            }
        }
        String function = text(request, arguments, FUNCTION)
                .orElseThrow(() -> request.unusable(
                        "The field '%s' is required but was missing".formatted(FUNCTION)));
        var call = new FunctionCall(
                function,
                text(request, arguments, QUALIFIER),
                payload(arguments),
                context(request, arguments));
        return new InvokeParameters(type(request, arguments), log(request, arguments), call);
    }

    /// Without a Payload, or with one that is null, the event is an empty object. A string that is
    /// itself JSON text is taken for that text.
    private static byte[] payload(Map<?, ?> arguments) {
        Json event =
                switch (arguments.get(PAYLOAD)) {
                    case null -> Json.EMPTY_OBJECT;
                    case String text -> jsonIn(text);
                    case Object value -> Json.of(value);
                };
        return event.text().getBytes(StandardCharsets.UTF_8);
    }

    private static Json jsonIn(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException noJson) {
            return Json.of(text);
        }
    }

    private static Type type(TaskRequest request, Map<?, ?> arguments) throws TaskFailed {
        Optional<String> given = text(request, arguments, TYPE);
        if (given.isEmpty()) {
            return Type.REQUEST_RESPONSE;
        }
        return switch (given.get()) {
            case "RequestResponse" -> Type.REQUEST_RESPONSE;
            case "Event" -> Type.EVENT;
            case "DryRun" -> Type.DRY_RUN;
            default ->
                throw request.unusable(
                        "The value for the field '%s' must be one of [Event, RequestResponse, DryRun]"
                                .formatted(TYPE));
        };
    }

    private static Log log(TaskRequest request, Map<?, ?> arguments) throws TaskFailed {
        return switch (text(request, arguments, LOG).orElse("None")) {
            case "None" -> Log.NONE;
            case "Tail" -> Log.TAIL;
            default ->
                throw request.unusable(
                        "The value for the field '%s' must be one of [None, Tail]".formatted(LOG));
        };
    }

    /// In base64, as in Lambda's own API.
    private static Optional<String> context(TaskRequest request, Map<?, ?> arguments)
            throws TaskFailed {
        Optional<String> given = text(request, arguments, CONTEXT);
        try {
            return given.map(base64 ->
                    new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            throw request.unusable(
                    "The value for the field '%s' must be in base64".formatted(CONTEXT));
        }
    }

    private static Optional<String> text(TaskRequest request, Map<?, ?> arguments, String member)
            throws TaskFailed {
        return switch (arguments.get(member)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object _ ->
                throw request.unusable(
                        "The value for the field '%s' must be a STRING".formatted(member));
        };
    }
}
