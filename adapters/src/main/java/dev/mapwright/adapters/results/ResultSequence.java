package dev.mapwright.adapters.results;

import dev.mapwright.adapters.results.Checkpoint.ResultFile;
import dev.mapwright.adapters.results.Checkpoint.Sequence;
import dev.mapwright.adapters.results.ResultFiles.Limits;
import dev.mapwright.engine.maprun.WriteFailed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of one status: `SUCCEEDED_0.json`, `SUCCEEDED_1.json` and so on, of which the last one
/// is open. Memory holds its next part.
///
/// A checkpoint is taken when a part of any status was uploaded. What another status then has in
/// memory goes into the checkpoint as long as it is short; else the endings since then are fed once
/// more after a crash, and those that a file already has are passed over.
final class ResultSequence {
    private final Destination destination;
    private final String status;
    private final boolean lines;
    private final Limits limits;
    private final List<ResultFile> done;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();

    /// Endings up to this number are here already, from before the sequence was opened again.
    private final long resumedThrough;

    private MultipartFile file;

    /// What the last checkpoint has; it stays good, because the same endings make the same bytes.
    private Sequence kept;

    ResultSequence(
            Destination destination, String status, boolean lines, Limits limits, Sequence start) {
        this.destination = destination;
        this.status = status;
        this.lines = lines;
        this.limits = limits;
        this.done = new ArrayList<>(start.done());
        this.part.writeBytes(start.held().getBytes(StandardCharsets.UTF_8));
        this.resumedThrough = start.through();
        this.kept = start;
        this.file = MultipartFile.resumed(destination, nextKey(), start.upload(), start.bytes());
    }

    /// Appends an ending's entries, and uploads a part when there is enough for one.
    ///
    /// @return whether something has become durable
    boolean add(long number, List<byte[]> entries) throws WriteFailed, InterruptedException {
        if (number <= resumedThrough) {
            return false;
        }
        int filesBefore = done.size();
        for (byte[] entry : entries) {
            append(entry);
        }
        if (part.size() >= limits.partBytes()) {
            file.upload(part.toByteArray());
            part.reset();
            return true;
        }
        return done.size() > filesBefore;
    }

    private void append(byte[] entry) throws WriteFailed, InterruptedException {
        boolean empty = file.bytes() + part.size() == 0;
        long after = file.bytes() + part.size() + entry.length + 2L;
        if (!empty && after > limits.fileBytesMax()) {
            finishFile();
            empty = true;
        }
        if (!lines) {
            part.write(empty ? '[' : ',');
        }
        part.writeBytes(entry);
        if (lines) {
            part.write('\n');
        }
    }

    private void finishFile() throws WriteFailed, InterruptedException {
        if (!lines) {
            part.write(']');
        }
        file.upload(part.toByteArray());
        part.reset();
        done.add(file.complete());
        file = MultipartFile.resumed(destination, nextKey(), Optional.empty(), 0);
    }

    private String nextKey() {
        return destination.resultKey(status, done.size());
    }

    /// Completes the open file. What stays without entries has no file.
    List<ResultFile> finish() throws WriteFailed, InterruptedException {
        if (file.bytes() + part.size() > 0) {
            finishFile();
        }
        return done;
    }

    /// @param last number of the last ending, of whatever status
    Sequence checkpoint(long last) {
        if (part.size() <= limits.checkpointBytesMax()) {
            kept = new Sequence(
                    Math.max(last, resumedThrough),
                    List.copyOf(done),
                    file.upload(),
                    file.bytes(),
                    part.toString(StandardCharsets.UTF_8));
        }
        return kept;
    }
}
