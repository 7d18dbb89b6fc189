package dev.mapwright.adapters.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class QueuesTest {
    private static final String ORIGIN = "http://127.0.0.1:4566";
    private static final String URL = ORIGIN + "/123456789012/";

    @TempDir
    Path folder;

    private KeyValueStore store;
    private Queues queues;
    private Instant now = Instant.parse("2026-05-06T07:08:09.250Z");
    private int ids;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        queues = new Queues(
                store,
                new QueueOwner("us-east-1", "123456789012"),
                () -> new UUID(0, ++ids),
                () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMessageIsAnsweredWithItsDigests() throws Exception {
        create("orders", "{}");
        assertAnswer("""
                {"MessageId": "00000000-0000-0000-0000-000000000001",
                 "MD5OfMessageBody": "5d41402abc4b2a76b9719d911017c592",
                 "MD5OfMessageAttributes": "0410de28095c8c9ede883953e14dac6c"}""", "SendMessage", """
                {"QueueUrl": "orders", "MessageBody": "hello",
                 "MessageAttributes": {"colour": {"DataType": "String", "StringValue": "red"}}}""");
    }

    @Test
    void aMessageIsReceivedWithWhatWasAskedFor() throws Exception {
        create("orders", "{}");
        send("orders", "hello");
        var message = receive("{\"QueueUrl\": \"orders\", \"AttributeNames\": [\"SentTimestamp\"]}")
                .getFirst();
        assertEquals("hello", message.get("Body"));
        assertEquals(Map.of("SentTimestamp", "1778051289250"), message.get("Attributes"));
    }

    @Test
    void aMessageThatWasReceivedTooOftenGoesToTheDeadLetterQueue() throws Exception {
        create("dead", "{}");
        create("orders", """
                {"VisibilityTimeout": "0", "RedrivePolicy":
                 "{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:123456789012:dead\\",\\"maxReceiveCount\\":2}"}""");
        send("orders", "poison");
        assertEquals(1, receive("{\"QueueUrl\": \"orders\"}").size());
        assertEquals(1, receive("{\"QueueUrl\": \"orders\"}").size());
        assertEquals(0, receive("{\"QueueUrl\": \"orders\"}").size());
        var dead = receive("{\"QueueUrl\": \"dead\","
                        + " \"AttributeNames\": [\"DeadLetterQueueSourceArn\"]}")
                .getFirst();
        assertEquals("poison", dead.get("Body"));
        assertEquals(
                Map.of("DeadLetterQueueSourceArn", "arn:aws:sqs:us-east-1:123456789012:orders"),
                dead.get("Attributes"));
    }

    @Test
    void aFifoQueueKnowsAMessageAgainForFiveMinutes() throws Exception {
        create("orders.fifo", "{\"FifoQueue\": \"true\"}");
        String message = """
                {"QueueUrl": "orders.fifo", "MessageBody": "hello",
                 "MessageGroupId": "g", "MessageDeduplicationId": "once"}""";
        var first = call("SendMessage", message);
        now = now.plus(Duration.ofMinutes(4));
        assertEquals(first, call("SendMessage", message));
        assertEquals("1", waiting("orders.fifo"));
        close();
        open();
        assertEquals(first, call("SendMessage", message));
        now = now.plus(Duration.ofMinutes(2));
        call("SendMessage", message);
        assertEquals("2", waiting("orders.fifo"));
    }

    @Test
    void aFifoQueueKnowsAMessageAgainInTheSameBatch() throws Exception {
        create("orders.fifo", "{\"FifoQueue\": \"true\"}");
        var answer = call("SendMessageBatch", """
                {"QueueUrl": "orders.fifo", "Entries": [
                  {"Id": "1", "MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "once"},
                  {"Id": "2", "MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "once"}]}""");
        List<?> sent = (List<?>) answer.get("Successful");
        assertEquals(
                ((Map<?, ?>) sent.get(0)).get("MessageId"),
                ((Map<?, ?>) sent.get(1)).get("MessageId"));
        assertEquals("1", waiting("orders.fifo"));
    }

    @Test
    void aFifoQueueWantsToKnowMessagesApart() throws Exception {
        create("orders.fifo", "{\"FifoQueue\": \"true\"}");
        assertRefused(
                "InvalidParameterValue",
                "SendMessage",
                "{\"QueueUrl\": \"orders.fifo\", \"MessageBody\": \"a\", \"MessageGroupId\": \"g\"}");
        assertRefused(
                "MissingParameter",
                "SendMessage",
                "{\"QueueUrl\": \"orders.fifo\", \"MessageBody\": \"a\"}");
    }

    @Test
    void queuesAndMessagesAreThereAfterARestart() throws Exception {
        create("orders", "{\"VisibilityTimeout\": \"7\"}");
        send("orders", "hello");
        close();
        open();
        assertEquals(
                Map.of("Attributes", Map.of("VisibilityTimeout", "7")),
                call("GetQueueAttributes", """
                        {"QueueUrl": "orders", "AttributeNames": ["VisibilityTimeout"]}"""));
        assertEquals("hello", receive("{\"QueueUrl\": \"orders\"}").getFirst().get("Body"));
    }

    @Test
    void entriesOfABatchFailAlone() throws Exception {
        create("orders", "{}");
        var answer = call("SendMessageBatch", """
                {"QueueUrl": "orders", "Entries": [
                  {"Id": "good", "MessageBody": "a"}, {"Id": "bad", "MessageBody": "\\u0001"}]}""");
        assertEquals(1, ((List<?>) answer.get("Successful")).size());
        var failed = (Map<?, ?>) ((List<?>) answer.get("Failed")).getFirst();
        assertEquals("bad", failed.get("Id"));
        assertEquals("InvalidParameterValue", failed.get("Code"));
        assertEquals("1", waiting("orders"));
    }

    @Test
    void theSameQueueCanBeMadeAgainAndAnotherOneOfItsNameCannot() throws Exception {
        create("orders", "{\"DelaySeconds\": \"1\"}");
        assertAnswer(
                "{\"QueueUrl\": \"" + URL + "orders\"}",
                "CreateQueue",
                "{\"QueueName\": \"orders\", \"Attributes\": {\"DelaySeconds\": \"1\"}}");
        assertRefused(
                "QueueNameExists",
                "CreateQueue",
                "{\"QueueName\": \"orders\", \"Attributes\": {\"DelaySeconds\": \"2\"}}");
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        create("orders", "{}");
        assertRefused("QueueDoesNotExist", "PurgeQueue", "{\"QueueUrl\": \"nowhere\"}");
        assertRefused("InvalidAddress", "PurgeQueue", "{\"QueueUrl\": \"http://nowhere\"}");
        assertRefused("UnknownOperationException", "AddPermission", "{\"QueueUrl\": \"orders\"}");
        assertRefused(
                "ReceiptHandleIsInvalid",
                "DeleteMessage",
                "{\"QueueUrl\": \"orders\", \"ReceiptHandle\": \"x\"}");
        assertRefused(
                "InvalidAttributeValue",
                "CreateQueue",
                "{\"QueueName\": \"a\", \"Attributes\": {\"DelaySeconds\": \"901\"}}");
        assertRefused("InvalidParameterValue", "CreateQueue", "{\"QueueName\": \"with space\"}");
        assertTrue(assertThrows(RefusedRequest.class, () -> call("ReceiveMessage", """
                                {"QueueUrl": "orders", "WaitTimeSeconds": 21}"""))
                .getMessage()
                .contains("Must be >= 0 and <= 20"));
    }

    private void create(String name, String attributes) throws InterruptedException {
        call(
                "CreateQueue",
                "{\"QueueName\": \"%s\", \"Attributes\": %s}".formatted(name, attributes));
    }

    private void send(String queue, String body) throws InterruptedException {
        call(
                "SendMessage",
                "{\"QueueUrl\": \"%s\", \"MessageBody\": \"%s\"}".formatted(queue, body));
    }

    private List<Map<?, ?>> receive(String request) throws InterruptedException {
        Object messages = call("ReceiveMessage", request).getOrDefault("Messages", List.of());
        return ((List<?>) messages)
                .stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList();
    }

    private String waiting(String queue) throws InterruptedException {
        var answer = call("GetQueueAttributes", """
                {"QueueUrl": "%s", "AttributeNames": ["ApproximateNumberOfMessages"]}""".formatted(queue));
        return (String) ((Map<?, ?>) answer.get("Attributes")).get("ApproximateNumberOfMessages");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> call(String operation, String request) throws InterruptedException {
        return queues.call(operation, (Map<String, Object>) Json.ofText(request).value(), ORIGIN);
    }

    private void assertAnswer(String expected, String operation, String request)
            throws InterruptedException {
        assertEquals(Json.ofText(expected), Json.of(call(operation, request)));
    }

    private void assertRefused(String code, String operation, String request) {
        assertEquals(
                code,
                assertThrows(RefusedRequest.class, () -> call(operation, request))
                        .code());
    }
}
