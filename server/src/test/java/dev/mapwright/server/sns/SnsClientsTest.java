package dev.mapwright.server.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.queues.QueueOwner;
import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.adapters.topics.TopicOwner;
import dev.mapwright.adapters.topics.Topics;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.asl.json.Json;
import dev.mapwright.server.clients.JavaClients;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.InProcess;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.http.PortUnavailable;
import dev.mapwright.server.http.Services;
import dev.mapwright.server.sqs.SqsHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The Java SDK against topics whose messages arrive in queues and at an HTTP endpoint.
class SnsClientsTest {
    private static final int SECONDS_MAX = 300;

    @TempDir
    Path folder;

    private KeyValueStore store;
    private Targets targets;
    private Topics topics;
    private Endpoint endpoint;
    private SnsClient sns;
    private SqsClient sqs;

    @BeforeEach
    void open() throws StoreUnavailable, PortUnavailable {
        var world = new SystemWorld();
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        var origin = new Origin(() -> endpoint.uri());
        var queueOwner = new QueueOwner("us-east-1", "123456789012");
        var queues = new Queues(store, queueOwner, UUID::randomUUID, world::now);
        var sqsHandler = new SqsHandler(queues, UUID::randomUUID, origin);
        targets = new Targets(
                Map.of("sqs", new Address.InProcess(new InProcess(sqsHandler), "us-east-1")));
        topics = new Topics(world, store, new TopicOwner("us-east-1", "123456789012"), targets);
        var snsHandler = new SnsHandler(topics, UUID::randomUUID, origin);
        endpoint = Endpoint.open(
                "127.0.0.1", 0, new Services(Map.of("sqs", sqsHandler, "sns", snsHandler)));
        topics.start();
        var clients = new JavaClients(endpoint.uri());
        sns = clients.make(SnsClient.builder());
        sqs = clients.make(SqsClient.builder());
    }

    @AfterEach
    void close() {
        sns.close();
        sqs.close();
        endpoint.close();
        topics.close();
        targets.close();
        store.close();
    }

    @Test
    void aQueueGetsTheMessageInItsEnvelope() throws Exception {
        String topic = sns.createTopic(request -> request.name("orders")).topicArn();
        String queue = subscribedQueue("all", topic, Map.of());
        String id = sns.publish(
                        request -> request.topicArn(topic).message("hello").subject("s"))
                .messageId();
        var envelope = (Map<?, ?>) Json.parse(receive(queue).body()).value();
        assertEquals("Notification", envelope.get("Type"));
        assertEquals("hello", envelope.get("Message"));
        assertEquals("s", envelope.get("Subject"));
        assertEquals(id, envelope.get("MessageId"));
        assertEquals(topic, envelope.get("TopicArn"));
    }

    @Test
    void aFilteredQueueGetsOnlyWhatItWants() {
        String topic = sns.createTopic(request -> request.name("orders")).topicArn();
        String queue = subscribedQueue(
                "red",
                topic,
                Map.of(
                        "RawMessageDelivery", "true",
                        "FilterPolicy", "{\"colour\": [\"red\"]}"));
        for (String colour : List.of("blue", "red")) {
            var value = MessageAttributeValue.builder().dataType("String").stringValue(colour);
            sns.publish(request -> request.topicArn(topic)
                    .message("a " + colour + " one")
                    .messageAttributes(Map.of("colour", value.build())));
        }
        Message received = receive(queue);
        assertEquals("a red one", received.body());
        assertEquals("red", received.messageAttributes().get("colour").stringValue());
    }

    @Test
    void whatCannotBeDeliveredGoesToTheDeadLetterQueue() {
        String topic = sns.createTopic(request -> request.name("orders")).topicArn();
        String dead = queue("dead");
        sns.subscribe(
                request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint("arn:aws:sqs:us-east-1:123456789012:nowhere")
                        .attributes(
                                Map.of(
                                        "RawMessageDelivery", "true",
                                        "RedrivePolicy",
                                                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:123456789012:dead\"}")));
        sns.publish(request -> request.topicArn(topic).message("lost"));
        assertEquals("lost", receive(dead).body());
    }

    @Test
    void anHttpEndpointGetsMessagesOnceItHasConfirmed() throws Exception {
        BlockingQueue<Map<?, ?>> arrived = new LinkedBlockingQueue<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            arrived.add((Map<?, ?>) Json.ofText(body).value());
        });
        server.start();
        try {
            String topic = sns.createTopic(request -> request.name("orders")).topicArn();
            String answer = sns.subscribe(request -> request.topicArn(topic)
                            .protocol("http")
                            .endpoint("http://127.0.0.1:%d/"
                                    .formatted(server.getAddress().getPort())))
                    .subscriptionArn();
            assertEquals("pending confirmation", answer);
            Map<?, ?> confirmation = arrived.poll(SECONDS_MAX, TimeUnit.SECONDS);
            follow((String) confirmation.get("SubscribeURL"));
            sns.publish(request -> request.topicArn(topic).message("hello"));
            Map<?, ?> notification = arrived.poll(SECONDS_MAX, TimeUnit.SECONDS);
            assertEquals("hello", notification.get("Message"));
            follow((String) notification.get("UnsubscribeURL"));
            assertTrue(sns.listSubscriptions().subscriptions().isEmpty());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theJavaSdkRecognizesErrors() {
        assertThrows(
                NotFoundException.class,
                () -> sns.publish(
                        request -> request.topicArn("arn:aws:sns:us-east-1:123456789012:no")
                                .message("a")));
    }

    private String queue(String name) {
        return sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    private String subscribedQueue(String name, String topic, Map<String, String> attributes) {
        String url = queue(name);
        sns.subscribe(request -> request.topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:123456789012:" + name)
                .attributes(attributes));
        return url;
    }

    private Message receive(String url) {
        return JavaClients.receive(sqs, url);
    }

    private static void follow(String link) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(link)).build();
            assertEquals(200, client.send(request, BodyHandlers.discarding()).statusCode());
        }
    }
}
