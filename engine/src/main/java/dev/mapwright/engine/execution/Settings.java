package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.Limits;

/// What one engine allows.
public record Settings(Quotas quotas, Limits limits) {
    /// As AWS.
    public static final Settings AWS = of(Quotas.AWS);

    public static Settings of(Quotas quotas) {
        return new Settings(quotas, Limits.of(quotas));
    }

    public Settings with(Limits others) {
        return new Settings(quotas, others);
    }

    public Settings with(Quotas others) {
        return new Settings(others, limits);
    }
}
