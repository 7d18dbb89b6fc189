package dev.mapwright.adapters.services.apigateway;

import dev.mapwright.adapters.aws.RequestSigner;
import dev.mapwright.adapters.services.http.BoundedClient;
import dev.mapwright.adapters.services.http.StatusText;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `arn:aws:states:::apigateway:invoke`: calls an API at its host; under the AuthType `IAM_ROLE`
/// with a signature.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
public final class ApiGatewayIntegration implements TaskIntegration, AutoCloseable {
    public static final String ACTION = "invoke";
    public static final ActionForm FORM = ApiCall.NAMES;

    private static final Pattern HOST_AT_AWS =
            Pattern.compile("[^.]+\\.execute-api\\.([^.]+)\\.amazonaws\\..*");

    /// What AWS gives an API to answer.
    private static final Duration CALL_DURATION_MAX = Duration.ofSeconds(30);

    private final RequestSigner signer;
    private final String region;
    private final BoundedClient client = new BoundedClient(CALL_DURATION_MAX);

    /// @param signer for `execute-api`
    /// @param region of APIs whose host names none
    public ApiGatewayIntegration(RequestSigner signer, String region) {
        this.signer = signer;
        this.region = region;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        ApiCall call = ApiCall.of(request);
        try {
            HttpResponse<String> response = client.send(message(request, call), CALL_DURATION_MAX);
            if (response.statusCode() / 100 != 2) {
                throw TaskFailed.of("ApiGateway." + response.statusCode(), response.body());
            }
            return result(response);
        } catch (IOException unreachable) {
            throw TaskFailed.of(
                    "ApiGateway.SdkClientException",
                    "The call to %s failed: %s"
                            .formatted(
                                    call.uri().getAuthority(),
                                    Optional.ofNullable(unreachable.getMessage())
                                            .orElse(unreachable.getClass().getSimpleName())));
        }
    }

    private HttpRequest message(TaskRequest request, ApiCall call) throws TaskFailed, IOException {
        byte[] content = call.body().map(Json::text).orElse("").getBytes(StandardCharsets.UTF_8);
        try {
            HttpRequest.Builder message = HttpRequest.newBuilder(call.uri())
                    .method(
                            call.method(),
                            call.body().isPresent()
                                    ? BodyPublishers.ofByteArray(content)
                                    : BodyPublishers.noBody());
            headers(call, content)
                    .forEach(
                            (name, values) -> values.forEach(value -> message.header(name, value)));
            return message.build();
        } catch (IllegalArgumentException impossible) {
            throw request.unusable(impossible.getMessage());
        }
    }

    private Map<String, List<String>> headers(ApiCall call, byte[] content) throws IOException {
        return switch (call.authorization()) {
            case NONE -> call.headers();
            case SIGNATURE ->
                signer.headers(
                        new RequestSigner.Request(
                                call.method(), call.uri(), call.headers(), content),
                        region(call.uri()));
        };
    }

    private String region(URI uri) {
        Matcher atAws = HOST_AT_AWS.matcher(uri.getHost());
        return atAws.matches() ? atAws.group(1) : region;
    }

    private static Json result(HttpResponse<String> response) {
        var result = new LinkedHashMap<String, Object>();
        result.put("Headers", new TreeMap<>(response.headers().map()));
        result.put("ResponseBody", value(response.body()));
        result.put("StatusCode", response.statusCode());
        result.put("StatusText", StatusText.of(response.statusCode()));
        return Json.of(result);
    }

    private static Object value(String body) {
        try {
            return Json.parse(body).value();
        } catch (JsonSyntaxException notJson) {
            return body;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
