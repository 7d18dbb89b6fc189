package dev.mapwright.adapters.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.delivery.Destination.Compression;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

class StreamRecordTest {
    private static final Instant CREATED = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void aStreamOfTheFirstFormatNeverChanged() {
        String stored = """
                {"name":"clicks","id":"6a3f","created":"2026-11-20T10:00:00Z","roleArn":"role",
                 "bucket":"readings","prefix":"p/","zone":"Z","errorPrefix":"","extension":"",
                 "compression":"GZIP","delimiter":"","bufferBytes":1048576,"bufferSeconds":60}""";
        var destination = new Destination(
                "role",
                "readings",
                new KeyPrefix("p/", ZoneOffset.UTC),
                "",
                "",
                Compression.GZIP,
                "",
                1024 * 1024,
                Duration.ofMinutes(1));
        assertEquals(
                new DeliveryStream("clicks", "6a3f", CREATED, 1, CREATED, destination),
                StreamRecord.read(stored.getBytes(StandardCharsets.UTF_8)));
    }
}
