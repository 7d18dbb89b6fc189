package dev.mapwright.server.http;

import dev.mapwright.adapters.aws.LocalAnswer;
import dev.mapwright.adapters.aws.LocalService;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A handler as Tasks reach it: with the requests that an SDK client makes, and no port between.
/// Answers have the headers that an HTTP connection adds, for Tasks can show them.
public final class InProcess implements LocalService {
    private final Handler handler;

    public InProcess(Handler handler) {
        this.handler = handler;
    }

    @Override
    public void answer(Call call, LocalAnswer answer) throws IOException, InterruptedException {
        answer.header("connection", "keep-alive");
        answer.header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now()));
        handler.handle(new Asked(call), new Answering(call.method().equals("HEAD"), answer));
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    private record Asked(Call call) implements Request {
        @Override
        public String method() {
            return call.method();
        }

        @Override
        public String rawPath() {
            return call.rawPath();
        }

        @Override
        public String rawQuery() {
            return call.rawQuery();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(call.headers().get(name.toLowerCase(Locale.ROOT)))
                    .map(List::getFirst);
        }

        @Override
        public Map<String, List<String>> headers() {
            return call.headers();
        }

        @Override
        public InputStream body() {
            return call.body();
        }
    }

    private record Answering(boolean head, LocalAnswer answer) implements Response {
        private static final String LENGTH = "Content-Length";

        @Override
        public Response status(int code) {
            answer.status(code);
            return this;
        }

        @Override
        public Response header(String name, String value) {
            answer.header(name, value);
            return this;
        }

        @Override
        public void send(byte[] body) throws IOException {
            if (!head) {
                answer.header(LENGTH, Integer.toString(body.length));
                answer.body().write(body);
            }
        }

        @Override
        public OutputStream stream(long bytes) {
            if (bytes >= 0) {
                answer.header(LENGTH, Long.toString(bytes));
            }
            return head ? OutputStream.nullOutputStream() : answer.body();
        }
    }
}
