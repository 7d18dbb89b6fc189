package dev.mapwright.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.server.config.ServicePlace;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;

/// What functions are told of where services are.
class EndpointVariablesTest {
    private static final URI HERE = URI.create("http://127.0.0.1:4566");
    private static final ServicePlace THERE =
            new ServicePlace.Endpoint(URI.create("http://there:1"));

    @Test
    void aServiceElsewhereIsNamedAsTheSdksNameIt() {
        assertEquals(
                Map.of(
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
                        "AWS_ENDPOINT_URL_S3", "http://there:1",
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://there:1",
                        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://there:1",
                        "AWS_ENDPOINT_URL_EVENTBRIDGE", "http://there:1"),
                EndpointVariables.of(
                        HERE,
                        Map.of(
                                "s3", THERE,
                                "secretsmanager", THERE,
                                "cloudwatchlogs", THERE,
                                "eventbridge", THERE)));
    }

    @Test
    void allOthersAreHere() {
        assertEquals(
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
                EndpointVariables.of(
                        HERE,
                        Map.of(
                                "dynamodb", new ServicePlace.BuiltIn(),
                                "glue", new ServicePlace.Aws())));
    }
}
