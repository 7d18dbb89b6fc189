package dev.mapwright.adapters.objects.local;

import java.time.Instant;
import java.util.Map;

/// One bucket.
///
/// @param tags in the order in which they were set
public record Bucket(
        String name,
        String region,
        Instant created,
        Versioning versioning,
        Map<String, String> tags) {
    Bucket withVersioning(Versioning changed) {
        return new Bucket(name, region, created, changed, tags);
    }

    Bucket withTags(Map<String, String> changed) {
        return new Bucket(name, region, created, versioning, changed);
    }
}
