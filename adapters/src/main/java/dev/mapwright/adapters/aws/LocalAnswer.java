package dev.mapwright.adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a [LocalService] answers, as it does so.
public final class LocalAnswer {
    /// More than any list of 1,000 keys takes, and far more than a Task's result may hold. Of a
    /// longer body the rest is not kept: whoever reads that far is told so.
    static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int status = 200;
    private boolean cut;

    LocalAnswer() {}

    public void status(int code) {
        status = code;
    }

    public void header(String name, String value) {
        headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// Takes the body. Fails once it is longer than anybody will read.
    public OutputStream body() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                int room = BODY_BYTES_MAX - kept.size();
                kept.write(bytes, from, Math.min(room, length));
                if (length > room) {
                    cut = true;
                    throw tooLong();
                }
            }
        };
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    /// Whether there was more than is kept.
    boolean isCut() {
        return cut;
    }

    InputStream content() {
        var start = new ByteArrayInputStream(kept.toByteArray());
        return cut ? new SequenceInputStream(start, new Missing()) : start;
    }

    private static IOException tooLong() {
        return new IOException("The answer is longer than the limit of %,d bytes within a process"
                .formatted(BODY_BYTES_MAX));
    }

    private static final class Missing extends InputStream {
        @Override
        public int read() throws IOException {
            throw tooLong();
        }
    }
}
