package dev.mapwright.adapters.services.apigateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.RequestSigner;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An API that answers over HTTP on this machine.
class ApiGatewayIntegrationTest {
    private static final Address.Keys KEYS =
            new Address.Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", Optional.empty());

    private record Seen(String method, URI uri, Headers headers, byte[] body) {}

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final ApiGatewayIntegration integration = new ApiGatewayIntegration(
            new RequestSigner("execute-api", Optional.of(KEYS)), "eu-central-1");
    private HttpServer server;
    private int status = 200;
    private String answer = "{\"pets\": [1]}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        integration.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes()));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void stagePathQueryAndHeadersMakeTheRequest() throws Exception {
        Json result = call("""
                {"ApiEndpoint": "%s", "Method": "GET", "Stage": "prod", "Path": "pets/1",
                 "Headers": {"X-Trace": ["a"]}, "QueryParameters": {"kind": ["big cat", "dog"]}}""");

        Seen request = seen.take();
        assertEquals("GET /prod/pets/1?kind=big%20cat&kind=dog", line(request));
        assertEquals("a", request.headers().getFirst("X-Trace"));
        assertFalse(request.headers().containsKey("Authorization"));
        var members = (Map<?, ?>) result.value();
        assertEquals(Json.parse("{\"pets\": [1]}").value(), members.get("ResponseBody"));
        assertEquals(200, members.get("StatusCode"));
        assertEquals("OK", members.get("StatusText"));
        assertTrue(((Map<?, ?>) members.get("Headers")).containsKey("content-type"));
    }

    @Test
    void underIamRoleTheRequestIsSignedAsItIsSent() throws Exception {
        call("""
                {"ApiEndpoint": "%s", "Method": "POST", "Stage": "prod", "Path": "/pets/a b",
                 "AuthType": "IAM_ROLE", "Headers": {"X-Trace": ["a"]},
                 "QueryParameters": {"b": ["ü +"], "a": ["1"]}, "RequestBody": {"name": "Rex"}}""".replace("a b", "a%%20b"));

        Seen request = seen.take();
        assertEquals("{\"name\":\"Rex\"}", body(request));
        String authorization = request.headers().getFirst("Authorization");
        assertTrue(
                authorization.matches(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/execute-api/aws4_request, .*"),
                authorization);
        assertEquals(
                Signature.of(
                        KEYS.secretAccessKey(),
                        request.method(),
                        request.uri(),
                        request.headers(),
                        request.body()),
                authorization.replaceAll(".*Signature=", ""));
    }

    @Test
    void membersThatAreNullAreSentOnlyWhereAskedFor() throws Exception {
        String pet = """
                {"ApiEndpoint": "%s", "Method": "POST", "RequestBody": {"pet": {"name": "Rex", "kind": null}, "seen": [null, 1]}""";

        call(pet + "}");
        call(pet + ", \"AllowNullValues\": true}");

        assertEquals("{\"pet\":{\"name\":\"Rex\"},\"seen\":[null,1]}", body(seen.take()));
        assertEquals(
                "{\"pet\":{\"name\":\"Rex\",\"kind\":null},\"seen\":[null,1]}", body(seen.take()));
    }

    @Test
    void aStatusOtherThan2xxFailsTheTaskWithTheBody() {
        status = 403;
        answer = "{\"message\":\"Forbidden\"}";

        var failed = assertThrows(
                TaskFailed.class, () -> call("{\"ApiEndpoint\": \"%s\", \"Method\": \"GET\"}"));

        assertEquals("ApiGateway.403", failed.failure().name());
        assertEquals("{\"message\":\"Forbidden\"}", failed.failure().cause().orElseThrow());
    }

    @Test
    void onlyMethodsThatChangeSomethingHaveABody() throws Exception {
        for (String method : List.of("GET", "DELETE", "PUT")) {
            call("""
                    {"ApiEndpoint": "%%s", "Method": "%s", "RequestBody": {"a": 1}}""".formatted(method));
        }
        assertEquals("", body(seen.take()));
        assertEquals("", body(seen.take()));
        assertEquals("{\"a\":1}", body(seen.take()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "AuthType": "MAGIC"               | The AuthType must be NO_AUTH, IAM_ROLE or RESOURCE_POLICY, but was 'MAGIC'
            "Headers": {"Authorization": "x"} | The header 'Authorization' is not allowed
            "Headers": {"X-Amz-Date": ["x"]}  | The header 'X-Amz-Date' is not allowed
            "Headers": ["x"]                  | The value for the field 'Headers' must be an OBJECT
            "QueryParameters": "x"            | The value for the field 'QueryParameters' must be an OBJECT
            "Stage": 5                        | The value for the field 'Stage' must be a STRING
            "AllowNullValues": "yes"          | The value for the field 'AllowNullValues' must be a BOOLEAN
            "Method": "TRACE"                 | The Method must be one of GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS, but was 'TRACE'
            "Path": "a b"                     | Illegal character in path at index 23: http://127.0.0.1:PORT/a b
            """)
    void whatCannotBeSentIsNamed(String argument, String reason) {
        String method = argument.startsWith("\"Method\"") ? "" : "\"Method\": \"GET\", ";
        var failed = assertThrows(
                TaskFailed.class,
                () -> call("{\"ApiEndpoint\": \"%s\", " + method + argument + "}"));

        assertEquals("States.Runtime", failed.failure().name());
        String port = Integer.toString(server.getAddress().getPort());
        String cause = failed.failure().cause().orElseThrow();
        assertTrue(
                cause.replace(port, "PORT")
                        .replaceFirst("index \\d+", "index 23")
                        .endsWith("[" + reason + "]"),
                cause);
        assertTrue(seen.isEmpty());
    }

    @Test
    void whatIsNullIsNotSent() throws Exception {
        call("""
                {"ApiEndpoint": "%s", "Method": "GET", "QueryParameters": {"a": null, "b": ["x", null]},
                 "Headers": {"X-Trace": null}, "Stage": null}""");
        Seen request = seen.take();
        assertEquals("GET ?b=x", line(request).replace("/?", "?"));
        assertFalse(request.headers().containsKey("X-Trace"));
    }

    private static String line(Seen request) {
        return request.method() + " " + request.uri();
    }

    private static String body(Seen request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private Json call(String arguments) throws Exception {
        String host = "127.0.0.1:" + server.getAddress().getPort();
        return integration.call(new TaskRequest(
                new TaskResource(
                        "arn:aws:states:::apigateway:invoke",
                        "apigateway",
                        "invoke",
                        TaskResource.Pattern.REQUEST_RESPONSE),
                Json.parse(arguments.formatted(host)),
                "key",
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                Optional.empty(),
                Optional.empty()));
    }

    /// What the signature of a received request has to be, worked out from AWS's description alone.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    private static final class Signature {
        static String of(String secret, String method, URI uri, Headers headers, byte[] body)
                throws Exception {
            String authorization = headers.getFirst("Authorization");
            List<String> scope = List.of(part(authorization, "Credential").split("/"));
            List<String> signed = List.of(part(authorization, "SignedHeaders").split(";"));
            var canonical = new StringBuilder();
            canonical.append(method).append('\n');
            canonical.append(uri.getRawPath().replace("%", "%25")).append('\n');
            canonical
                    .append(List.of(uri.getRawQuery().split("&")).stream()
                            .sorted()
                            .reduce((one, other) -> one + "&" + other)
                            .orElse(""))
                    .append('\n');
            for (String name : signed) {
                canonical
                        .append(name)
                        .append(':')
                        .append(String.join(",", headers.get(name)))
                        .append('\n');
            }
            canonical.append('\n').append(String.join(";", signed)).append('\n');
            canonical.append(hex(MessageDigest.getInstance("SHA-256").digest(body)));
            String toSign = "AWS4-HMAC-SHA256\n"
                    + headers.getFirst("X-Amz-Date")
                    + "\n"
                    + String.join("/", scope.subList(1, scope.size()))
                    + "\n"
                    + hex(MessageDigest.getInstance("SHA-256")
                            .digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String each : scope.subList(1, scope.size())) {
                key = mac(key, each);
            }
            return hex(mac(key, toSign));
        }

        private static String part(String authorization, String name) {
            return authorization.replaceAll(".*" + name + "=([^, ]*).*", "$1");
        }

        private static byte[] mac(byte[] key, String text) throws Exception {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }
}
