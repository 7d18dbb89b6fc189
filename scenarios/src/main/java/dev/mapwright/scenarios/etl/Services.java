package dev.mapwright.scenarios.etl;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// S3 and the parameter store at `AWS_ENDPOINT_URL`, without any SDK.
final class Services {
    private static final Pattern VALUE = Pattern.compile("\"Value\"\\s*:\\s*\"([^\"]*)\"");
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint = URI.create(System.getenv("AWS_ENDPOINT_URL"));

    InputStream object(String bucket, String key) throws IOException, InterruptedException {
        return check(
                http.send(request("/" + bucket + "/" + key).build(), BodyHandlers.ofInputStream()));
    }

    void put(String bucket, String key, String text) throws IOException, InterruptedException {
        check(http.send(
                request("/" + bucket + "/" + key)
                        .PUT(BodyPublishers.ofString(text))
                        .build(),
                BodyHandlers.ofString()));
    }

    /// A value without quotation marks in it.
    String parameter(String name) throws IOException, InterruptedException {
        String answer = check(http.send(
                request("/")
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header("X-Amz-Target", "AmazonSSM.GetParameter")
                        .POST(BodyPublishers.ofString("{\"Name\": \"%s\"}".formatted(name)))
                        .build(),
                BodyHandlers.ofString()));
        Matcher value = VALUE.matcher(answer);
        if (!value.find()) {
            throw new IOException("Expected a value of the parameter " + name);
        }
        return value.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path));
    }

    private static <T> T check(HttpResponse<T> response) throws IOException {
        if (response.statusCode() != OK) {
            throw new IOException("%s: HTTP %d".formatted(response.uri(), response.statusCode()));
        }
        return response.body();
    }
}
