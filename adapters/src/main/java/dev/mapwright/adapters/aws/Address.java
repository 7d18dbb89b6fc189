package dev.mapwright.adapters.aws;

import java.net.URI;
import java.util.Optional;

/// Where one service is found.
public sealed interface Address {
    String region();

    /// In this process, without a socket between.
    record InProcess(LocalService service, String region) implements Address {}

    /// At any endpoint that speaks the service's protocol.
    ///
    /// @param keys absent: what the AWS SDK finds on this machine
    record Endpoint(URI uri, String region, Optional<Keys> keys) implements Address {
        public Endpoint {
            if (uri.getHost() == null || uri.getScheme() == null) {
                throw new IllegalArgumentException(
                        "An endpoint is a URL with a host, like http://127.0.0.1:9000; found '%s'"
                                .formatted(uri));
            }
        }
    }

    /// At AWS.
    ///
    /// @param keys absent: what the AWS SDK finds on this machine (environment, profile, role)
    record Aws(String region, Optional<Keys> keys) implements Address {}

    /// An access key. Its text shows no secret.
    record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }
}
