package dev.mapwright.adapters.functions.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.world.SystemWorld;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The Runtime API as a runtime's client meets it on the wire.
class RuntimeApiTest {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String ACCEPTED = "HTTP/1.1 202 Accepted {\"status\":\"OK\"}";

    private final Script host = new Script();
    private RuntimeApi api;

    @BeforeEach
    void open() throws IOException {
        api = RuntimeApi.open(new SystemWorld(), host);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void anEventComesWithItsHeaders() throws Exception {
        assertEquals(
                "HTTP/1.1 200 OK Lambda-Runtime-Aws-Request-Id: r1 {\"a\":1}",
                exchange("GET " + ROOT + "invocation/next HTTP/1.1\r\n\r\n"));
    }

    @Test
    void resultsAndErrorsAreTakenAsTheyAre() throws Exception {
        assertEquals(ACCEPTED, post("invocation/r1/response", "", "{\"b\": 2}"));
        assertEquals(ACCEPTED, post("invocation/r2/error", "", "{\"errorType\":\"E\"}"));
        assertEquals(ACCEPTED, post("init/error", "", "{\"errorType\":\"I\"}"));
        assertEquals(
                List.of(
                        "r1 returned {\"b\": 2}",
                        "r2 failed {\"errorType\":\"E\"}",
                        "init failed {\"errorType\":\"I\"}"),
                host.heard);
    }

    @Test
    void aCallOutOfTurnIsRefused() throws Exception {
        assertEquals(
                "HTTP/1.1 400 Refused {\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}",
                post("invocation/unknown/response", "", "{}"));
        assertEquals(
                "HTTP/1.1 404 Refused {\"errorMessage\":\"The Runtime API has no POST /2018-06-01/runtime/restore/next\","
                        + "\"errorType\":\"NotFound\"}",
                post("restore/next", "", "{}"));
    }

    @Test
    void causesOfAnErrorAreNotShown() throws Exception {
        post(
                "invocation/r1/error",
                "Content-Type: application/vnd.aws.lambda.error.cause+json\r\n",
                """
                {"errorMessage": "m", "errorType": "E", "stackTrace": [], "causes": [{"errorType": "Inner"}]}""");
        assertEquals(
                List.of("r1 failed {\"errorMessage\":\"m\",\"errorType\":\"E\",\"stackTrace\":[]}"),
                host.heard);
    }

    @Test
    void aLongHeaderForTracingIsNoHindrance() throws Exception {
        String cause =
                "Lambda-Runtime-Function-XRay-Error-Cause: " + "x".repeat(1_000_000) + "\r\n";
        assertEquals(ACCEPTED, post("invocation/r1/error", cause, "{}"));
    }

    @Test
    void aStreamedResultIsWaitedFor() throws Exception {
        assertEquals(ACCEPTED, exchange(streamed("0\r\n\r\n")));
        assertEquals(List.of("r1 returned \"half\""), host.heard);
    }

    @Test
    void aFailureInTheMiddleOfAStreamIsAFailure() throws Exception {
        String error = Base64.getEncoder()
                .encodeToString("{\"errorType\":\"Late\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                ACCEPTED,
                exchange(streamed("0\r\nLambda-Runtime-Function-Error-Type: Late\r\n"
                        + "Lambda-Runtime-Function-Error-Body: " + error + "\r\n\r\n")));
        assertEquals(List.of("r1 failed {\"errorType\":\"Late\"}"), host.heard);
    }

    @Test
    void aResultBeyondTheLimitIsRefused() throws Exception {
        assertEquals(
                "HTTP/1.1 413 Refused {\"errorMessage\":\"Exceeded maximum allowed payload size (6291556 bytes).\","
                        + "\"errorType\":\"RequestEntityTooLarge\"}",
                post("invocation/r1/response", "", "x".repeat(6_291_557)));
        assertEquals(List.of("r1 returned too much"), host.heard);
    }

    private static String streamed(String end) {
        return "POST " + ROOT + "invocation/r1/response HTTP/1.1\r\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n6\r\n\"half\"\r\n" + end;
    }

    private String post(String way, String headers, String body) throws IOException {
        return exchange("POST %s%s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(ROOT, way, headers, body.length(), body));
    }

    /// The status line, the headers that are Lambda's own, and the body.
    private String exchange(String request) throws IOException {
        String[] address = api.address().split(":");
        try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var parts = new ArrayList<>(List.of(in.readLine()));
            int length = 0;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Lambda-")) {
                    parts.add(line);
                }
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            char[] body = new char[length];
            int read = in.read(body);
            parts.add(new String(body, 0, read));
            return String.join(" ", parts);
        }
    }

    private static final class Script implements RuntimeApi.Host {
        final List<String> heard = new ArrayList<>();

        @Override
        public RuntimeApi.Event next() {
            return new RuntimeApi.Event(
                    Map.of("Lambda-Runtime-Aws-Request-Id", "r1"),
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized void returned(String requestId, byte[] payload)
                throws RuntimeApi.OutOfTurn {
            if (requestId.equals("unknown")) {
                throw new RuntimeApi.OutOfTurn(400, "InvalidRequestID", "Invalid request ID");
            }
            heard.add(requestId + " returned " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public synchronized void returnedTooMuch(String requestId) {
            heard.add(requestId + " returned too much");
        }

        @Override
        public synchronized void failed(String requestId, byte[] error) {
            heard.add(requestId + " failed " + new String(error, StandardCharsets.UTF_8));
        }

        @Override
        public synchronized void initFailed(byte[] error) {
            heard.add("init failed " + new String(error, StandardCharsets.UTF_8));
        }
    }
}
