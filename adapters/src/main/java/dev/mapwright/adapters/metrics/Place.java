package dev.mapwright.adapters.metrics;

import java.time.Instant;

/// Where a sample is added: one second, minute, five minutes or hour.
///
/// @param second when it begins, since 1970
record Place(Tier tier, long second) {
    static Place of(Tier tier, Instant at) {
        return new Place(tier, tier.placeOf(at));
    }
}
