package dev.mapwright.adapters.services.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers that would never end.
class BoundedClientTest {
    private static final int PAYLOAD_BYTES_MAX = 262_144;

    private final BoundedClient client = new BoundedClient(Duration.ofMinutes(1));
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService answering = Executors.newSingleThreadExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(answering);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.close();
        server.stop(0);
        answering.close();
    }

    /// As many bytes as the path says, and then nothing, though more were promised.
    private void answer(HttpExchange exchange) throws IOException {
        int bytes = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
        exchange.sendResponseHeaders(200, 2L * PAYLOAD_BYTES_MAX);
        exchange.getResponseBody().write("a".repeat(bytes).getBytes());
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBodyThatDoesNotEndInTimeIsGivenUp() {
        var late = assertThrows(
                HttpTimeoutException.class, () -> client.send(get("/5"), Duration.ofSeconds(1)));
        assertEquals("there was no complete answer within 1 seconds", late.getMessage());
    }

    @Test
    void nothingIsWaitedForOnceABodyIsKnownToBeTooLarge() throws Exception {
        var answer = client.send(get("/" + (PAYLOAD_BYTES_MAX + 10)), Duration.ofMinutes(5));
        assertEquals(PAYLOAD_BYTES_MAX + 1, answer.body().length());
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .build();
    }
}
