package dev.mapwright.server.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One HTTP request, with target and headers as they came over the wire.
public interface Request {
    String method();

    /// The path as sent: neither decoded nor normalised (`/b/a//c/../%20`).
    String rawPath();

    /// The query without its question mark, as sent; empty where there is none.
    String rawQuery();

    /// First value of a header; names in any case.
    Optional<String> header(String name);

    /// All headers, names in lower case.
    Map<String, List<String>> headers();

    /// The body as a stream, transfer coding removed. `100 Continue` is sent on the first read
    /// where it was asked for.
    InputStream body();
}
