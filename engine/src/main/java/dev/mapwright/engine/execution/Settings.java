package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.Pace;

import java.util.Map;

/// What one engine allows.
///
/// @param paces how fast the map runs of a label start children at first, by the label
public record Settings(Quotas quotas, Limits limits, Map<String, Pace> paces) {
    /// As AWS.
    public static final Settings AWS = of(Quotas.AWS);

    public static Settings of(Quotas quotas) {
        return new Settings(quotas, Limits.of(quotas), Map.of());
    }

    public Settings with(Limits others) {
        return new Settings(quotas, others, paces);
    }

    public Settings with(Quotas others) {
        return new Settings(others, limits, paces);
    }

    public Settings withPaces(Map<String, Pace> byLabel) {
        return new Settings(quotas, limits, Map.copyOf(byLabel));
    }
}
