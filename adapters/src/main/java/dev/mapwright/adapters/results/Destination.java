package dev.mapwright.adapters.results;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.ResultWriter.Generation;
import dev.mapwright.engine.maprun.WriteFailed;

import java.util.Optional;

/// Where one generation of a run's results goes.
///
/// @param runFolder key up to and including the run's own folder, with its slash
record Destination(
        ObjectStore objects,
        String mapRunArn,
        String bucket,
        String runFolder,
        Generation generation,
        String extension) {

    static Destination of(
            ObjectStore objects, String mapRunArn, Generation generation, ExportTarget target) {
        String prefix = target.prefix();
        String slash = prefix.isEmpty() || prefix.endsWith("/") ? "" : "/";
        String run = mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
        return new Destination(
                objects,
                mapRunArn,
                target.bucket(),
                prefix + slash + run + "/",
                generation,
                target.extension());
    }

    /// Finds out whether anything can be written there, before children are started for results
    /// that would be lost. Begins an upload and drops it, which asks for no permission that the
    /// results themselves don't need.
    void check() throws WriteFailed, InterruptedException {
        try {
            String upload = objects.beginUpload(bucket, manifestKey(), Manifest.CONTENT_TYPE);
            objects.abortUpload(bucket, manifestKey(), upload);
        } catch (ObjectFailed refusal) {
            throw failed(manifestKey(), refusal);
        }
    }

    String resultKey(String status, int index) {
        return folder(generation.number()) + status + "_" + index + extension;
    }

    String manifestKey() {
        return manifestKey(generation.number());
    }

    /// The manifest that lists what succeeded before this generation.
    Optional<String> manifestKeyBefore() {
        return generation.after().map(this::manifestKey);
    }

    private String manifestKey(int ofGeneration) {
        return folder(ofGeneration) + "manifest.json";
    }

    /// Why results could not be written there, as a map run's cause.
    WriteFailed failed(String key, ObjectFailed refusal) {
        return new WriteFailed(
                "The results cannot be written to s3://%s/%s: %s: %s"
                        .formatted(bucket, key, refusal.code(), refusal.getMessage()),
                refusal);
    }

    private String folder(int ofGeneration) {
        return ofGeneration == 0 ? runFolder : runFolder + "Redrive-" + ofGeneration + "/";
    }
}
