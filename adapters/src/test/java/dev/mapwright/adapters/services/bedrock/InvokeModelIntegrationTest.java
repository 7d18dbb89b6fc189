package dev.mapwright.adapters.services.bedrock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.services.sdk.OptimizedService;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A model behind HTTP that answers each prompt alike.
class InvokeModelIntegrationTest {
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("models");
    private HttpServer server;
    private SdkServices sdk;
    private InvokeModelIntegration integration;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var address = new Address.Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                Optional.of(new Address.Keys("test", "test", Optional.empty())));
        sdk = new SdkServices(Map.of("bedrockruntime", address), Plugins.in(Path.of("none")));
        integration = new InvokeModelIntegration(
                sdk.findOptimized(OptimizedService.BEDROCK_RUNTIME, "invokeModel")
                        .orElseThrow(),
                objects);
    }

    @AfterEach
    void stop() {
        sdk.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestURI() + " " + body);
        byte[] answer = "{\"completion\": \"Hello\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void theBodyIsGivenAndShownAsJson() throws Exception {
        var result = call("{\"ModelId\": \"m\", \"Body\": {\"prompt\": \"Hi\"}}");

        assertEquals("/model/m/invoke {\"prompt\":\"Hi\"}", asked.take());
        assertEquals(Map.of("completion", "Hello"), result.get("Body"));
        assertEquals("application/json", result.get("ContentType"));
    }

    @Test
    void aBodyThatIsTextIsSentAsTheJsonThatItHolds() throws Exception {
        call("{\"ModelId\": \"m\", \"Body\": \"{\\\"prompt\\\": \\\"Hi\\\"}\"}");
        call("{\"ModelId\": \"m\", \"Body\": \"Hi\"}");

        assertEquals("/model/m/invoke {\"prompt\":\"Hi\"}", asked.take());
        assertEquals("/model/m/invoke \"Hi\"", asked.take());
    }

    @Test
    void anInputInS3IsTheBody() throws Exception {
        put("prompts/1.json", "{\"prompt\": \"From S3\"}");

        call("{\"ModelId\": \"m\", \"Input\": {\"S3Uri\": \"s3://models/prompts/1.json\"}}");

        assertEquals("/model/m/invoke {\"prompt\":\"From S3\"}", asked.take());
    }

    @Test
    void anOutputInS3HasTheBodyAndTheResultNamesIt() throws Exception {
        var result = call("""
                {"ModelId": "m", "Body": {"prompt": "Hi"}, "Output": {"S3Uri": "s3://models/answers/1.json"}}""");

        assertEquals("s3://models/answers/1.json", result.get("Body"));
        assertEquals("{\"completion\":\"Hello\"}", objects.text("models", "answers/1.json"));
    }

    @Test
    void whatCannotBeReadOrUsedIsNamed() throws Exception {
        assertFails("Bedrock.S3Exception", "The input s3://models/nothing cannot be read: ", """
                {"ModelId": "m", "Input": {"S3Uri": "s3://models/nothing"}}""");
        put("text", "no JSON");
        assertFails("Bedrock.S3Exception", "The input s3://models/text is not JSON: ", """
                {"ModelId": "m", "Input": {"S3Uri": "s3://models/text"}}""");
        assertFails("States.Runtime", "[Only one of Body and Input can be given]", """
                {"ModelId": "m", "Body": {}, "Input": {"S3Uri": "s3://models/text"}}""");
        assertFails(
                "States.Runtime",
                "[The field 'Output' must be an OBJECT with an S3Uri like s3://bucket/key, but was '\"x\"']",
                "{\"ModelId\": \"m\", \"Body\": {}, \"Output\": \"x\"}");
        assertTrue(asked.isEmpty(), asked.toString());
    }

    private void assertFails(String error, String cause, String arguments) {
        var failed = assertThrows(TaskFailed.class, () -> call(arguments));
        assertEquals(error, failed.failure().name());
        assertTrue(
                failed.failure().cause().orElseThrow().contains(cause),
                failed.failure().cause().orElseThrow());
    }

    private void put(String key, String content) throws Exception {
        objects.put("models", key, "text/plain", content.getBytes(StandardCharsets.UTF_8));
    }

    private Map<?, ?> call(String arguments) throws Exception {
        Json result = integration.call(new TaskRequest(
                new TaskResource(
                        "arn:aws:states:::bedrock:invokeModel",
                        "bedrock",
                        "invokeModel",
                        TaskResource.Pattern.REQUEST_RESPONSE),
                Json.parse(arguments),
                "key",
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                Optional.empty(),
                Optional.empty()));
        return (Map<?, ?>) result.value();
    }
}
