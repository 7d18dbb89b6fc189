package dev.mapwright.server.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.events.EventOwner;
import dev.mapwright.adapters.events.Events;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.server.clients.OneService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Tag;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// Buses and rules as the Java SDK sees them.
class EventsClientsTest {
    private static final String PATTERN = "{\"source\": [\"shop\"]}";
    private static final Tag TEAM = Tag.builder().key("team").value("shop").build();
    private static final Tag STAGE = Tag.builder().key("stage").value("test").build();

    @TempDir
    Path folder;

    private Events events;
    private OneService<EventBridgeClient> service;
    private EventBridgeClient client;

    @BeforeEach
    void open() throws Exception {
        service = OneService.open(folder, EventBridgeClient.builder(), store -> {
            var owner = new EventOwner(OneService.PLACE.region(), OneService.PLACE.account());
            events = new Events(new SystemWorld(), store, owner, new Targets(Map.of()));
            return new EventsHandler(events, UUID::randomUUID);
        });
        client = service.client();
    }

    @AfterEach
    void close() throws Exception {
        events.close();
        service.close();
    }

    private List<Tag> tags(String arn) {
        return client.listTagsForResource(request -> request.resourceARN(arn)).tags();
    }

    @Test
    void aRuleKeepsItsTagsUntilItIsDeleted() {
        client.createEventBus(request -> request.name("shop"));
        String arn = client.putRule(request -> request.name("orders")
                        .eventBusName("shop")
                        .eventPattern(PATTERN)
                        .tags(TEAM))
                .ruleArn();
        client.tagResource(request -> request.resourceARN(arn).tags(STAGE));
        client.putRule(
                request -> request.name("orders").eventBusName("shop").eventPattern(PATTERN));
        assertEquals(List.of(STAGE, TEAM), tags(arn));
        client.untagResource(request -> request.resourceARN(arn).tagKeys("team"));
        assertEquals(List.of(STAGE), tags(arn));

        client.deleteRule(request -> request.name("orders").eventBusName("shop"));
        assertThrows(ResourceNotFoundException.class, () -> tags(arn));
        client.putRule(
                request -> request.name("orders").eventBusName("shop").eventPattern(PATTERN));
        assertEquals(List.of(), tags(arn));
    }

    @Test
    void aBusHasTagsAndADescription() {
        String arn = client.createEventBus(
                        request -> request.name("shop").description("of orders").tags(TEAM))
                .eventBusArn();
        assertEquals(List.of(TEAM), tags(arn));
        client.updateEventBus(request -> request.name("shop").description("of all"));
        assertEquals(
                "of all",
                client.describeEventBus(request -> request.name("shop")).description());
        assertEquals(List.of(TEAM), tags(arn));
    }

    @Test
    void whatABusCannotDoIsRefused() {
        EventBridgeException refused = assertThrows(
                EventBridgeException.class,
                () -> client.createEventBus(
                        request -> request.name("shop").kmsKeyIdentifier("alias/shop")));
        assertEquals(
                "Parameter KmsKeyIdentifier is not supported by Mapwright, and is 'alias/shop'.",
                refused.awsErrorDetails().errorMessage());
    }

    @Test
    void aRuleHasAtMostFiftyTags() {
        List<Tag> tags = IntStream.range(0, 51)
                .mapToObj(i -> Tag.builder().key("key" + i).value("").build())
                .toList();
        assertThrows(
                LimitExceededException.class,
                () -> client.putRule(
                        request -> request.name("orders").eventPattern(PATTERN).tags(tags)));
        assertThrows(
                ResourceNotFoundException.class,
                () -> client.describeRule(request -> request.name("orders")));
    }
}
