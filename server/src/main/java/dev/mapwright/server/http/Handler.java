package dev.mapwright.server.http;

import java.io.IOException;

/// Answers requests on a virtual thread each.
@FunctionalInterface
public interface Handler {
    void handle(Request request, Response response) throws IOException, InterruptedException;
}
