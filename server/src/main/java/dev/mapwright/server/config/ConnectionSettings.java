package dev.mapwright.server.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a connection of HTTP Tasks is made of: `connection.crm.type = API_KEY` and the rest of its
/// settings, by what follows its name. Its text shows no secret.
///
/// @param parts all that is set: `type`, `apiKeyName`, `header.X-Tenant`
public record ConnectionSettings(String name, Map<String, String> parts) {
    static final Set<String> SECRETS = Set.of("apiKeyValue", "password", "clientSecret");
    private static final Set<String> NAMES = Set.of(
            "type",
            "apiKeyName",
            "apiKeyValue",
            "username",
            "password",
            "authorizationEndpoint",
            "httpMethod",
            "clientId",
            "clientSecret",
            "scope");
    static final Set<String> PREFIXES = Set.of("header.", "query.", "body.");

    public ConnectionSettings {
        parts = Map.copyOf(parts);
    }

    static Map<String, ConnectionSettings> of(Map<String, Map<String, String>> named)
            throws InvalidConfiguration {
        var connections = new TreeMap<String, ConnectionSettings>();
        for (Map.Entry<String, Map<String, String>> one : named.entrySet()) {
            for (String part : one.getValue().keySet()) {
                if (!NAMES.contains(part) && PREFIXES.stream().noneMatch(part::startsWith)) {
                    throw new InvalidConfiguration(
                            "There is no setting connection.%s.%s. A connection has: %s, header.NAME, query.NAME, body.NAME."
                                    .formatted(
                                            one.getKey(),
                                            part,
                                            String.join(
                                                    ", ",
                                                    NAMES.stream().sorted().toList())));
                }
            }
            connections.put(one.getKey(), new ConnectionSettings(one.getKey(), one.getValue()));
        }
        return Map.copyOf(connections);
    }

    @Override
    public String toString() {
        return "ConnectionSettings[" + name + "]";
    }
}
