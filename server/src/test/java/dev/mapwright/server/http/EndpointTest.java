package dev.mapwright.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.store.StoreFailed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class EndpointTest {
    private static final int SOCKET_MILLIS_MAX = 300_000;

    private static final Handler ECHO_TARGET = (request, response) -> response.status(200)
            .send(bytes(request.method() + " " + request.rawPath() + " " + request.rawQuery()));

    private static final Handler ECHO_BODY = (request, response) -> {
        byte[] body = request.body().readAllBytes();
        response.status(200).send(body);
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b/a//c/../%20",
                "//double",
                "/b/../../etc/passwd",
                "/b/./x/.",
                "/b/a%2Fb;v=1",
                "/b/%00%ff%zz",
                "/b/a|b[c]{d}\\e^f`g\"<>",
                "/b/a+b:c@d!e$f&g'h(i)j*k,l=m~",
            })
    void handsThePathOverAsItCame(String path) throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_TARGET)) {
            String answer = exchange(endpoint, "GET " + path + " HTTP/1.1\r\n" + CLOSING);
            assertEquals("GET " + path + " ", body(answer));
        }
    }

    @Test
    void handsTheQueryOverAsItCame() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_TARGET)) {
            String answer =
                    exchange(endpoint, "PUT /b/k?tagging&x=%20+a%2Fb&x=2 HTTP/1.1\r\n" + CLOSING);
            assertEquals("PUT /b/k tagging&x=%20+a%2Fb&x=2", body(answer));
        }
    }

    @Test
    void readsChunkedBodies() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY)) {
            String answer = exchange(
                    endpoint,
                    "PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                            + CLOSING
                            + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
            assertEquals("hello!", body(answer));
        }
    }

    @Test
    void leavesContentEncodingsToTheService() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY)) {
            String answer = exchange(
                    endpoint,
                    "PUT /b/k HTTP/1.1\r\nContent-Encoding: aws-chunked,gzip\r\nAccept-Encoding: gzip\r\n"
                            + "Content-Length: 3\r\n"
                            + CLOSING
                            + "abc");
            assertEquals("abc", body(answer));
        }
    }

    @Test
    void sendsContinueWhenTheBodyIsFirstRead() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY);
                var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.setSoTimeout(SOCKET_MILLIS_MAX);
            socket.getOutputStream()
                    .write(bytes(
                            "PUT /b/k HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n"
                                    + CLOSING));
            byte[] interim = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
            assertEquals("HTTP/1.1 100", new String(interim, StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes("late"));
            String rest = text(socket.getInputStream());
            assertTrue(rest.endsWith("late"), rest);
        }
    }

    @Test
    void refusesABodyThatWasOnlyAnnounced() throws Exception {
        Handler refusing = (_, response) -> response.status(403).send(bytes("no"));
        try (var endpoint = Endpoint.open("127.0.0.1", 0, refusing)) {
            String answer = exchange(
                    endpoint,
                    "PUT /b/k HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n" + CLOSING);
            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        }
    }

    @Test
    void closesTheConnectionAfterAnEmptyBodyThatWasAnnounced() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY)) {
            String answer = exchange(
                    endpoint,
                    "PUT /b/k HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
            assertTrue(answer.contains("Connection: close\r\n"), answer);
        }
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        Handler known = (_, response) -> response.status(200).header("ETag", "\"e\"").stream(
                        1_000_000_000_000L)
                .close();
        try (var endpoint = Endpoint.open("127.0.0.1", 0, known)) {
            String answer = exchange(endpoint, "HEAD /b/k HTTP/1.1\r\n" + CLOSING);
            assertTrue(answer.contains("Content-Length: 1000000000000\r\n"), answer);
            assertEquals("", body(answer));
        }
    }

    @Test
    void streamsAnAnswerOfKnownLength() throws Exception {
        Handler streaming = (_, response) -> {
            try (var out = response.status(206).stream(200_000)) {
                for (int piece = 0; piece < 20; piece++) {
                    out.write(new byte[10_000]);
                }
            }
        };
        try (var endpoint = Endpoint.open("127.0.0.1", 0, streaming)) {
            String answer = exchange(endpoint, "GET /b/k HTTP/1.1\r\n" + CLOSING);
            assertTrue(answer.contains("Content-Length: 200000\r\n"), answer);
            assertEquals(200_000, body(answer).length());
        }
    }

    @Test
    void servesManyRequestsOnOneConnection() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY)) {
            String first = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na";
            String second = "POST / HTTP/1.1\r\nContent-Length: 1\r\n" + CLOSING + "b";
            String answer = exchange(endpoint, first + second);
            assertEquals(2, answer.split("HTTP/1.1 200", -1).length - 1, answer);
            assertTrue(answer.endsWith("b"), answer);
        }
    }

    @Test
    void refusesHeadersWithoutEnd() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY)) {
            String answer = exchange(
                    endpoint, "GET / HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\nHost: h\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        }
    }

    @Test
    void answersAFailureOfOurOwnWithoutItsInsides() throws Exception {
        Handler broken = (_, _) -> {
            throw new IllegalStateException("expected this, found that");
        };
        try (var endpoint = Endpoint.open("127.0.0.1", 0, broken)) {
            String answer = exchange(endpoint, "POST / HTTP/1.1\r\n" + CLOSING);
            assertTrue(answer.startsWith("HTTP/1.1 500"), answer);
            assertTrue(body(answer).startsWith("{\"__type\":\"InternalFailure\""), answer);
        }
    }

    @Test
    void saysWhyTheStoreTakesNoMoreWrites() throws Exception {
        Handler full = (_, _) -> {
            throw new StoreFailed("A write to \"C:\\data\" failed.", new IOException());
        };
        try (var endpoint = Endpoint.open("127.0.0.1", 0, full)) {
            String answer = exchange(endpoint, "POST / HTTP/1.1\r\n" + CLOSING);
            assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
            assertEquals("""
                    {"__type":"ServiceUnavailable","message":"A write to \\"C:\\\\data\\" failed."}""", body(answer));
        }
    }

    @Test
    void saysWhichPortIsInUse() throws Exception {
        try (var endpoint = Endpoint.open("127.0.0.1", 0, ECHO_BODY)) {
            var refused = assertThrows(
                    PortUnavailable.class,
                    () -> Endpoint.open("127.0.0.1", endpoint.port(), ECHO_BODY));
            assertEquals(
                    "Port " + endpoint.port() + " of 127.0.0.1 is in use by another program."
                            + " Stop that one, or choose another port with --port.",
                    refused.getMessage());
        }
    }

    @Test
    void stopsWhileAHandlerWaits() throws Exception {
        var entered = new CountDownLatch(1);
        Handler waiting = (_, _) -> {
            entered.countDown();
            Thread.sleep(Duration.ofDays(1));
        };
        var endpoint = Endpoint.open("127.0.0.1", 0, waiting);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.setSoTimeout(SOCKET_MILLIS_MAX);
            socket.getOutputStream().write(bytes("GET / HTTP/1.1\r\n" + CLOSING));
            entered.await();
            endpoint.close();
            assertEquals(
                    "",
                    text(socket.getInputStream()).lines().skip(100).findFirst().orElse(""));
        }
    }

    private static final String CLOSING = "Host: h\r\nConnection: close\r\n\r\n";

    private static String exchange(Endpoint endpoint, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.setSoTimeout(SOCKET_MILLIS_MAX);
            socket.getOutputStream().write(bytes(request));
            return text(socket.getInputStream());
        }
    }

    private static String text(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toString(StandardCharsets.UTF_8);
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
