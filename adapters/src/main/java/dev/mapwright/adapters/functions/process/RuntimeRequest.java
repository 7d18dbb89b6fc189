package dev.mapwright.adapters.functions.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One HTTP/1.1 request of a runtime's client. Its body is read when asked for, once, before the
/// next request.
final class RuntimeRequest {
    /// What Lambda lets a function return.
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    static final int BODY_BYTES_MAX = 6_291_556;

    /// The Java client sends a document for X-Ray as a header, up to 1 MiB of it.
    private static final int HEAD_BYTES_MAX = 2 * 1024 * 1024;

    private static final String FUNCTION_ERROR = "lambda-runtime-function-error-";
    private static final String CAUSES_TYPE = "application/vnd.aws.lambda.error.cause+json";
    private static final int HEADERS_MAX = 200;
    private static final int CHUNK_LINE_BYTES_MAX = 1024;

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final Map<String, String> trailers = new HashMap<>();
    private final InputStream in;
    private final OutputStream out;

    private RuntimeRequest(
            String method,
            String path,
            Map<String, String> headers,
            InputStream in,
            OutputStream out) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.in = in;
        this.out = out;
    }

    /// Empty where the client has closed the connection.
    static Optional<RuntimeRequest> read(InputStream in, OutputStream out) throws IOException {
        var head = new Head(in);
        Optional<String> first = head.line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.get().split(" ");
        if (parts.length != 3) {
            throw new IOException("expected a request line, found '%s'".formatted(first.get()));
        }
        return Optional.of(new RuntimeRequest(parts[0], parts[1], headers(head), in, out));
    }

    private static Map<String, String> headers(Head head) throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = head.required(); !line.isEmpty(); line = head.required()) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() >= HEADERS_MAX) {
                throw new IOException("expected at most %d headers, found '%s'"
                        .formatted(HEADERS_MAX, shortened(line)));
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    boolean keepsAlive() {
        return !"close".equalsIgnoreCase(headers.get("connection"));
    }

    /// Empty where it is longer than [#BODY_BYTES_MAX]; then it was read to its end and dropped.
    Optional<byte[]> body() throws IOException {
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunked();
        }
        long length = number(headers.getOrDefault("content-length", "0"), 10);
        if (length > BODY_BYTES_MAX) {
            in.skipNBytes(length);
            return Optional.empty();
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new IOException(
                    "the body ended after %d of %d bytes".formatted(body.length, length));
        }
        return Optional.of(body);
    }

    /// The body as the error object that a caller gets: without the causes, which only tracing
    /// wants.
    byte[] error() throws IOException {
        byte[] body = body().orElse(new byte[0]);
        return CAUSES_TYPE.equalsIgnoreCase(headers.get("content-type"))
                ? ErrorObject.withoutCauses(body)
                : body;
    }

    /// The error object of a function that failed after it had begun to stream its result; known
    /// when the body has been read.
    Optional<byte[]> failureMidway() throws IOException {
        if (!trailers.containsKey(FUNCTION_ERROR + "type")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(trailers.getOrDefault(FUNCTION_ERROR + "body", "")));
        } catch (IllegalArgumentException notBase64) {
            throw new IOException("expected an error in base64 behind the body", notBase64);
        }
    }

    private Optional<byte[]> chunked() throws IOException {
        var body = new ByteArrayOutputStream();
        long total = 0;
        while (true) {
            String size = line(in, CHUNK_LINE_BYTES_MAX);
            long length = number(size.replaceFirst(";.*", "").strip(), 16);
            if (length == 0) {
                trailers.putAll(headers(new Head(in)));
                return total > BODY_BYTES_MAX ? Optional.empty() : Optional.of(body.toByteArray());
            }
            total += length;
            if (total > BODY_BYTES_MAX) {
                in.skipNBytes(length);
            } else {
                body.write(in.readNBytes((int) length));
            }
            line(in, CHUNK_LINE_BYTES_MAX);
        }
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a negative one.
        }
        throw new IOException(
                "expected the length of a body, found '%s'".formatted(shortened(digits)));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 100));
    }

    /// A line without its end; empty also at the end of the stream.
    private static String line(InputStream in, int bytesMax) throws IOException {
        return new Head(in, bytesMax).line().orElse("");
    }

    /// Lines of a limited length in all.
    private static final class Head {
        private final InputStream in;
        private int left;

        Head(InputStream in) {
            this(in, HEAD_BYTES_MAX);
        }

        Head(InputStream in, int bytesMax) {
            this.in = in;
            this.left = bytesMax;
        }

        String required() throws IOException {
            return line().orElseThrow(() -> new IOException("the request ended in its head"));
        }

        /// Empty where the stream has ended.
        Optional<String> line() throws IOException {
            var line = new ByteArrayOutputStream(80);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return Optional.empty();
                }
                if (left-- == 0) {
                    throw new IOException("the head of a request is longer than %d bytes"
                            .formatted(HEAD_BYTES_MAX));
                }
                line.write(next);
            }
            return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
        }
    }
}
