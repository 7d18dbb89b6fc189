package dev.mapwright.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where a service that is built in is to be found instead, if anywhere. Access keys for places
/// elsewhere are those that the AWS SDK finds on this machine: environment, profile, role.
public sealed interface ServicePlace {
    record BuiltIn() implements ServicePlace {}

    /// Any server that speaks the service's protocol.
    record Endpoint(URI uri) implements ServicePlace {}

    /// AWS itself, in the region that is set.
    record Aws() implements ServicePlace {}

    /// Empty if it is none of `built-in`, `aws` and a URL.
    static Optional<ServicePlace> of(String text) {
        return switch (text) {
            case "built-in" -> Optional.of(new BuiltIn());
            case "aws" -> Optional.of(new Aws());
            default -> endpoint(text);
        };
    }

    private static Optional<ServicePlace> endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isHttp && uri.getHost() != null
                    ? Optional.of(new Endpoint(uri))
                    : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }
}
