package dev.mapwright.adapters.aws;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

import java.util.Optional;

/// What AWS calls its regions where humans read it.
public final class RegionName {
    private RegionName() {}

    /// `US East (N. Virginia)` for `us-east-1`; a region that AWS has not is called what it is.
    public static String of(String region) {
        return Optional.ofNullable(RegionMetadata.of(Region.of(region)))
                .map(RegionMetadata::description)
                .orElse(region);
    }
}
