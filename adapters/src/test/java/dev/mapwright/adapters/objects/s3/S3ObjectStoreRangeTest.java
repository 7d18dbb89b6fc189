package dev.mapwright.adapters.objects.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpServer;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.engine.maprun.ObjectStore.Range;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What goes over the network for a stretch of an object.
class S3ObjectStoreRangeTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private HttpServer server;
    private S3ObjectStore objects;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            exchange.sendResponseHeaders(206, answer.length());
            try (var body = exchange.getResponseBody()) {
                body.write(answer.getBytes(US_ASCII));
            }
        });
        server.start();
        objects = new S3ObjectStore(new Address.Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                Optional.of(new Address.Keys("test", "test", Optional.empty()))));
    }

    @AfterEach
    void stop() {
        objects.close();
        server.stop(0);
    }

    @Test
    void asksForTheBytesOfAStretchOnly() throws Exception {
        answer = "content";

        assertEquals("content", read(new Range(1_000, 7)));
        assertEquals(List.of("bytes=1000-1006"), asked);
    }

    @Test
    void refusesAnAnswerOfAnotherLength() {
        answer = "content";

        assertEquals(
                "S3 was asked for the bytes 0 to 2 of 'k' and sent more",
                assertThrows(IOException.class, () -> read(new Range(0, 3))).getMessage());
        assertEquals(
                "S3 was asked for the bytes 0 to 9 of 'k' and sent 7",
                assertThrows(IOException.class, () -> read(new Range(0, 10))).getMessage());
    }

    private String read(Range range) throws Exception {
        return new String(
                objects.readRange("b", "k", Optional.empty(), range, Optional.of("\"e\"")),
                US_ASCII);
    }
}
