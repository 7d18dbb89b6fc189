package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// Exports results to S3: opens the sink of one generation (0 at first, then one per redrive) of
/// one run.
public interface ResultWriter {
    /// @param target `Bucket`, `Prefix`, `Transformation`, `OutputType` as evaluated when the run
    ///     began
    /// @param checkpoint the last one that [ResultSink#accept] returned and the run recorded;
    ///     absent: from the start
    ResultSink open(String mapRunArn, int generation, Json target, Optional<Json> checkpoint)
            throws WriteFailed, InterruptedException;
}
