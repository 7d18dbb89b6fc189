package dev.mapwright.adapters.services.http;

import dev.mapwright.adapters.services.http.Connection.Identity.ClientCredentials;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.TaskFailed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tokens that were got for client credentials, kept until shortly before they expire: one for each
/// connection at most.
final class OAuthTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final long SECONDS_BY_DEFAULT = 300;

    private final BoundedClient client;
    private final InstantSource clock;
    private final Map<ClientCredentials, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String value, Instant until) {}

    OAuthTokens(BoundedClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    String token(ClientCredentials credentials) throws TaskFailed, InterruptedException {
        Token known = tokens.get(credentials);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.value();
        }
        Token fresh = ask(credentials);
        tokens.put(credentials, fresh);
        return fresh.value();
    }

    /// The service refused a token before its time.
    void forget(ClientCredentials credentials) {
        tokens.remove(credentials);
    }

    private Token ask(ClientCredentials credentials) throws TaskFailed, InterruptedException {
        var form = new LinkedHashMap<String, Object>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", credentials.clientId());
        form.put("client_secret", credentials.clientSecret());
        form.putAll(credentials.parameters());
        HttpRequest request = HttpRequest.newBuilder(URI.create(credentials.endpoint()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(
                        credentials.method(),
                        BodyPublishers.ofString(FormEncoding.REPEAT.encode(form)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, PATIENCE);
            if (response.statusCode() / 100 == 2
                    && Json.parse(response.body()).value() instanceof Map<?, ?> members
                    && members.get("access_token") instanceof String value) {
                long seconds = members.get("expires_in") instanceof Number given
                        ? given.longValue()
                        : SECONDS_BY_DEFAULT;
                return new Token(value, clock.instant().plusSeconds(seconds).minus(MARGIN));
            }
            throw refused(credentials, "it answered with status " + response.statusCode());
        } catch (IOException | JsonSyntaxException failed) {
            throw refused(credentials, String.valueOf(failed.getMessage()));
        }
    }

    private static TaskFailed refused(ClientCredentials credentials, String why) {
        return TaskFailed.of(
                "Events.ConnectionResource.InvalidConnectionState",
                "The authorization endpoint %s gave no token: %s"
                        .formatted(credentials.endpoint(), why));
    }
}
