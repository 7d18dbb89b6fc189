package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// Exports results to S3: opens the sink of one generation of one run.
public interface ResultWriter {
    /// @param number 0 at first, then one per redrive
    /// @param after the generation whose results this one adds to; absent: all that ever succeeded
    ///     is passed to this one
    record Generation(int number, Optional<Integer> after) {
        public static final Generation FIRST = new Generation(0, Optional.empty());
    }

    /// @param target `Bucket`, `Prefix`, `Transformation`, `OutputType` as evaluated when the run
    ///     began
    /// @param checkpoint the last one that [ResultSink#accept] returned and the run recorded;
    ///     absent: from the start
    ResultSink open(String mapRunArn, Generation generation, Json target, Optional<Json> checkpoint)
            throws WriteFailed, InterruptedException;
}
