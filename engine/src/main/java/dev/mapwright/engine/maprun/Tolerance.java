package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.store.MapRunRecord.Settings;

/// Decides whether a run's failures are still tolerated. The unit is items: a child that failed
/// counts all of its items.
///
/// A threshold is exceeded by strictly more than it allows. With both set, either one can fail the
/// run; with one set, the other is ignored; with neither, one failure is too many. A percentage is
/// of all items of the dataset, so while these are still being read a breach may not be certain
/// yet.
enum Tolerance {
    WITHIN,
    /// More than the percentage of the items known so far, but perhaps not of all.
    IN_DOUBT,
    EXCEEDED;

    static final Failure BREACH = Failure.of(
            "States.ExceedToleratedFailureThreshold",
            "The specified tolerated failure threshold was exceeded");

    /// @param itemsKnown items read so far
    /// @param itemsMax how many there can be at most: `itemsKnown` once the dataset has been read
    static Tolerance judge(Settings settings, long failures, long itemsKnown, long itemsMax) {
        if (settings.toleratedFailureCount().isEmpty()
                && settings.toleratedFailurePercentage().isEmpty()) {
            return failures > 0 ? EXCEEDED : WITHIN;
        }
        if (settings.toleratedFailureCount().isPresent()
                && failures > settings.toleratedFailureCount().get()) {
            return EXCEEDED;
        }
        if (settings.toleratedFailurePercentage().isEmpty()) {
            return WITHIN;
        }
        double percentage = settings.toleratedFailurePercentage().get();
        if (exceeds(failures, percentage, itemsMax)) {
            return EXCEEDED;
        }
        return exceeds(failures, percentage, itemsKnown) ? IN_DOUBT : WITHIN;
    }

    private static boolean exceeds(long failures, double percentage, long items) {
        return 100.0 * failures > percentage * items;
    }
}
