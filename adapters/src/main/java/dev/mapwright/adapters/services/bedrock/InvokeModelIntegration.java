package dev.mapwright.adapters.services.bedrock;

import dev.mapwright.adapters.services.sdk.OptimizedCall;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `bedrock:invokeModel` does beyond the call: `Input` names an object that the model is given
/// instead of a `Body`, and `Output` one that it is answered to, so that neither has to fit a
/// payload.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html
public final class InvokeModelIntegration implements TaskIntegration {
    /// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
    private static final int BODY_BYTES_MAX = 25_000_000;

    private static final String BODY = "Body";
    private static final String INPUT = "Input";
    private static final String OUTPUT = "Output";
    private static final String S3_URI = "S3Uri";
    private static final Pattern OBJECT = Pattern.compile("s3://([^/]+)/(.+)");

    private final OptimizedCall call;
    private final ObjectStore objects;

    /// @param call makes the call itself, wherever Bedrock is
    public InvokeModelIntegration(OptimizedCall call, ObjectStore objects) {
        this.call = call;
        this.objects = objects;
    }

    private record Place(String uri, String bucket, String key) {}

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            return call.call(request);
        }
        Optional<Place> input = place(request, arguments, INPUT);
        Optional<Place> output = place(request, arguments, OUTPUT);
        if (input.isPresent() && arguments.containsKey(BODY)) {
            throw request.unusable("Only one of Body and Input can be given");
        }
        var parameters = new LinkedHashMap<Object, Object>(arguments);
        parameters.remove(INPUT);
        parameters.remove(OUTPUT);
        if (input.isPresent()) {
            parameters.put(BODY, content(input.get()).value());
        } else if (arguments.get(BODY) instanceof String text) {
            parameters.put(BODY, jsonIn(text).value());
        }
        OptimizedCall.Answer answer = call.ask(request.with(Json.of(parameters)));
        return output.isPresent() ? stored(answer, output.get()).result() : answer.result();
    }

    private static Optional<Place> place(TaskRequest request, Map<?, ?> arguments, String member)
            throws TaskFailed {
        Object given = arguments.get(member);
        if (given == null) {
            return Optional.empty();
        }
        Object uri = given instanceof Map<?, ?> members ? members.get(S3_URI) : given;
        Matcher parts = OBJECT.matcher(String.valueOf(uri));
        if (!(given instanceof Map<?, ?>) || !parts.matches()) {
            throw request.unusable(
                    "The field '%s' must be an OBJECT with an S3Uri like s3://bucket/key, but was '%s'"
                            .formatted(member, Json.of(given).text()));
        }
        return Optional.of(new Place(parts.group(), parts.group(1), parts.group(2)));
    }

    private Json content(Place of) throws TaskFailed, InterruptedException {
        byte[] content;
        try (InputStream stream =
                objects.read(of.bucket(), of.key(), Optional.empty(), 0, Optional.empty())) {
            content = stream.readNBytes(BODY_BYTES_MAX + 1);
        } catch (IOException unreadable) {
            throw failed("The input %s cannot be read: %s", of, unreadable.getMessage());
        }
        if (content.length > BODY_BYTES_MAX) {
            throw failed(
                    "The input %s is longer than %s bytes", of, "%,d".formatted(BODY_BYTES_MAX));
        }
        try {
            return Json.parse(new String(content, StandardCharsets.UTF_8));
        } catch (JsonSyntaxException notJson) {
            throw failed("The input %s is not JSON: %s", of, notJson.getMessage());
        }
    }

    /// A text that is JSON is a body already, and is not made a JSON text once more.
    private static Json jsonIn(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException noJson) {
            return Json.of(text);
        }
    }

    private OptimizedCall.Answer stored(OptimizedCall.Answer answer, Place at)
            throws TaskFailed, InterruptedException {
        var members = new LinkedHashMap<>(answer.members());
        String type = members.get("ContentType") instanceof String text ? text : "application/json";
        byte[] body = Json.of(members.get(BODY)).text().getBytes(StandardCharsets.UTF_8);
        try {
            objects.put(at.bucket(), at.key(), type, body);
        } catch (IOException unwritten) {
            throw failed("The output %s cannot be written: %s", at, unwritten.getMessage());
        }
        members.put(BODY, at.uri());
        return answer.with(members);
    }

    private static TaskFailed failed(String message, Place of, String detail) {
        return TaskFailed.of("Bedrock.S3Exception", message.formatted(of.uri(), detail));
    }
}
