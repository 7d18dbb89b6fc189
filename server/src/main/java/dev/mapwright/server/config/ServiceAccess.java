package dev.mapwright.server.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How one service is called, where it is not called as all others are.
///
/// @param keys absent: those that the AWS SDK finds on this machine
public record ServiceAccess(Optional<String> region, Optional<Keys> keys) {
    static final ServiceAccess USUAL = new ServiceAccess(Optional.empty(), Optional.empty());

    private static final String REGION = "region";
    private static final String ACCESS_KEY_ID = "accessKeyId";
    static final String SECRET_ACCESS_KEY = "secretAccessKey";
    static final String SESSION_TOKEN = "sessionToken";

    private static final List<String> PARTS =
            List.of(ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY, SESSION_TOKEN);

    /// An access key. Its text shows no secret.
    public record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }

    /// By service.
    ///
    /// @param settings of the services, by what follows their name
    static Map<String, ServiceAccess> of(Map<String, Map<String, String>> settings)
            throws InvalidConfiguration {
        var access = new TreeMap<String, ServiceAccess>();
        for (Map.Entry<String, Map<String, String>> one : settings.entrySet()) {
            access.put(one.getKey(), of(one.getKey(), one.getValue()));
        }
        return Map.copyOf(access);
    }

    private static ServiceAccess of(String service, Map<String, String> parts)
            throws InvalidConfiguration {
        for (String part : parts.keySet()) {
            if (!PARTS.contains(part)) {
                throw new InvalidConfiguration(
                        "There is no setting service.%s.%s. A service has: %s."
                                .formatted(service, part, String.join(", ", PARTS)));
            }
        }
        boolean hasId = parts.containsKey(ACCESS_KEY_ID);
        if (hasId != parts.containsKey(SECRET_ACCESS_KEY)
                || !hasId && parts.containsKey(SESSION_TOKEN)) {
            throw new InvalidConfiguration(
                    "An access key needs both service.%1$s.accessKeyId and service.%1$s.secretAccessKey."
                            .formatted(service));
        }
        Optional<Keys> keys = hasId
                ? Optional.of(new Keys(
                        parts.get(ACCESS_KEY_ID),
                        parts.get(SECRET_ACCESS_KEY),
                        Optional.ofNullable(parts.get(SESSION_TOKEN))))
                : Optional.empty();
        return new ServiceAccess(Optional.ofNullable(parts.get(REGION)), keys);
    }
}
