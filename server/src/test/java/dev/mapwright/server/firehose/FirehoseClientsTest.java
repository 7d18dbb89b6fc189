package dev.mapwright.server.firehose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.delivery.DeliveryStreams;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.server.clients.OneService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.Tag;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Streams as the Java SDK sees them.
class FirehoseClientsTest {
    private static final Tag TEAM = Tag.builder().key("team").value("shop").build();
    private static final Tag STAGE = Tag.builder().key("stage").value("test").build();

    @TempDir
    Path folder;

    private DeliveryStreams streams;
    private OneService<FirehoseClient> service;
    private FirehoseClient client;

    @BeforeEach
    void open() throws Exception {
        var world = new SystemWorld();
        service = OneService.open(folder, FirehoseClient.builder(), store -> {
            var s3 = LocalS3.open(
                    store, folder.resolve("objects"), Durability.OS, InstantSource.system());
            streams = new DeliveryStreams(store, new LocalObjectStore(s3), world);
            return FirehoseApi.handler(streams, OneService.PLACE, world);
        });
        client = service.client();
        client.createDeliveryStream(request -> request.deliveryStreamName("orders")
                .extendedS3DestinationConfiguration(to -> to.roleARN("arn:aws:iam::1:role/r")
                        .bucketARN("arn:aws:s3:::before")
                        .prefix("orders/")
                        .bufferingHints(hints -> hints.sizeInMBs(2).intervalInSeconds(60)))
                .tags(TEAM));
    }

    @AfterEach
    void close() throws Exception {
        streams.close();
        service.close();
    }

    private DeliveryStreamDescription described() {
        return client.describeDeliveryStream(request -> request.deliveryStreamName("orders"))
                .deliveryStreamDescription();
    }

    private void update(String version) {
        client.updateDestination(request -> request.deliveryStreamName("orders")
                .currentDeliveryStreamVersionId(version)
                .destinationId(described().destinations().getFirst().destinationId())
                .extendedS3DestinationUpdate(to -> to.bucketARN("arn:aws:s3:::after")
                        .bufferingHints(hints -> hints.intervalInSeconds(0))));
    }

    @Test
    void anUpdateLeavesWhatItDoesNotSay() {
        update("1");

        assertEquals("2", described().versionId());
        ExtendedS3DestinationDescription to =
                described().destinations().getFirst().extendedS3DestinationDescription();
        assertEquals("arn:aws:s3:::after", to.bucketARN());
        assertEquals("orders/", to.prefix());
        assertEquals(2, to.bufferingHints().sizeInMBs());
        assertEquals(0, to.bufferingHints().intervalInSeconds());
    }

    @Test
    void anUpdateOfAnotherVersionIsRefused() {
        update("1");

        assertThrows(ConcurrentModificationException.class, () -> update("1"));
    }

    @Test
    void tagsAreListedByPages() {
        client.tagDeliveryStream(request -> request.deliveryStreamName("orders").tags(STAGE));
        var first = client.listTagsForDeliveryStream(
                request -> request.deliveryStreamName("orders").limit(1));
        assertEquals(List.of(STAGE), first.tags());
        assertEquals(true, first.hasMoreTags());

        var second = client.listTagsForDeliveryStream(
                request -> request.deliveryStreamName("orders").exclusiveStartTagKey("stage"));
        assertEquals(List.of(TEAM), second.tags());
        assertEquals(false, second.hasMoreTags());

        client.untagDeliveryStream(
                request -> request.deliveryStreamName("orders").tagKeys("stage", "team"));
        assertEquals(
                List.of(),
                client.listTagsForDeliveryStream(request -> request.deliveryStreamName("orders"))
                        .tags());
    }

    @Test
    void anOperationThatIsNotThereIsRefusedByName() {
        FirehoseException refused = assertThrows(
                FirehoseException.class,
                () -> client.stopDeliveryStreamEncryption(
                        request -> request.deliveryStreamName("orders")));
        assertEquals("UnknownOperationException", refused.awsErrorDetails().errorCode());
        assertEquals(
                "The operation 'StopDeliveryStreamEncryption' is not supported by Mapwright's Firehose",
                refused.awsErrorDetails().errorMessage());
    }
}
