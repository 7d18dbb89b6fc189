package dev.mapwright.adapters.functions;

import java.time.Instant;

/// One state of a function: the one that changes, or one that was published and never does.
///
/// @param version `$LATEST`, or a number from 1
/// @param revisionId new with every change
public record FunctionVersion(
        String version,
        FunctionSettings settings,
        FunctionCode code,
        Instant lastModified,
        String revisionId) {
    public static final String LATEST = "$LATEST";
}
