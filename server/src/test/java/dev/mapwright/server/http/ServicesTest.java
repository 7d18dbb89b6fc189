package dev.mapwright.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class ServicesTest {
    private static final String SCOPE =
            "AWS4-HMAC-SHA256 Credential=AKID/20250101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0";

    private final HttpClient client = HttpClient.newHttpClient();
    private Endpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        endpoint = Endpoint.open(
                "127.0.0.1",
                0,
                new Services(
                        Map.of(
                                "states", named("states"),
                                "s3", named("s3"),
                                "dynamodb", named("dynamodb"),
                                "monitoring", named("monitoring")),
                        Map.of("/metrics", named("the page"))));
    }

    @AfterEach
    void close() {
        endpoint.close();
        client.close();
    }

    @Test
    void findsStepFunctionsByItsTarget() throws Exception {
        assertEquals("states", post("/", "X-Amz-Target", "AWSStepFunctions.StartExecution"));
    }

    @Test
    void findsCloudWatchByItsTargetAndByItsPath() throws Exception {
        assertEquals(
                "monitoring",
                post("/", "X-Amz-Target", "GraniteServiceVersion20100801.PutMetricData"));
        String path = "/service/GraniteServiceVersion20100801/operation/PutMetricData";
        assertEquals("monitoring", post(path, "smithy-protocol", "rpc-v2-cbor"));
        assertEquals("s3", post(path, "Content-Type", "text/plain"));
    }

    @Test
    void aPageIsForTheUnsigned() throws Exception {
        assertEquals("the page", get("/metrics", "Accept", "text/plain"));
        assertEquals("s3", get("/metrics", "Authorization", SCOPE.formatted("s3")));
        assertEquals("s3", post("/metrics", "Accept", "text/plain"));
    }

    @Test
    void findsDynamoDbByItsTarget() throws Exception {
        assertEquals("dynamodb", post("/", "X-Amz-Target", "DynamoDB_20120810.PutItem"));
    }

    @Test
    void findsS3ByTheScopeOfTheSignature() throws Exception {
        assertEquals("s3", get("/bucket/key", "Authorization", SCOPE.formatted("s3")));
    }

    @Test
    void findsS3ByAPresignedQuery() throws Exception {
        assertEquals(
                "s3",
                get(
                        "/b/k?X-Amz-Credential=AKID%2F20250101%2Fus-east-1%2Fs3%2Faws4_request",
                        "X-Other", "1"));
    }

    @Test
    void takesAnUnsignedRequestForS3() throws Exception {
        assertEquals("s3", get("/bucket/key", "X-Other", "1"));
    }

    @Test
    void takesASignedRequestForABucketNamedHealth() throws Exception {
        assertEquals("s3", get("/health", "Authorization", SCOPE.formatted("s3")));
    }

    @Test
    void saysThatItIsReady() throws Exception {
        assertEquals(
                "{\"status\":\"ready\",\"services\":[\"dynamodb\",\"monitoring\",\"s3\",\"states\"]}",
                get("/health", "X-Other", "1"));
    }

    @Test
    void refusesAnotherServiceByNameInJson() throws Exception {
        assertEquals(
                "{\"__type\":\"UnknownOperationException\",\"message\":\"Mapwright has no service 'TrentService' here."
                        + " It answers for: dynamodb, monitoring, s3, states.\"}",
                post("/", "X-Amz-Target", "TrentService.Encrypt"));
    }

    @Test
    void refusesAnotherServiceByNameInXml() throws Exception {
        String answer = post("/", "Authorization", SCOPE.formatted("sqs"));
        assertTrue(answer.contains("<Message>Mapwright has no service 'sqs' here."), answer);
    }

    private static Handler named(String name) {
        return (_, response) -> response.status(200).send(name.getBytes(StandardCharsets.UTF_8));
    }

    private String get(String path, String header, String value) throws Exception {
        return send(HttpRequest.newBuilder(endpoint.uri().resolve(path))
                .header(header, value)
                .build());
    }

    private String post(String path, String header, String value) throws Exception {
        return send(HttpRequest.newBuilder(endpoint.uri().resolve(path))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    }

    private String send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
