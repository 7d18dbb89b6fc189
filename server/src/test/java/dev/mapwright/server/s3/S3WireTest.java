package dev.mapwright.server.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;

/// Requests byte by byte, as no well-behaved client sends them.
class S3WireTest {
    private static final int SOCKET_MILLIS_MAX = 300_000;

    /// `Hello world` in CRC32, base64.
    private static final String CRC32_OF_HELLO = "i9aeUg==";

    @TempDir
    Path folder;

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(folder);
        server.s3().buckets().create("orders", "us-east-1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aChunkedBodyIsStoredWithoutItsChunks() throws Exception {
        String answer = put(
                "/orders/k",
                "x-amz-trailer: x-amz-checksum-crc32\r\nx-amz-decoded-content-length: 11\r\n"
                        + "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n",
                "6\r\nHello \r\n5;chunk-signature=ab\r\nworld\r\n0\r\nx-amz-checksum-crc32:"
                        + CRC32_OF_HELLO + "\r\n\r\n");
        assertEquals("HTTP/1.1 200 OK", answer.lines().findFirst().orElse(""));
        assertTrue(get("/orders/k").endsWith("\r\n\r\nHello world"));
    }

    @Test
    void aWrongTrailerLeavesNoObject() throws Exception {
        String answer = put(
                "/orders/k",
                "x-amz-trailer: x-amz-checksum-crc32\r\ncontent-encoding: aws-chunked\r\n"
                        + "x-amz-decoded-content-length: 11\r\n",
                "b\r\nHello World\r\n0\r\nx-amz-checksum-crc32:" + CRC32_OF_HELLO + "\r\n\r\n");
        assertTrue(answer.contains("<Code>BadDigest</Code>"), answer);
        assertTrue(get("/orders/k").contains("<Code>NoSuchKey</Code>"));
    }

    @Test
    void aMissingTrailerIsRefused() throws Exception {
        String answer = put(
                "/orders/k",
                "x-amz-trailer: x-amz-checksum-crc32\r\ncontent-encoding: aws-chunked\r\n"
                        + "x-amz-decoded-content-length: 11\r\n",
                "b\r\nHello world\r\n0\r\n\r\n");
        assertTrue(answer.contains("<Code>MalformedTrailerError</Code>"), answer);
    }

    @Test
    void aChunkedBodyThatEndsTooSoonIsRefused() throws Exception {
        String answer = put(
                "/orders/k",
                "content-encoding: aws-chunked\r\nx-amz-decoded-content-length: 11\r\n",
                "b\r\nHello");
        assertTrue(answer.contains("<Code>IncompleteBody</Code>"), answer);
        answer = put(
                "/orders/k",
                "content-encoding: aws-chunked\r\nx-amz-decoded-content-length: 12\r\n",
                "b\r\nHello world\r\n0\r\n\r\n");
        assertTrue(answer.contains("<Code>IncompleteBody</Code>"), answer);
    }

    @Test
    void anHonestPayloadHashIsChecked() throws Exception {
        String hash = "64ec88ca00b268e5ba1a35678a1b5316d212f4f366b2477232534a8aeca37f3c";
        String right = put("/orders/k", "x-amz-content-sha256: " + hash + "\r\n", "Hello world");
        assertEquals("HTTP/1.1 200 OK", right.lines().findFirst().orElse(""));
        String wrong = put("/orders/k", "x-amz-content-sha256: " + hash + "\r\n", "Hello World");
        assertTrue(wrong.contains("<Code>XAmzContentSHA256Mismatch</Code>"), wrong);
    }

    @Test
    void aRefusedUploadIsToldBeforeItsBodyIsSent() throws Exception {
        String answer =
                exchange("PUT /nowhere/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                        + "Expect: 100-continue\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 404"), answer);
        assertTrue(answer.contains("<Code>NoSuchBucket</Code>"), answer);
    }

    @Test
    void pathsThatClimbAreKeysAndNothingElse() throws Exception {
        put("/orders/../../etc/passwd", "", "mine");
        put("/orders/%2e%2e/x", "", "dots");
        assertTrue(get("/orders/../../etc/passwd").endsWith("mine"));
        assertTrue(get("/orders/../x").endsWith("dots"));
        assertTrue(get("/../orders/k").contains("<Code>InvalidBucketName</Code>"));
        assertTrue(get("/orders/%ff").contains("<Code>InvalidURI</Code>"));
        assertTrue(get("/orders/%4").contains("<Code>InvalidURI</Code>"));
    }

    @Test
    void documentsThatAreNoneAreRefused() throws Exception {
        for (String document : new String[] {
            "",
            "<Delete",
            "<Other/>",
            "<Delete></Delete>",
            "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
            "<Delete>" + "<a>".repeat(50) + "</a>".repeat(50) + "</Delete>"
        }) {
            String answer = exchange(
                    "POST /orders?delete HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n%s"
                            .formatted(document.length(), "Connection: close\r\n", document));
            assertTrue(answer.contains("<Code>MalformedXML</Code>"), document + "\n" + answer);
        }
    }

    @Test
    void aDocumentOfTenThousandPartsIsRead() throws Exception {
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int number = 1; number <= 10_000; number++) {
            document.append("<Part><PartNumber>")
                    .append(number)
                    .append("</PartNumber><ETag>&quot;")
                    .append("0".repeat(32))
                    .append("&quot;</ETag></Part>");
        }
        document.append("</CompleteMultipartUpload>");
        assertEquals(
                10_000,
                XmlRequest.parse(document.toString().getBytes(UTF_8), "CompleteMultipartUpload")
                        .all("Part")
                        .size());
    }

    private String put(String path, String headers, String body) throws IOException {
        return exchange(
                "PUT %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s"
                        .formatted(path, body.length(), headers, body));
    }

    private String get(String path) throws IOException {
        return exchange(
                "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.endpoint().port());
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(SOCKET_MILLIS_MAX);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
