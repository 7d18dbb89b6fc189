package dev.mapwright.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request as Helidon read it from the wire.
final class HelidonRequest implements Request {
    private final ServerRequest request;
    private boolean toldToContinue;

    HelidonRequest(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    @Override
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public Map<String, List<String>> headers() {
        var all = new TreeMap<String, List<String>>();
        for (Header header : request.headers()) {
            all.put(header.name().toLowerCase(Locale.ROOT), header.allValues());
        }
        return all;
    }

    @Override
    public InputStream body() {
        if (!request.content().hasEntity()) {
            return InputStream.nullInputStream();
        }
        toldToContinue = true;
        return request.content().inputStream();
    }

    /// Whether the client wants this to be the connection's last request, or it has to be: a body
    /// that was announced and never asked for may come or not. An empty body is not asked for
    /// either, and boto3, which announces it too, takes the next answer on its connection for this
    /// one's.
    boolean closesConnection() {
        return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || (!toldToContinue && request.headers().containsToken(HeaderValues.EXPECT_100));
    }
}
