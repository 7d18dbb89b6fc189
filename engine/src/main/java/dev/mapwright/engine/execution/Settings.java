package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.Pace;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What one engine allows.
///
/// @param paces how fast the map runs of a label start children at first, by the label
/// @param retention how long executions are kept after they have ended; absent: for ever
public record Settings(
        Quotas quotas, Limits limits, Map<String, Pace> paces, Optional<Duration> retention) {
    /// As AWS, and executions are kept for ever.
    public static final Settings AWS = of(Quotas.AWS);

    public static Settings of(Quotas quotas) {
        return new Settings(quotas, Limits.of(quotas), Map.of(), Optional.empty());
    }

    public Settings with(Limits others) {
        return new Settings(quotas, others, paces, retention);
    }

    public Settings with(Quotas others) {
        return new Settings(others, limits, paces, retention);
    }

    public Settings withPaces(Map<String, Pace> byLabel) {
        return new Settings(quotas, limits, Map.copyOf(byLabel), retention);
    }

    public Settings keeping(Optional<Duration> kept) {
        return new Settings(quotas, limits, paces, kept);
    }
}
