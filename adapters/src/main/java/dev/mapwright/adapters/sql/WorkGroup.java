package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.catalog.Location;

import java.time.Instant;
import java.util.Optional;

/// What queries have in common that are submitted to it.
///
/// @param output where results go
/// @param enforcement whether a query may say otherwise
/// @param metrics shown; there are none of queries
/// @param scannedBytesMax of one query
public record WorkGroup(
        String name,
        String description,
        State state,
        Instant created,
        Optional<Location> output,
        Enforcement enforcement,
        Metrics metrics,
        Optional<Long> scannedBytesMax) {
    /// Is always there, and takes queries that name none.
    public static final String PRIMARY = "primary";

    public enum State {
        ENABLED,
        DISABLED
    }

    public enum Enforcement {
        ENFORCED,
        CLIENT_DECIDES
    }

    /// Whether clients want metrics of its queries.
    public enum Metrics {
        PUBLISHED,
        WITHHELD
    }

    static WorkGroup primary() {
        return new WorkGroup(
                PRIMARY,
                "",
                State.ENABLED,
                Instant.EPOCH,
                Optional.empty(),
                Enforcement.CLIENT_DECIDES,
                Metrics.WITHHELD,
                Optional.empty());
    }
}
