package dev.mapwright.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// All services behind the one port: finds the one that a request is meant for, and refuses by name
/// what isn't there.
public final class Services implements Handler {
    private static final String HEALTH = "/health";

    private final Map<String, Handler> handlers;
    private final Map<String, Handler> pages;

    public Services(Map<String, Handler> handlers) {
        this(handlers, Map.of());
    }

    /// @param handlers by the name under which clients sign: `states`, `s3`, `dynamodb`
    /// @param pages for anybody, by their path
    public Services(Map<String, Handler> handlers, Map<String, Handler> pages) {
        this.handlers = new TreeMap<>(handlers);
        this.pages = Map.copyOf(pages);
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        if (asksForPage(request)) {
            if (request.rawPath().equals(HEALTH)) {
                health(response);
                return;
            }
            if (pages.containsKey(request.rawPath())) {
                pages.get(request.rawPath()).handle(request, response);
                return;
            }
        }
        Addressee addressee = Addressee.of(request);
        Handler handler = handlers.get(addressee.service());
        if (handler == null) {
            refuse(addressee, response);
        } else {
            handler.handle(request, response);
        }
    }

    /// An unsigned GET; a signed one asks for the bucket of this name.
    private static boolean asksForPage(Request request) {
        return request.rawQuery().isEmpty()
                && (request.method().equals("GET") || request.method().equals("HEAD"))
                && request.header("Authorization").isEmpty();
    }

    private void health(Response response) throws IOException {
        String services = String.join("\",\"", handlers.keySet());
        response.status(200)
                .header("Content-Type", "application/json")
                .send(utf8("{\"status\":\"ready\",\"services\":[\"%s\"]}".formatted(services)));
    }

    private void refuse(Addressee addressee, Response response) throws IOException {
        String requestId = UUID.randomUUID().toString();
        String message = "Mapwright has no service '%s' here. It answers for: %s."
                .formatted(printable(addressee.service()), String.join(", ", handlers.keySet()));
        response.status(400).header("x-amzn-RequestId", requestId);
        switch (addressee.protocol()) {
            case AWS_JSON ->
                response.header("Content-Type", "application/x-amz-json-1.0")
                        .send(utf8("{\"__type\":\"UnknownOperationException\",\"message\":\"%s\"}"
                                .formatted(message)));
            case XML ->
                response.header("Content-Type", "text/xml")
                        .send(utf8("""
                                        <?xml version="1.0" encoding="UTF-8"?>
                                        <ErrorResponse><Error><Type>Sender</Type><Code>UnknownService</Code>\
                                        <Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>
                                        """.formatted(message, requestId)));
        }
    }

    /// A name from a request, fit to be shown in JSON and XML.
    private static String printable(String name) {
        String shown = name.replaceAll("[^A-Za-z0-9_.:-]", "?");
        return shown.substring(0, Math.min(shown.length(), SHOWN_CHARS_MAX));
    }

    private static final int SHOWN_CHARS_MAX = 80;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
