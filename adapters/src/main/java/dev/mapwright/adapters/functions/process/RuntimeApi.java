package dev.mapwright.adapters.functions.process;

import dev.mapwright.engine.world.World;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The Lambda Runtime API, version 2018-06-01, for one process: a port of its own on the loopback
/// address tells processes apart. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
///
/// A server of its own rather than the JDK's, which closes a connection that was idle for half a
/// minute: a function may work longer than that between its two requests.
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String INVOCATION = "invocation/";

    /// A process needs one; a shell script that calls curl has a new one each time.
    private static final int CONNECTIONS_MAX = 32;

    private final World world;
    private final Host host;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /// What the process tells, and what it gets.
    interface Host {
        /// Waits for the next event.
        ///
        /// @throws OutOfTurn if the last one is not answered yet
        Event next() throws OutOfTurn, InterruptedException;

        /// @throws OutOfTurn if no such request is under way
        void returned(String requestId, byte[] payload) throws OutOfTurn;

        /// A result longer than any may be.
        void returnedTooMuch(String requestId) throws OutOfTurn;

        /// The function failed with this error object.
        void failed(String requestId, byte[] error) throws OutOfTurn;

        void initFailed(byte[] error) throws OutOfTurn;
    }

    /// @param headers those that begin with `Lambda-Runtime-`
    record Event(Map<String, String> headers, byte[] payload) {}

    /// The process may not call this now.
    static final class OutOfTurn extends Exception {
        private final int status;
        private final String errorType;

        OutOfTurn(int status, String errorType, String message) {
            super(message, null, false, false);
            this.status = status;
            this.errorType = errorType;
        }
    }

    private RuntimeApi(World world, Host host, ServerSocket server) {
        this.world = world;
        this.host = host;
        this.server = server;
    }

    static RuntimeApi open(World world, Host host) throws IOException {
        var server = new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
        var api = new RuntimeApi(world, host, server);
        world.start("runtime API " + server.getLocalPort(), api::accept);
        return api;
    }

    /// For `AWS_LAMBDA_RUNTIME_API`.
    String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    /// Connections end with it, which a waiting process takes as its end.
    @Override
    public void close() {
        closeQuietly(server);
        connections.forEach(RuntimeApi::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (connections.size() >= CONNECTIONS_MAX) {
                    closeQuietly(socket);
                } else {
                    connections.add(socket);
                    world.start(
                            "runtime API " + server.getLocalPort() + " connection",
                            () -> serve(socket));
                }
            } catch (IOException closed) {
                closeQuietly(server);
            }
        }
    }

    private void serve(Socket socket) throws InterruptedException {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            boolean open = true;
            while (open) {
                var request = RuntimeRequest.read(in, out);
                open = request.isPresent() && request.get().keepsAlive();
                if (request.isPresent()) {
                    out.write(answer(request.get()).bytes());
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // The process has ended, or closes; who waits for it hears of its end.
        } finally {
            connections.remove(socket);
        }
    }

    private RuntimeAnswer answer(RuntimeRequest request) throws IOException, InterruptedException {
        try {
            return route(request);
        } catch (OutOfTurn wrong) {
            return RuntimeAnswer.error(wrong.status, wrong.errorType, wrong.getMessage());
        }
    }

    private RuntimeAnswer route(RuntimeRequest request)
            throws OutOfTurn, IOException, InterruptedException {
        String way = request.path().startsWith(ROOT)
                ? request.path().substring(ROOT.length())
                : "unknown";
        if (request.method().equals("GET") && way.equals("invocation/next")) {
            request.body();
            return RuntimeAnswer.event(host.next());
        }
        if (request.method().equals("POST") && way.equals("init/error")) {
            host.initFailed(request.error());
            return RuntimeAnswer.accepted();
        }
        if (request.method().equals("POST") && way.startsWith(INVOCATION)) {
            String[] parts = way.substring(INVOCATION.length()).split("/", -1);
            if (parts.length == 2 && parts[1].equals("response")) {
                return returned(parts[0], request);
            }
            if (parts.length == 2 && parts[1].equals("error")) {
                host.failed(parts[0], request.error());
                return RuntimeAnswer.accepted();
            }
        }
        request.body();
        return RuntimeAnswer.error(
                404,
                "NotFound",
                "The Runtime API has no %s %s".formatted(request.method(), request.path()));
    }

    private RuntimeAnswer returned(String requestId, RuntimeRequest request)
            throws OutOfTurn, IOException {
        var body = request.body();
        var failure = request.failureMidway();
        if (failure.isPresent()) {
            host.failed(requestId, failure.get());
            return RuntimeAnswer.accepted();
        }
        if (body.isPresent()) {
            host.returned(requestId, body.get());
            return RuntimeAnswer.accepted();
        }
        host.returnedTooMuch(requestId);
        return RuntimeAnswer.error(
                413,
                "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (%d bytes)."
                        .formatted(RuntimeRequest.BODY_BYTES_MAX));
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (IOException closed) {
            // Nothing is lost with it.
        } catch (Exception odd) {
            throw new UncheckedIOException(new IOException("expected a socket to close", odd));
        }
    }

    /// As bytes of HTTP/1.1.
    private record RuntimeAnswer(int status, String headers, byte[] body) {
        static RuntimeAnswer event(Event event) {
            var headers = new StringBuilder();
            event.headers()
                    .forEach((name, value) ->
                            headers.append(name).append(": ").append(value).append("\r\n"));
            return new RuntimeAnswer(200, headers.toString(), event.payload());
        }

        static RuntimeAnswer accepted() {
            return new RuntimeAnswer(202, "", utf8("{\"status\":\"OK\"}"));
        }

        static RuntimeAnswer error(int status, String errorType, String message) {
            String body =
                    "{\"errorMessage\":\"%s\",\"errorType\":\"%s\"}".formatted(message, errorType);
            return new RuntimeAnswer(status, "", utf8(body));
        }

        byte[] bytes() {
            byte[] head = utf8(
                    "HTTP/1.1 %d %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(status, reason(), headers, body.length));
            byte[] all = new byte[head.length + body.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }

        private String reason() {
            return switch (status) {
                case 200 -> "OK";
                case 202 -> "Accepted";
                default -> "Refused";
            };
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
