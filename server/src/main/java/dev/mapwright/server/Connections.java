package dev.mapwright.server;

import dev.mapwright.adapters.services.http.Connection;
import dev.mapwright.adapters.services.http.Connection.Identity;
import dev.mapwright.server.config.ConnectionSettings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes the connections of HTTP Tasks of their settings.
final class Connections {
    private static final String HEADER = "header.";
    private static final String QUERY = "query.";
    private static final String BODY = "body.";

    private Connections() {}

    /// @throws IllegalArgumentException if a setting is missing, or its type is none
    static Map<String, Connection> of(Map<String, ConnectionSettings> settings) {
        var connections = new TreeMap<String, Connection>();
        settings.forEach((name, one) -> connections.put(
                name,
                new Connection(
                        identity(one),
                        named(one, HEADER),
                        lists(named(one, QUERY)),
                        named(one, BODY))));
        return connections;
    }

    private static Identity identity(ConnectionSettings settings) {
        String type = required(settings, "type");
        return switch (type) {
            case "API_KEY" ->
                new Identity.ApiKey(
                        required(settings, "apiKeyName"), required(settings, "apiKeyValue"));
            case "BASIC" ->
                new Identity.Basic(required(settings, "username"), required(settings, "password"));
            case "OAUTH_CLIENT_CREDENTIALS" ->
                new Identity.ClientCredentials(
                        required(settings, "authorizationEndpoint"),
                        settings.parts().getOrDefault("httpMethod", "POST"),
                        required(settings, "clientId"),
                        required(settings, "clientSecret"),
                        Optional.ofNullable(settings.parts().get("scope"))
                                .map(scope -> Map.of("scope", scope))
                                .orElse(Map.of()));
            default ->
                throw new IllegalArgumentException(
                        "The setting connection.%s.type is '%s', but has to be API_KEY, BASIC or OAUTH_CLIENT_CREDENTIALS."
                                .formatted(settings.name(), type));
        };
    }

    private static String required(ConnectionSettings settings, String part) {
        return Optional.ofNullable(settings.parts().get(part))
                .orElseThrow(() ->
                        new IllegalArgumentException("The setting connection.%s.%s is missing."
                                .formatted(settings.name(), part)));
    }

    private static Map<String, String> named(ConnectionSettings settings, String prefix) {
        var named = new LinkedHashMap<String, String>();
        settings.parts().forEach((part, value) -> {
            if (part.startsWith(prefix)) {
                named.put(part.substring(prefix.length()), value);
            }
        });
        return named;
    }

    private static Map<String, List<String>> lists(Map<String, String> values) {
        var lists = new LinkedHashMap<String, List<String>>();
        values.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }
}
