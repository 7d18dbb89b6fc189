package dev.mapwright.server.client;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// Calls Step Functions, DynamoDB, S3, other services that speak AWS JSON, and Mapwright's own
/// interface on one endpoint.
public final class ServiceClient implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration CALL_MAX = Duration.ofMinutes(10);
    private static final int SUCCESS_MAX = 299;
    private static final int CONFLICT = 409;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final URI endpoint;

    public ServiceClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    /// An operation of Step Functions, `StartExecution` for example.
    public Answer states(String operation, Map<String, ?> parameters)
            throws CallFailed, InterruptedException {
        return json("AWSStepFunctions." + operation, parameters);
    }

    /// An operation of DynamoDB, `CreateTable` for example.
    public Answer dynamoDb(String operation, Map<String, ?> parameters)
            throws CallFailed, InterruptedException {
        return json("DynamoDB_20120810." + operation, parameters);
    }

    /// Mapwright's own interface.
    ///
    /// @param path below `/mapwright/`
    public Answer own(String path) throws CallFailed, InterruptedException {
        return own(path, request("/mapwright/" + path).build());
    }

    /// As [#own(String)], with something to do.
    public Answer own(String path, Map<String, ?> body) throws CallFailed, InterruptedException {
        return own(
                path,
                request("/mapwright/" + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.of(body).text()))
                        .build());
    }

    private Answer own(String path, HttpRequest request) throws CallFailed, InterruptedException {
        HttpResponse<byte[]> response = send(request);
        Answer answer = parse(path, response.body());
        if (response.statusCode() > SUCCESS_MAX) {
            String code = answer.findText("code").orElse("HTTP " + response.statusCode());
            throw new CallFailed(code, code + ": " + answer.findText("message").orElse(""));
        }
        return answer;
    }

    /// Makes a bucket, unless it is there.
    public void makeBucket(String bucket) throws CallFailed, InterruptedException {
        var request = request("/" + bucket).PUT(BodyPublishers.noBody()).build();
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() != CONFLICT) {
            check("create the bucket " + bucket, response);
        }
    }

    /// @param key of characters that need no encoding in a path
    public void putObject(String bucket, String key, Path file)
            throws CallFailed, InterruptedException, FileNotFoundException {
        var request = request("/" + bucket + "/" + key)
                .PUT(BodyPublishers.ofFile(file))
                .build();
        check("put the object " + key, send(request));
    }

    /// @param key of characters that need no encoding in a path
    public byte[] getObject(String bucket, String key) throws CallFailed, InterruptedException {
        return check(
                "get the object " + key, send(request("/" + bucket + "/" + key).build()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// An operation of any service that speaks AWS JSON.
    ///
    /// @param target the service's prefix and the operation: `AmazonSQS.ReceiveMessage`
    public Answer json(String target, Map<String, ?> parameters)
            throws CallFailed, InterruptedException {
        var request = request("/")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", target)
                .POST(BodyPublishers.ofString(Json.of(parameters).text()))
                .build();
        HttpResponse<byte[]> response = send(request);
        Answer answer = parse(target, response.body());
        if (response.statusCode() > SUCCESS_MAX) {
            String type = answer.findText("__type").orElse("HTTP " + response.statusCode());
            String code = type.substring(type.indexOf('#') + 1);
            String message = answer.findText("message")
                    .or(() -> answer.findText("Message"))
                    .orElse("");
            throw new CallFailed(code, "%s: %s: %s".formatted(target, code, message));
        }
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).timeout(CALL_MAX);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws CallFailed, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new CallFailed(
                    "Unreachable",
                    "No answer from %s: %s. Is an engine running there?"
                            .formatted(
                                    endpoint,
                                    Objects.requireNonNullElse(
                                            broken.getMessage(),
                                            broken.getClass().getSimpleName())));
        }
    }

    private static byte[] check(String what, HttpResponse<byte[]> response) throws CallFailed {
        if (response.statusCode() > SUCCESS_MAX) {
            throw new CallFailed(
                    "HTTP " + response.statusCode(),
                    "Could not %s: HTTP %d %s"
                            .formatted(
                                    what,
                                    response.statusCode(),
                                    new String(response.body(), StandardCharsets.UTF_8)));
        }
        return response.body();
    }

    private static Answer parse(String target, byte[] body) throws CallFailed {
        try {
            return Answer.of(Json.parse(new String(body, StandardCharsets.UTF_8)));
        } catch (JsonSyntaxException notJson) {
            throw new CallFailed(
                    "InvalidAnswer",
                    "%s was answered with something else than JSON: %s"
                            .formatted(target, notJson.getMessage()));
        }
    }
}
