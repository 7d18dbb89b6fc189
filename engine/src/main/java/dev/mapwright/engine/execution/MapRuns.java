package dev.mapwright.engine.execution;

import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;

import java.util.Optional;

/// What the API's map run operations call. A running one's counts are those of this very moment.
public final class MapRuns {
    /// What UpdateMapRun gives; what is absent stays.
    public record Update(
            Optional<Integer> maxConcurrency,
            Optional<Long> toleratedFailureCount,
            Optional<Double> toleratedFailurePercentage) {}

    public Optional<MapRunRecord> find(String mapRunArn) {
        throw new UnsupportedOperationException("sketch");
    }

    /// Newest first.
    public Page<MapRunRecord> list(String executionArn, int limit, Optional<String> pageToken) {
        throw new UnsupportedOperationException("sketch");
    }

    public void update(String mapRunArn, Update update) throws Refused, InterruptedException {
        throw new UnsupportedOperationException("sketch");
    }
}
