package dev.mapwright.adapters.services.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.mapwright.adapters.services.http.Connection.Identity;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.Outline;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.task.TracedIntegration.Exchange;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// HTTP Tasks and API Gateway Tasks against a server that answers what its path says.
class HttpIntegrationTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String host;
    private HttpIntegration http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
        var key = new Connection(
                new Identity.ApiKey("X-Key", "geheim"),
                Map.of("X-Tenant", "acme"),
                Map.of("v", List.of("2")),
                Map.of());
        var basic = new Connection(new Identity.Basic("ann", "pw"), Map.of(), Map.of(), Map.of());
        var body = new Connection(
                new Identity.ApiKey("X-Key", "geheim"),
                Map.of(),
                Map.of(),
                Map.of("tenant", "acme", "mode", "live"));
        var oauth = new Connection(
                new Identity.ClientCredentials(
                        "http://" + host + "/token", "POST", "id", "shh", Map.of("scope", "all")),
                Map.of(),
                Map.of(),
                Map.of());
        http = new HttpIntegration(
                Map.of("key", key, "basic", basic, "body", body, "oauth", oauth),
                "us-east-1",
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        heard.add("%s %s %s|%s|%s|%s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        body,
                        headers.getFirst("Authorization"),
                        headers.getFirst("X-Key"),
                        headers.getFirst("X-Tenant")));
        String path = exchange.getRequestURI().getPath();
        int status = path.matches("/\\d{3}") ? Integer.parseInt(path.substring(1)) : 200;
        String answer = path.equals("/token")
                ? "{\"access_token\": \"t0k\", \"expires_in\": 3600}"
                : "{\"n\": 1}";
        String type =
                switch (path) {
                    case "/text" -> "text/plain";
                    case "/latin" -> "text/plain; charset=ISO-8859-1";
                    case "/odd" -> "text/plain; charset=nobody-knows";
                    default -> "application/json";
                };
        exchange.getResponseHeaders().add("Content-Type", type);
        byte[] bytes =
                switch (path) {
                    case "/text" -> "plain".getBytes(StandardCharsets.UTF_8);
                    case "/latin" -> "grün".getBytes(StandardCharsets.ISO_8859_1);
                    case "/odd" -> "grün".getBytes(StandardCharsets.UTF_8);
                    default -> answer.getBytes(StandardCharsets.UTF_8);
                };
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void theAnswerIsTheResultAndTheConnectionIsSentAlong() throws Exception {
        Json result = http.call(request("""
                "Method": "POST", "QueryParameters": {"q": ["a b", "c"]}, "RequestBody": {"x": [1]}""", "/items", "key"));

        assertEquals(List.of("POST /items?q=a+b&q=c&v=2 {\"x\":[1]}|null|geheim|acme"), heard);
        var members = (Map<?, ?>) result.value();
        assertEquals(Map.of("n", 1), members.get("ResponseBody"));
        assertEquals(200, members.get("StatusCode"));
        assertEquals("OK", members.get("StatusText"));
        assertEquals(
                List.of("application/json"),
                ((Map<?, ?>) members.get("Headers")).get("content-type"));
    }

    @Test
    void aTextStaysText() throws Exception {
        Json result = http.call(request("\"Method\": \"GET\"", "/text", "basic"));
        assertEquals("plain", ((Map<?, ?>) result.value()).get("ResponseBody"));
        assertEquals(List.of("GET /text |Basic YW5uOnB3|null|null"), heard);
    }

    @Test
    void aTextIsReadInTheCharsetThatItsTypeNames() throws Exception {
        for (String path : List.of("/latin", "/odd")) {
            Json result = http.call(request("\"Method\": \"GET\"", path, "basic"));
            assertEquals("grün", ((Map<?, ?>) result.value()).get("ResponseBody"));
        }
    }

    @Test
    void whatIsNullIsNotSent() throws Exception {
        http.call(request("""
                "Method": "GET", "QueryParameters": {"a": null, "b": ["x", null, 1.5, true], "c": []},
                "Headers": {"X-Key": null}""", "/items", "key"));
        assertEquals(List.of("GET /items?b=x&b=1.5&b=true&v=2 |null|geheim|acme"), heard);
    }

    @Test
    void aTokenIsGotOnceForClientCredentials() throws Exception {
        http.call(request("\"Method\": \"GET\"", "/a", "oauth"));
        http.call(request("\"Method\": \"GET\"", "/b", "oauth"));
        assertEquals(
                List.of(
                        "POST /token grant_type=client_credentials&client_id=id&client_secret=shh&scope=all|null|null|null",
                        "GET /a |Bearer t0k|null|null",
                        "GET /b |Bearer t0k|null|null"),
                heard);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INDICES  | a%5B0%5D=1&a%5B1%5D=2&b%5Bc%5D=x+y
            REPEAT   | a=1&a=2&b%5Bc%5D=x+y
            BRACKETS | a%5B%5D=1&a%5B%5D=2&b%5Bc%5D=x+y
            COMMAS   | a=1%2C2&b%5Bc%5D=x+y
            """)
    void aBodyCanBeAForm(String format, String form) throws Exception {
        http.call(request("""
                "Method": "POST", "RequestBody": {"a": [1, 2], "b": {"c": "x y"}}, "Transform":
                {"RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": "%s"}}""".formatted(format), "/form", "key"));
        assertEquals("POST /form?v=2 " + form + "|null|geheim|acme", heard.getFirst());
    }

    @Test
    void betweenCommasWhatIsNoScalarIsJson() throws Exception {
        http.call(request("""
                "Method": "POST", "RequestBody": {"a": [1, null, {"b": "c"}, [2]]}, "Transform":
                {"RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": "COMMAS"}}""", "/form", "basic"));
        assertEquals(
                "POST /form a=1%2C%2C%7B%22b%22%3A%22c%22%7D%2C%5B2%5D|Basic YW5uOnB3|null|null",
                heard.getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"mode": "test", "n": 1}       | {"mode":"live","n":1,"tenant":"acme"}
            {"mode": {"deep": 1}}          | {"mode":"live","tenant":"acme"}
            {}                             | {"mode":"live","tenant":"acme"}
            """)
    void theConnectionsMembersOfTheBodyWin(String own, String sent) throws Exception {
        http.call(request("\"Method\": \"POST\", \"RequestBody\": " + own, "/b", "body"));
        assertEquals(List.of("POST /b " + sent + "|null|geheim|null"), heard);
    }

    @Test
    void theConnectionsMembersAreABodyOfTheirOwn() throws Exception {
        http.call(request("\"Method\": \"POST\"", "/b", "body"));
        assertEquals(
                List.of("POST /b {\"mode\":\"live\",\"tenant\":\"acme\"}|null|geheim|null"), heard);
    }

    @Test
    void theConnectionsMembersArePartOfAForm() throws Exception {
        http.call(request("""
                "Method": "POST", "RequestBody": {"n": 1}, "Transform": {"RequestBodyEncoding": "URL_ENCODED"}""", "/b", "body"));
        assertEquals(List.of("POST /b n=1&mode=live&tenant=acme|null|geheim|null"), heard);
    }

    @Test
    void aBodyThatIsNoObjectTakesNoMembers() {
        var text = failure(request("\"Method\": \"POST\", \"RequestBody\": \"x\"", "/b", "body"));
        assertEquals("States.Runtime", text.failure().name());
        assertTrue(
                text.failure()
                        .cause()
                        .orElseThrow()
                        .endsWith(
                                "[The RequestBody must be an OBJECT, for the connection has parameters to put into it]"),
                text.getMessage());
        assertEquals(List.of(), heard);
    }

    @Test
    void statusesAndSocketsHaveErrorsOfTheirOwn() {
        var missing = failure(request("\"Method\": \"GET\"", "/404", "key"));
        assertEquals("States.Http.StatusCode.404", missing.failure().name());
        assertEquals("{\"n\": 1}", missing.failure().cause().orElseThrow());

        server.stop(0);
        var gone = failure(request("\"Method\": \"GET\"", "/", "key"));
        assertEquals("States.Http.Socket", gone.failure().name());
    }

    @Test
    void whatCannotBeSentIsNamed() {
        var header =
                failure(request("\"Method\": \"GET\", \"Headers\": {\"Host\": \"x\"}", "/", "key"));
        assertTrue(
                header.failure()
                        .cause()
                        .orElseThrow()
                        .endsWith("[The header 'Host' is not allowed]"),
                header.getMessage());
        var lines = failure(
                request("\"Method\": \"GET\", \"Headers\": {\"X-A\": \"a\\nb\"}", "/", "key"));
        assertEquals("States.Runtime", lines.failure().name());
        assertTrue(
                lines.failure().cause().orElseThrow().endsWith("[invalid header value: \"a\nb\"]"),
                lines.getMessage());
        var port = failure(task("""
                {"ApiEndpoint": "http://127.0.0.1:99999/", "Method": "GET",
                 "InvocationConfig": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/key/1"}}"""));
        assertEquals("States.Http.Socket", port.failure().name());
        assertEquals(
                "The call to 127.0.0.1 failed: there is no port 99,999, the last one is 65,535",
                port.failure().cause().orElseThrow());
        var connection = failure(request("\"Method\": \"GET\"", "/", "other"));
        assertEquals("Events.ConnectionResource.NotFound", connection.failure().name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "URL_ENCODED"                           | The value for the field 'Transform' must be an OBJECT
            {"RequestBodyEncoding": "BASE64"}       | The RequestBodyEncoding must be NONE or URL_ENCODED, but was 'BASE64'
            {"Encoding": "URL_ENCODED"}             | The field "Encoding" is not supported by Step Functions
            {"RequestEncodingOptions": "REPEAT"}    | The value for the field 'RequestEncodingOptions' must be an OBJECT
            {"RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": 5}} | The ArrayFormat must be INDICES, REPEAT, COMMAS or BRACKETS, but was '5'
            """)
    void aTransformThatThereIsNotIsNamed(String transform, String reason) {
        var failed = failure(request(
                "\"Method\": \"POST\", \"RequestBody\": {}, \"Transform\": " + transform,
                "/",
                "key"));
        assertEquals("States.Runtime", failed.failure().name());
        assertTrue(
                failed.failure().cause().orElseThrow().endsWith("[" + reason + "]"),
                failed.getMessage());
    }

    @Test
    void parametersThatCanNeverBeSentAreKnownBeforeARun() {
        assertEquals(
                List.of(
                        "The field 'Method' is required but was missing",
                        "The field \"Url\" is not supported by Step Functions"),
                HttpIntegration.FORM.parameterFaults(Outline.ofParameters(
                        Map.of("ApiEndpoint.$", "$.endpoint", "Url", "https://example.com"))));
    }

    @Test
    void anExchangeShowsSecretsApart() throws Exception {
        var traced = new AtomicReference<Exchange>();
        http.call(request("\"Method\": \"GET\"", "/items", "key"), traced::set);

        Exchange exchange = traced.get();
        assertEquals("http://" + host + "/items", exchange.request().get("url"));
        assertFalse(exchange.request().get("headers").contains("geheim"));
        assertTrue(exchange.secretRequest().get("headers").contains("X-Key: geheim"));
        assertEquals("200", exchange.response().get("statusCode"));
        assertEquals("{\"n\": 1}", exchange.response().get("body"));
    }

    @Test
    void theConnectionsMembersOfTheBodyAreSecret() throws Exception {
        var traced = new AtomicReference<Exchange>();
        http.call(
                request("\"Method\": \"POST\", \"RequestBody\": {\"n\": 1}", "/b", "body"),
                traced::set);

        Exchange exchange = traced.get();
        assertEquals("{\"n\":1}", exchange.request().get("body"));
        assertEquals(
                "{\"n\":1,\"mode\":\"live\",\"tenant\":\"acme\"}",
                exchange.secretRequest().get("body"));
    }

    private TaskFailed failure(TaskRequest request) {
        TaskIntegration integration = http;
        return assertThrows(TaskFailed.class, () -> integration.call(request));
    }

    private TaskRequest request(String members, String path, String connection) {
        return task("""
                {"ApiEndpoint": "http://%s%s", "InvocationConfig": {"ConnectionArn":
                 "arn:aws:events:us-east-1:123456789012:connection/%s/0a1b"}, %s}""".formatted(host, path, connection, members));
    }

    private static TaskRequest task(String arguments) {
        return new TaskRequest(
                new TaskResource(
                        "arn:aws:states:::http:invoke",
                        "http",
                        "invoke",
                        TaskResource.Pattern.REQUEST_RESPONSE),
                Json.ofText(arguments),
                "key",
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                Optional.empty(),
                Optional.empty());
    }
}
