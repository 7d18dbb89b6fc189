package dev.mapwright.adapters.services.apigateway;

import dev.mapwright.adapters.aws.RequestSigner;
import dev.mapwright.adapters.services.form.ParameterNames;
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
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `arn:aws:states:::apigateway:invoke`: calls an API at its host; under the AuthType `IAM_ROLE`
/// with a signature. A host of this machine is called without TLS.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
public final class ApiGatewayIntegration implements TaskIntegration, AutoCloseable {
    public static final String ACTION = "invoke";

    private static final ParameterNames NAMES = new ParameterNames(
            List.of("ApiEndpoint", "Method"),
            Set.of(
                    "Headers",
                    "Stage",
                    "Path",
                    "QueryParameters",
                    "RequestBody",
                    "AllowNullValues",
                    "AuthType"));
    public static final ActionForm FORM = NAMES;

    private static final String SIGNED = "IAM_ROLE";
    private static final Set<String> AUTH_TYPES = Set.of("NO_AUTH", SIGNED, "RESOURCE_POLICY");
    private static final Pattern HOST_AT_AWS =
            Pattern.compile("[^.]+\\.execute-api\\.([^.]+)\\.amazonaws\\..*");
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

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
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            throw unusable(request, "The value of the Parameters must be an OBJECT");
        }
        check(request, arguments);
        try {
            HttpResponse<String> response =
                    client.send(message(request, arguments), CALL_DURATION_MAX);
            if (response.statusCode() / 100 != 2) {
                throw TaskFailed.of("ApiGateway." + response.statusCode(), response.body());
            }
            return result(response);
        } catch (IOException unreachable) {
            throw TaskFailed.of(
                    "ApiGateway.SdkClientException",
                    "The call to %s failed: %s"
                            .formatted(
                                    arguments.get("ApiEndpoint"),
                                    Optional.ofNullable(unreachable.getMessage())
                                            .orElse(unreachable.getClass().getSimpleName())));
        }
    }

    private static void check(TaskRequest request, Map<?, ?> arguments) throws TaskFailed {
        List<String> faults = NAMES.faults(arguments);
        if (!faults.isEmpty()) {
            throw unusable(request, faults.getFirst());
        }
        Object authType = arguments.get("AuthType");
        if (authType != null && !AUTH_TYPES.contains(authType)) {
            throw unusable(
                    request,
                    "The AuthType must be NO_AUTH, IAM_ROLE or RESOURCE_POLICY, but was '%s'"
                            .formatted(authType));
        }
    }

    private HttpRequest message(TaskRequest request, Map<?, ?> arguments)
            throws TaskFailed, IOException {
        boolean allowsNull = Boolean.TRUE.equals(arguments.get("AllowNullValues"));
        Optional<Object> body = Optional.ofNullable(arguments.get("RequestBody"))
                .map(given -> allowsNull ? given : withoutNulls(given));
        Map<String, List<String>> headers = lists(arguments.get("Headers"));
        if (body.isPresent()) {
            headers.putIfAbsent("Content-Type", List.of("application/json"));
        }
        byte[] content =
                body.map(json -> Json.of(json).text()).orElse("").getBytes(StandardCharsets.UTF_8);
        try {
            var unsigned = new RequestSigner.Request(
                    text(request, arguments, "Method"), uri(request, arguments), headers, content);
            HttpRequest.Builder message = HttpRequest.newBuilder(unsigned.uri())
                    .method(
                            unsigned.method(),
                            body.isPresent()
                                    ? BodyPublishers.ofByteArray(content)
                                    : BodyPublishers.noBody());
            Map<String, List<String>> sent = SIGNED.equals(arguments.get("AuthType"))
                    ? signer.headers(unsigned, region(unsigned.uri()))
                    : headers;
            sent.forEach((name, values) -> values.forEach(value -> message.header(name, value)));
            return message.build();
        } catch (IllegalArgumentException impossible) {
            throw unusable(request, impossible.getMessage());
        }
    }

    /// AWS leaves out members that are null, however deep, unless it is told to send them.
    private static Object withoutNulls(Object json) {
        return switch (json) {
            case Map<?, ?> members -> {
                var others = new LinkedHashMap<Object, Object>();
                members.forEach((name, value) -> {
                    if (value != null) {
                        others.put(name, withoutNulls(value));
                    }
                });
                yield others;
            }
            case List<?> elements -> {
                var others = new ArrayList<Object>();
                elements.forEach(each -> others.add(each == null ? null : withoutNulls(each)));
                yield others;
            }
            case Object scalar -> scalar;
        };
    }

    private String region(URI uri) {
        Matcher atAws = HOST_AT_AWS.matcher(uri.getHost());
        return atAws.matches() ? atAws.group(1) : region;
    }

    private static URI uri(TaskRequest request, Map<?, ?> arguments) throws TaskFailed {
        String endpoint = text(request, arguments, "ApiEndpoint");
        String host = endpoint.replaceFirst(":\\d+$", "");
        var uri = new StringBuilder(OWN_MACHINE.contains(host) ? "http://" : "https://");
        uri.append(endpoint);
        for (String part : List.of("Stage", "Path")) {
            if (arguments.get(part) instanceof String step && !step.isEmpty()) {
                uri.append(step.startsWith("/") ? "" : "/").append(step);
            }
        }
        var pairs = new ArrayList<String>();
        lists(arguments.get("QueryParameters"))
                .forEach((name, values) ->
                        values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
        return URI.create(pairs.isEmpty() ? uri.toString() : uri + "?" + String.join("&", pairs));
    }

    /// A signature takes a plus sign for one, and not for a space.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(TaskRequest request, Map<?, ?> arguments, String field)
            throws TaskFailed {
        if (arguments.get(field) instanceof String text) {
            return text;
        }
        throw unusable(request, "The value for the field '%s' must be a STRING".formatted(field));
    }

    private static Map<String, List<String>> lists(Object members) {
        var lists = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        if (members instanceof Map<?, ?> object) {
            object.forEach((name, value) -> lists.put(
                    (String) name,
                    value instanceof List<?> elements
                            ? elements.stream().map(String::valueOf).toList()
                            : List.of(String.valueOf(value))));
        }
        return lists;
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

    private static TaskFailed unusable(TaskRequest request, String reason) {
        return TaskFailed.of(
                "States.Runtime",
                "The Parameters '%s' could not be used to start the Task: [%s]"
                        .formatted(request.arguments().text(), reason));
    }

    @Override
    public void close() {
        client.close();
    }
}
