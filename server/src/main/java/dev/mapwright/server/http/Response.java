package dev.mapwright.server.http;

import java.io.IOException;
import java.io.OutputStream;

/// The answer under way: status and headers first, then exactly one of `send` and `stream`.
public interface Response {
    Response status(int code);

    Response header(String name, String value);

    /// Sends the whole body.
    void send(byte[] body) throws IOException;

    /// Sends a body of known length piece by piece; -1 where the length isn't known.
    OutputStream stream(long bytes) throws IOException;
}
