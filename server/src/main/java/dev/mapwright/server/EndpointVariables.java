package dev.mapwright.server;

import dev.mapwright.server.config.ServicePlace;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The environment variables that tell the SDKs in functions where services are: here, but for
/// those that have a place of their own.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
final class EndpointVariables {
    private static final String ANY_SERVICE = "AWS_ENDPOINT_URL";

    /// Services of more than one word, which the package of the SDK for Java writes as one.
    private static final Map<String, String> WORDS = Map.of(
            "bedrockruntime", "BEDROCK_RUNTIME",
            "cloudwatchlogs", "CLOUDWATCH_LOGS",
            "emrcontainers", "EMR_CONTAINERS",
            "emrserverless", "EMR_SERVERLESS",
            "rdsdata", "RDS_DATA",
            "redshiftdata", "REDSHIFT_DATA",
            "secretsmanager", "SECRETS_MANAGER");

    private EndpointVariables() {}

    /// @param origin of this server
    /// @param places by the SDK's package of the service
    static Map<String, String> of(URI origin, Map<String, ServicePlace> places) {
        var variables = new TreeMap<String, String>();
        variables.put(ANY_SERVICE, origin.toString());
        places.forEach((module, place) -> {
            if (place instanceof ServicePlace.Endpoint(URI uri)) {
                String name = WORDS.getOrDefault(module, module.toUpperCase(Locale.ROOT));
                variables.put(ANY_SERVICE + "_" + name, uri.toString());
            }
        });
        return Map.copyOf(variables);
    }
}
