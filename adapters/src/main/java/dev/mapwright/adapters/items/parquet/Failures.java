package dev.mapwright.adapters.items.parquet;

import dev.mapwright.adapters.items.object.ObjectRanges;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;

/// What the library throws, as a map run's cause. It wraps failures of its threads several times,
/// and answers broken files with exceptions of any kind.
record Failures(ObjectRanges ranges) {
    /// Wrapped exceptions that are looked at.
    private static final int CAUSES_MAX = 20;

    ReadFailed of(Throwable thrown) throws InterruptedException {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (cause instanceof IOException failed && !isAboutTheContent(failed)) {
                return ranges.failed(failed);
            }
            cause = cause.getCause();
        }
        return new ReadFailed(
                "%s cannot be read as Parquet: %s"
                        .formatted(ranges.address().uri(), message(thrown)),
                thrown);
    }

    private static boolean isAboutTheContent(IOException failed) {
        return failed.getClass() == IOException.class;
    }

    private static String message(Throwable thrown) {
        return thrown.getMessage() == null
                ? thrown.getClass().getSimpleName()
                : thrown.getMessage();
    }
}
