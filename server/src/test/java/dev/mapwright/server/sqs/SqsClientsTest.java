package dev.mapwright.server.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.queues.QueueOwner;
import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.server.clients.JavaClients;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.http.PortUnavailable;
import dev.mapwright.server.http.Services;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Real clients against the wire protocols, over a loopback port. The Java SDK checks the digests
/// of all that it sends and receives.
class SqsClientsTest {
    @TempDir
    Path folder;

    private KeyValueStore store;
    private Endpoint endpoint;

    @BeforeEach
    void open() throws StoreUnavailable, PortUnavailable {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        var owner = new QueueOwner("us-east-1", "123456789012");
        var queues = new Queues(store, owner, UUID::randomUUID, InstantSource.system());
        var handler = new SqsHandler(queues, UUID::randomUUID, new Origin(() -> endpoint.uri()));
        endpoint = Endpoint.open("127.0.0.1", 0, new Services(Map.of("sqs", handler)));
    }

    @AfterEach
    void close() {
        endpoint.close();
        store.close();
    }

    @Test
    void theJavaSdkSendsReceivesAndDeletesMessages() {
        try (SqsClient client = javaClient()) {
            String url = client.createQueue(queue -> queue.queueName("orders")).queueUrl();
            assertEquals(endpoint.uri() + "/123456789012/orders", url);
            var text = MessageAttributeValue.builder().dataType("String").stringValue("red");
            var bytes = MessageAttributeValue.builder()
                    .dataType("Binary.raw")
                    .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, -1}));
            client.sendMessage(message -> message.queueUrl(url)
                    .messageBody("hällo")
                    .messageAttributes(Map.of("colour", text.build(), "raw", bytes.build())));
            Message received = client.receiveMessage(request ->
                            request.queueUrl(url).waitTimeSeconds(5).messageAttributeNames("All"))
                    .messages()
                    .getFirst();
            assertEquals("hällo", received.body());
            assertEquals("red", received.messageAttributes().get("colour").stringValue());
            client.deleteMessage(
                    request -> request.queueUrl(url).receiptHandle(received.receiptHandle()));
            assertEquals(
                    0,
                    client.receiveMessage(request -> request.queueUrl(url))
                            .messages()
                            .size());
        }
    }

    @Test
    void theJavaSdkRecognizesErrors() {
        try (SqsClient client = javaClient()) {
            assertThrows(
                    QueueDoesNotExistException.class,
                    () -> client.getQueueUrl(request -> request.queueName("nowhere")));
        }
    }

    @Test
    void olderClientsSpeakInFormsAndXml() throws Exception {
        query(
                "/",
                "Action=CreateQueue&QueueName=orders&Attribute.1.Name=DelaySeconds&Attribute.1.Value=0");
        String sent = query(
                "/123456789012/orders",
                "Action=SendMessage&MessageBody=a%26b&MessageAttribute.1.Name=n"
                        + "&MessageAttribute.1.Value.DataType=Number&MessageAttribute.1.Value.StringValue=7");
        assertTrue(sent.contains("<MD5OfMessageBody>b96e7bda9c9feee3259b177bd456b0a5</"), sent);
        String received = query(
                "/",
                "Action=ReceiveMessage&QueueUrl=http%3A%2F%2Fhost%2F123456789012%2Forders"
                        + "&AttributeName.1=ApproximateReceiveCount&MessageAttributeName.1=All");
        assertTrue(received.contains("<Body>a&amp;b</Body>"), received);
        assertTrue(
                received.contains(
                        "<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>"),
                received);
        assertTrue(received.contains("<MessageAttribute><Name>n</Name><Value>"), received);
        String refused = query("/", "Action=PurgeQueue&QueueUrl=nowhere");
        assertTrue(
                refused.contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"), refused);
    }

    private String query(String path, String form) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(endpoint.uri().resolve(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/sqs/aws4_request,"
                                    + " SignedHeaders=host, Signature=0")
                    .POST(BodyPublishers.ofString(form))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.body();
        }
    }

    private SqsClient javaClient() {
        return new JavaClients(endpoint.uri()).make(SqsClient.builder());
    }
}
