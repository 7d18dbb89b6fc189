package dev.mapwright.server.http;

import java.net.URI;
import java.util.function.Supplier;

/// How clients reach this server, for the addresses that answers name.
public final class Origin {
    /// What a client in this process says, which has no port to go to.
    private static final String IN_PROCESS = "localhost";

    private final Supplier<URI> own;

    /// @param own the endpoint's address, asked for once it is open
    public Origin(Supplier<URI> own) {
        this.own = own;
    }

    /// The way by which a request came: `http://127.0.0.1:4566`.
    public String of(Request request) {
        return request.header("Host")
                .filter(host -> !host.equals(IN_PROCESS))
                .map(host -> "http://" + host)
                .orElseGet(this::own);
    }

    /// The endpoint's own address, without a slash at its end.
    public String own() {
        return own.get().toString().replaceFirst("/$", "");
    }
}
