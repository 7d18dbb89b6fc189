package dev.mapwright.server.http;

import dev.mapwright.engine.store.StoreFailed;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/// An open HTTP port that hands every request to one [Handler], each on a virtual thread.
public final class Endpoint implements AutoCloseable {
    /// Request line and headers: an object key of 1,024 bytes may take three times as many
    /// characters, and a presigned query as many again.
    private static final int REQUEST_LINE_BYTES_MAX = 16 * 1024;

    private static final int HEADERS_BYTES_MAX = 64 * 1024;
    private static final int CONNECTIONS_MAX = 4_096;
    private static final Duration IDLE_MAX = Duration.ofMinutes(5);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private static final Logger LOG = Logger.getLogger(Endpoint.class.getName());

    private final WebServer server;
    private final String host;

    private Endpoint(WebServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /// Listens on `port` of the address that `host` names; port 0 chooses a free one.
    public static Endpoint open(String host, int port, Handler handler) throws PortUnavailable {
        InetAddress address = address(host);
        probe(address, host, port);
        HELIDON.setLevel(Level.WARNING);
        WebServer server = server(address, port, handler);
        server.start();
        if (!server.isRunning()) {
            throw new PortUnavailable(
                    "Cannot listen on port %d of %s; see the log above.".formatted(port, host));
        }
        return new Endpoint(server, host);
    }

    private static WebServer server(InetAddress address, int port, Handler handler) {
        var http1 = Http1Config.builder()
                .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                .maxHeadersSize(HEADERS_BYTES_MAX)
                .validatePath(false)
                .validateRequestHostHeader(false)
                // It would refuse every Content-Encoding, and so the aws-chunked bodies of S3
                // clients.
                .validateRequestHeaders(false)
                .build();
        return WebServer.builder()
                .address(address)
                .port(port)
                .maxTcpConnections(CONNECTIONS_MAX)
                .idleConnectionTimeout(IDLE_MAX)
                .shutdownGracePeriod(CLOSE_GRACE)
                .shutdownHook(false)
                // A longer answer goes out in several writes, and the kernel would hold back the
                // last one until the client has acknowledged the others, which it does after 40 ms.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .addConnectionSelector(
                        Http1ConnectionSelector.builder().config(http1).build())
                // A filter comes before any matching of paths, which would decode and normalise.
                .routing(HttpRouting.builder().addFilter((_, request, response) -> {
                    answer(handler, request, response);
                    // A stream that was closed is sent only by this, and its filter
                    // would be found to have sent nothing.
                    response.commit();
                }))
                .build();
    }

    public int port() {
        return server.port();
    }

    /// What clients put into `AWS_ENDPOINT_URL`.
    public URI uri() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + port());
    }

    /// Takes no more requests, and gives those under way a short time to end.
    @Override
    public void close() {
        server.stop();
    }

    private static InetAddress address(String host) throws PortUnavailable {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new PortUnavailable(
                    "Cannot listen on '%s': no such host on this machine. Use 127.0.0.1."
                            .formatted(host));
        }
    }

    /// Helidon logs why it cannot listen, but does not say it to its caller.
    private static void probe(InetAddress address, String host, int port) throws PortUnavailable {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        } catch (BindException taken) {
            throw new PortUnavailable(
                    taken.getMessage().contains("in use")
                            ? ("Port %d of %s is in use by another program. Stop that one, or choose another"
                                            + " port with --port.")
                                    .formatted(port, host)
                            : "Cannot listen on port %d of %s: %s."
                                    .formatted(port, host, taken.getMessage()));
        } catch (IOException failed) {
            throw new PortUnavailable("Cannot listen on port %d of %s: %s."
                    .formatted(port, host, failed.getMessage()));
        }
    }

    private static void answer(Handler handler, ServerRequest asked, ServerResponse answer) {
        var request = new HelidonRequest(asked);
        var response = new HelidonResponse(request, answer);
        try {
            handle(handler, request, response);
        } catch (IOException gone) {
            throw new CloseConnectionException("the client went away", gone);
        }
        if (request.closesConnection()) {
            // Helidon announces it, but leaves the closing to the client.
            throw new CloseConnectionException("answered the last request of this connection");
        }
    }

    private static void handle(Handler handler, Request request, HelidonResponse response)
            throws IOException {
        try {
            handler.handle(request, response);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            response.refuse(503, "ServiceUnavailable", "The server is stopping.");
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        } catch (ServerConnectionException gone) {
            throw new IOException("the client went away", gone);
        } catch (StoreFailed full) {
            response.refuse(503, "ServiceUnavailable", full.getMessage());
        } catch (RuntimeException ours) {
            String id = UUID.randomUUID().toString();
            LOG.log(
                    Level.SEVERE,
                    "request %s: %s %s".formatted(id, request.method(), request.rawPath()),
                    ours);
            response.refuse(
                    500,
                    "InternalFailure",
                    "Internal failure; the server's log says more about request " + id);
        }
    }
}
