package dev.mapwright.adapters.services.http;

import java.util.List;
import java.util.Map;

/// How an HTTP Task identifies itself, and what it always sends: what EventBridge keeps as a
/// connection. Where a Task says something else under the same name, the connection wins.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
///
/// @param headers sent with every request
/// @param query likewise
/// @param body members of every request's body
public record Connection(
        Identity identity,
        Map<String, String> headers,
        Map<String, List<String>> query,
        Map<String, String> body) {
    public Connection {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        body = Map.copyOf(body);
    }

    /// Their texts show no secrets.
    public sealed interface Identity {
        record ApiKey(String header, String value) implements Identity {
            @Override
            public String toString() {
                return "ApiKey[" + header + "]";
            }
        }

        record Basic(String username, String password) implements Identity {
            @Override
            public String toString() {
                return "Basic[" + username + "]";
            }
        }

        /// OAuth 2.0's client credentials, exchanged for a token at `endpoint`.
        ///
        /// @param parameters sent along, like `scope`
        record ClientCredentials(
                String endpoint,
                String method,
                String clientId,
                String clientSecret,
                Map<String, String> parameters)
                implements Identity {
            public ClientCredentials {
                parameters = Map.copyOf(parameters);
            }

            @Override
            public String toString() {
                return "ClientCredentials[" + endpoint + ", " + clientId + "]";
            }
        }
    }
}
