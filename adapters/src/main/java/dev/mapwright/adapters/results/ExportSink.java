package dev.mapwright.adapters.results;

import dev.mapwright.adapters.results.ResultFiles.Limits;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ChildResult;
import dev.mapwright.engine.maprun.ResultSink;
import dev.mapwright.engine.maprun.WriteFailed;
import dev.mapwright.engine.store.Execution.Status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// One generation's result files and, at the end, their manifest.
final class ExportSink implements ResultSink {
    private final Destination destination;
    private final Entries entries;
    private final long covered;
    private final ResultSequence succeeded;
    private final ResultSequence failed;
    private final ResultSequence pending;
    private long pendingCount;
    private Optional<Manifest> manifest = Optional.empty();

    ExportSink(Destination destination, Entries entries, Limits limits, Checkpoint start) {
        this.destination = destination;
        this.entries = entries;
        this.covered = start.covered();
        this.succeeded = sequence("SUCCEEDED", limits, start.succeeded());
        this.failed = sequence("FAILED", limits, start.failed());
        this.pending = sequence("PENDING", limits, Checkpoint.Sequence.NONE);
    }

    private ResultSequence sequence(String status, Limits limits, Checkpoint.Sequence start) {
        return new ResultSequence(destination, status, entries.lines(), limits, start);
    }

    @Override
    public long covered() {
        return covered;
    }

    @Override
    public Optional<Progress> accept(ChildResult result) throws WriteFailed, InterruptedException {
        var child = result.child();
        var sequence = child.status() == Status.SUCCEEDED ? succeeded : failed;
        return sequence.add(result.number(), entries.of(child))
                ? Optional.of(progress(result.number()))
                : Optional.empty();
    }

    /// No further than each of the files is kept.
    private Progress progress(long last) {
        var ofSucceeded = succeeded.checkpoint(last);
        var ofFailed = failed.checkpoint(last);
        long all = Math.min(ofSucceeded.through(), ofFailed.through());
        return new Progress(all, new Checkpoint(all, ofSucceeded, ofFailed).json());
    }

    @Override
    public void acceptPending(Json input) throws WriteFailed, InterruptedException {
        pendingCount++;
        pending.add(pendingCount, List.of(Entries.pending(input)));
    }

    @Override
    public Json finish() throws WriteFailed, InterruptedException {
        if (manifest.isEmpty()) {
            manifest = Optional.of(new Manifest(
                    Manifest.succeededBefore(destination),
                    succeeded.finish(),
                    failed.finish(),
                    pending.finish()));
        }
        manifest.get().write(destination);
        var details = new LinkedHashMap<String, Object>();
        details.put("Bucket", destination.bucket());
        details.put("Key", destination.manifestKey());
        return Json.of(details);
    }

    /// Leaves uploads as they are: a checkpoint may go on with them.
    @Override
    public void close() {}
}
