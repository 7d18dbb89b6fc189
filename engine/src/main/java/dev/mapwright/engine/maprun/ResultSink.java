package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// Result files being written. Derived data: everything after the last checkpoint can be fed again.
public interface ResultSink extends AutoCloseable {
    /// Number of the last ending that the checkpoint it was opened with covers; 0 at the start.
    long covered();

    /// From where a sink goes on that is opened with `checkpoint`.
    ///
    /// @param covered number of the last ending that need not be fed again; those after it must be,
    ///     even if some of them have been taken already
    record Progress(long covered, Json checkpoint) {}

    /// Takes one result, in order of the endings' numbers. Progress comes back when something has
    /// become durable in uploaded parts.
    Optional<Progress> accept(ChildResult result) throws WriteFailed, InterruptedException;

    /// Takes the input of a batch that was never started. After all results.
    void acceptPending(Json input) throws WriteFailed, InterruptedException;

    /// Completes the uploads, writes the manifest, and returns the `ResultWriterDetails`:
    /// `{"Bucket", "Key"}`. Done twice, it leaves the same bytes.
    Json finish() throws WriteFailed, InterruptedException;

    @Override
    void close();
}
