package dev.mapwright.adapters.services.http;

import dev.mapwright.adapters.services.http.Connection.Identity;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.task.TracedIntegration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `arn:aws:states:::http:invoke`.
/// https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
public final class HttpIntegration implements TracedIntegration, AutoCloseable {
    public static final String ACTION = "invoke";
    public static final ActionForm FORM = HttpParameters.NAMES;

    private static final Duration CALL_DURATION_MAX = Duration.ofSeconds(60);
    private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final Pattern CONNECTION_ARN =
            Pattern.compile("arn:[^:]+:events:[^:]*:[^:]*:connection/([^/]+)(/.*)?");

    private final Map<String, Connection> connections;
    private final BoundedClient client;
    private final OAuthTokens tokens;
    private final String userAgent;

    /// @param connections by name, which is what an ARN is looked up by
    /// @param region as the user agent names it
    public HttpIntegration(
            Map<String, Connection> connections, String region, InstantSource clock) {
        this.connections = Map.copyOf(connections);
        this.client = new BoundedClient(CONNECTION_PATIENCE);
        this.tokens = new OAuthTokens(client, clock);
        this.userAgent = "Amazon|StepFunctions|HttpInvoke|" + region;
    }

    @Override
    public Json call(TaskRequest request, Consumer<Exchange> trace)
            throws TaskFailed, InterruptedException {
        HttpParameters own = HttpParameters.of(request);
        Connection connection = connection(own.connectionArn());
        HttpMessage open = message(own, request);
        checkSendable(open, request);
        HttpMessage secret = message(own.with(connection, request), request);
        identify(connection.identity(), secret.headers());
        HttpResponse<String> response;
        try {
            response = client.send(secret.request(), CALL_DURATION_MAX);
        } catch (IOException unreachable) {
            trace.accept(new Exchange(open.described(), secret.described(), Map.of()));
            throw TaskFailed.of("States.Http.Socket", socketProblem(secret.uri(), unreachable));
        }
        trace.accept(new Exchange(open.described(), secret.described(), described(response)));
        if (response.statusCode() == UNAUTHORIZED
                && connection.identity() instanceof Identity.ClientCredentials credentials) {
            tokens.forget(credentials);
        }
        if (response.statusCode() / 100 != 2) {
            throw TaskFailed.of("States.Http.StatusCode." + response.statusCode(), response.body());
        }
        return result(response);
    }

    /// What HTTP has no way to write is refused before a secret is put to it, which the reason
    /// would tell.
    private static void checkSendable(HttpMessage open, TaskRequest request) throws TaskFailed {
        try {
            open.request();
        } catch (IllegalArgumentException impossible) {
            throw request.unusable(impossible.getMessage());
        }
    }

    private HttpMessage message(HttpParameters parameters, TaskRequest request) throws TaskFailed {
        Optional<String> body = parameters.body(request);
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", List.of(userAgent));
        headers.put("Range", List.of("bytes=0-" + Quotas.PAYLOAD_BYTES_MAX));
        if (body.isPresent()) {
            headers.put(CONTENT_TYPE, List.of("application/json; charset=UTF-8"));
        }
        headers.putAll(parameters.headers());
        return new HttpMessage(parameters.method(), parameters.uri(), headers, body);
    }

    private Connection connection(String arn) throws TaskFailed {
        Matcher parts = CONNECTION_ARN.matcher(arn);
        String name = parts.matches() ? parts.group(1) : arn;
        return Optional.ofNullable(connections.get(name))
                .orElseThrow(() -> TaskFailed.of(
                        "Events.ConnectionResource.NotFound",
                        "There is no connection '%1$s' (%2$s). Set connection.%1$s.type and what belongs to it in the configuration."
                                .formatted(name, arn)));
    }

    private void identify(Identity identity, Map<String, List<String>> headers)
            throws TaskFailed, InterruptedException {
        switch (identity) {
            case Identity.ApiKey(String header, String value) ->
                headers.put(header, List.of(value));
            case Identity.Basic(String username, String password) -> {
                byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
                headers.put(
                        "Authorization",
                        List.of("Basic " + Base64.getEncoder().encodeToString(pair)));
            }
            case Identity.ClientCredentials credentials ->
                headers.put("Authorization", List.of("Bearer " + tokens.token(credentials)));
        }
    }

    private static String socketProblem(URI uri, IOException problem) {
        return "The call to %s failed: %s"
                .formatted(
                        uri.getHost(),
                        Optional.ofNullable(problem.getMessage())
                                .orElse(problem.getClass().getSimpleName()));
    }

    private static Json result(HttpResponse<String> response) {
        var result = new LinkedHashMap<String, Object>();
        result.put("Headers", new TreeMap<>(response.headers().map()));
        result.put("ResponseBody", value(response));
        result.put("StatusCode", response.statusCode());
        result.put("StatusText", StatusText.of(response.statusCode()));
        return Json.of(result);
    }

    private static Object value(HttpResponse<String> response) {
        boolean isJson = response.headers()
                .firstValue(CONTENT_TYPE)
                .filter(type -> type.contains("json"))
                .isPresent();
        if (!isJson) {
            return response.body();
        }
        try {
            return Json.parse(response.body()).value();
        } catch (JsonSyntaxException notJson) {
            return response.body();
        }
    }

    private static Map<String, String> described(HttpResponse<String> response) {
        var answer = new LinkedHashMap<String, String>();
        answer.put("protocol", response.uri().getScheme());
        answer.put("statusCode", Integer.toString(response.statusCode()));
        answer.put("statusMessage", StatusText.of(response.statusCode()));
        answer.put(
                "headers", HttpMessage.listed(new TreeMap<>(response.headers().map())));
        answer.put("body", response.body());
        return answer;
    }

    @Override
    public void close() {
        client.close();
    }
}
