package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The bytes inside an `aws-chunked` body, and the trailers behind them. Signatures of chunks are
/// passed over.
///
/// @see <a
///     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Trailers</a>
final class AwsChunkedStream extends InputStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LINE_BYTES_MAX = 4 * 1024;
    private static final int TRAILERS_MAX = 16;

    private final InputStream in;
    private final Map<String, String> trailers = new HashMap<>();
    private long restOfChunk;
    private boolean begun;
    private boolean ended;

    AwsChunkedStream(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
    }

    /// A trailer by its lower-case name; known once the stream has ended.
    Optional<String> trailer(String name) {
        return Optional.ofNullable(trailers.get(name));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (restOfChunk == 0 && !ended) {
            startChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, restOfChunk));
        if (count < 0) {
            throw incomplete();
        }
        restOfChunk -= count;
        return count;
    }

    private void startChunk() throws IOException {
        if (begun && !line().isEmpty()) {
            throw malformed("a chunk is longer than it says");
        }
        begun = true;
        String header = line();
        int semicolon = header.indexOf(';');
        String size = semicolon < 0 ? header : header.substring(0, semicolon);
        try {
            restOfChunk = Long.parseLong(size.strip(), 16);
        } catch (NumberFormatException notOne) {
            throw malformed("'%s' is no length of a chunk".formatted(size));
        }
        if (restOfChunk < 0) {
            throw malformed("a chunk has the length " + size);
        }
        if (restOfChunk == 0) {
            readTrailers();
            ended = true;
        }
    }

    private void readTrailers() throws IOException {
        for (Optional<String> line = lineOrEnd();
                line.isPresent() && !line.get().isEmpty();
                line = lineOrEnd()) {
            int colon = line.get().indexOf(':');
            if (colon < 0 || trailers.size() == TRAILERS_MAX) {
                throw new S3Failed(
                        ErrorCode.MALFORMED_TRAILER,
                        "The request contained trailing data that was not well-formed: '%s', behind at most %d trailers."
                                .formatted(line.get(), TRAILERS_MAX));
            }
            trailers.put(
                    line.get().substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.get().substring(colon + 1).strip());
        }
    }

    private String line() throws IOException {
        return lineOrEnd().orElseThrow(AwsChunkedStream::incomplete);
    }

    private Optional<String> lineOrEnd() throws IOException {
        byte[] line = new byte[LINE_BYTES_MAX];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return length == 0 ? Optional.empty() : Optional.of(text(line, length));
            }
            if (length == LINE_BYTES_MAX) {
                throw malformed("a line has more than %d bytes".formatted(LINE_BYTES_MAX));
            }
            line[length++] = (byte) next;
        }
        return Optional.of(text(line, length));
    }

    private static String text(byte[] line, int length) {
        boolean carriageReturn = length > 0 && line[length - 1] == '\r';
        return new String(
                line, 0, carriageReturn ? length - 1 : length, StandardCharsets.ISO_8859_1);
    }

    private static S3Failed malformed(String reason) {
        return new S3Failed(
                ErrorCode.INVALID_REQUEST, "The aws-chunked body can't be read: " + reason);
    }

    private static S3Failed incomplete() {
        return new S3Failed(
                ErrorCode.INCOMPLETE_BODY,
                "The request body terminated unexpectedly: the aws-chunked body has no last chunk.");
    }
}
