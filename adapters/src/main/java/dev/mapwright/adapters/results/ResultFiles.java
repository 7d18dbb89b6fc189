package dev.mapwright.adapters.results;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ResultSink;
import dev.mapwright.engine.maprun.ResultWriter;
import dev.mapwright.engine.maprun.WriteFailed;

import java.util.Optional;

/// Exports results as Step Functions does: `SUCCEEDED_0.json`, `FAILED_0.json`, `PENDING_0.json`
/// and further ones in a folder of the run, each a multipart upload that goes on while the run
/// does, and `manifest.json` at the end.
/// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
public final class ResultFiles implements ResultWriter {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
    private static final long FILE_BYTES_MAX = 5_000_000_000L;

    /// S3 takes parts from 5 MiB on, and 10,000 of them: more than a file has.
    private static final int PART_BYTES = 8 * 1024 * 1024;

    /// What a checkpoint itself may hold of a file's next part; see [ResultSequence].
    private static final int CHECKPOINT_BYTES_MAX = 256 * 1024;

    private final ObjectStore objects;
    private final String account;
    private final Limits limits;

    /// @param fileBytesMax after which a new file is begun
    /// @param partBytes results gathered in memory before they are uploaded, for each status
    /// @param checkpointBytesMax of results held in a checkpoint, for each status
    record Limits(long fileBytesMax, int partBytes, int checkpointBytesMax) {}

    /// @param account that owns all buckets here
    public ResultFiles(ObjectStore objects, String account) {
        this(objects, account, new Limits(FILE_BYTES_MAX, PART_BYTES, CHECKPOINT_BYTES_MAX));
    }

    ResultFiles(ObjectStore objects, String account, Limits limits) {
        this.objects = objects;
        this.account = account;
        this.limits = limits;
    }

    @Override
    public ResultSink open(
            String mapRunArn, Generation generation, Json target, Optional<Json> checkpoint)
            throws WriteFailed, InterruptedException {
        var place = ExportTarget.of(target, account);
        var destination = Destination.of(objects, mapRunArn, generation, place);
        if (checkpoint.isEmpty()) {
            destination.check();
        }
        return new ExportSink(destination, Entries.of(target), limits, Checkpoint.of(checkpoint));
    }
}
