package dev.mapwright.adapters.aws;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// A service in this process that takes what an SDK client would have sent over HTTP.
@FunctionalInterface
public interface LocalService {
    void answer(Call call, LocalAnswer answer) throws IOException, InterruptedException;

    /// @param rawPath as it would be on the wire
    /// @param rawQuery likewise, without the question mark; empty where there is none
    /// @param headers names in lower case
    record Call(
            String method,
            String rawPath,
            String rawQuery,
            Map<String, List<String>> headers,
            InputStream body) {}
}
