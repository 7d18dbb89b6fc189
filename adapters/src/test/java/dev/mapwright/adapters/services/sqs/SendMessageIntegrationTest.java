package dev.mapwright.adapters.services.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class SendMessageIntegrationTest {
    private static final Json SENT = Json.ofText("{\"MessageId\": \"1\"}");

    private final SendMessageIntegration integration = new SendMessageIntegration(_ -> SENT);

    /// RFC 6761: names under `invalid` are never found.
    @Test
    void aUrlThatNamesOnlyAHostFailsWhereThereIsNoSuchHost() {
        var failed = assertThrows(
                TaskFailed.class, () -> integration.call(request("http://queue.invalid")));
        assertEquals("SQS.SdkClientException", failed.failure().name());
        assertEquals(
                Optional.of(
                        "Unable to execute HTTP request: queue.invalid: Name or service not known"),
                failed.failure().cause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:4566/123456789012/orders",
                "https://queue.invalid/123456789012/orders",
                "http://localhost",
                "orders",
                "not a URL"
            })
    void everyOtherQueueIsFoundWhereverSqsIs(String queueUrl) throws Exception {
        assertEquals(SENT, integration.call(request(queueUrl)));
    }

    private static TaskRequest request(String queueUrl) {
        return new TaskRequest(
                new TaskResource(
                        "arn:aws:states:::sqs:sendMessage",
                        "sqs",
                        "sendMessage",
                        TaskResource.Pattern.REQUEST_RESPONSE),
                Json.ofText("{\"QueueUrl\": \"%s\", \"MessageBody\": \"m\"}".formatted(queueUrl)),
                "key",
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                Optional.empty(),
                Optional.empty());
    }
}
