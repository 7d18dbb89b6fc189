package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The query of a request. Parameters that S3 doesn't know, and those of a presigned URL, are of no
/// consequence.
record Query(Map<String, String> parameters) {
    static Query parse(String rawQuery) throws S3Failed {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.putIfAbsent(
                        PercentCoding.decodeQuery(name), PercentCoding.decodeQuery(value));
            }
        }
        return new Query(parameters);
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// A parameter that is there but empty counts as absent: clients send `versionId=` and
    /// `delimiter=`.
    Optional<String> text(String name) {
        return get(name).filter(value -> !value.isEmpty());
    }

    int number(String name, int absent, int max) throws S3Failed {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= 0) {
                return Math.min(number, max);
            }
        } catch (NumberFormatException notOne) {
            // Reported below, like a negative number.
        }
        throw new S3Failed(
                ErrorCode.INVALID_ARGUMENT,
                "Argument %s must be an integer between 0 and %d; found '%s'."
                        .formatted(name, Integer.MAX_VALUE, value.get()));
    }
}
