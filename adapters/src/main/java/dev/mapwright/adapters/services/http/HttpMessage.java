package dev.mapwright.adapters.services.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as it goes over the wire.
record HttpMessage(
        String method, URI uri, Map<String, List<String>> headers, Optional<String> body) {
    HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        method,
                        body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    /// As TestState shows it at the level TRACE.
    Map<String, String> described() {
        var request = new LinkedHashMap<String, String>();
        request.put("protocol", uri.getScheme());
        request.put("method", method);
        request.put("url", uri.toString());
        request.put("headers", listed(headers));
        body.ifPresent(text -> request.put("body", text));
        return request;
    }

    static String listed(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                .toList()
                .toString();
    }
}
