package dev.mapwright.server.http;

import dev.mapwright.asl.json.Json;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/// The answer to one request. To HEAD it sends the headers that GET would get, with the length of
/// the body but without the body.
final class HelidonResponse implements Response {
    private static final byte[] NO_BODY = {};

    private final HelidonRequest request;
    private final boolean head;
    private final ServerResponse response;

    HelidonResponse(HelidonRequest request, ServerResponse response) {
        this.request = request;
        this.head = request.method().equals("HEAD");
        this.response = response;
    }

    @Override
    public Response status(int code) {
        response.status(Status.create(code));
        return this;
    }

    @Override
    public Response header(String name, String value) {
        response.header(HeaderNames.create(name), value);
        return this;
    }

    @Override
    public void send(byte[] body) throws IOException {
        closeIfLast();
        if (head && !response.headers().contains(HeaderNames.CONTENT_LENGTH)) {
            response.headers().contentLength(body.length);
        }
        try {
            response.send(head ? NO_BODY : body);
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    @Override
    public OutputStream stream(long bytes) throws IOException {
        if (bytes >= 0) {
            response.headers().contentLength(bytes);
        }
        if (head) {
            send(NO_BODY);
            return OutputStream.nullOutputStream();
        }
        closeIfLast();
        return response.outputStream();
    }

    /// Answers with an error instead of what the handler had begun, or breaks off what is under
    /// way.
    void refuse(int code, String error, String message) throws IOException {
        if (response.isSent() || response.bytesWritten() > 0) {
            throw new CloseConnectionException(message);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("__type", error);
        body.put("message", message);
        response.headers().clear();
        status(code)
                .header("Content-Type", "application/x-amz-json-1.0")
                .send(Json.of(body).text().getBytes(StandardCharsets.UTF_8));
    }

    private void closeIfLast() {
        if (request.closesConnection()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
