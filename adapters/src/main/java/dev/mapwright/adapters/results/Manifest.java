package dev.mapwright.adapters.results;

import dev.mapwright.adapters.results.Checkpoint.ResultFile;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.WriteFailed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The list of a run's result files.
///
/// @param succeededBefore of earlier generations: their files stay what they are
record Manifest(
        List<ResultFile> succeededBefore,
        List<ResultFile> succeeded,
        List<ResultFile> failed,
        List<ResultFile> pending) {
    static final String CONTENT_TYPE = "application/octet-stream";

    /// What the manifest of the generation before lists, where this one adds to it.
    static List<ResultFile> succeededBefore(Destination destination)
            throws WriteFailed, InterruptedException {
        Optional<String> key = destination.manifestKeyBefore();
        return key.isEmpty() ? List.of() : succeededIn(key.get(), destination);
    }

    private static List<ResultFile> succeededIn(String key, Destination destination)
            throws WriteFailed, InterruptedException {
        try (var stream = destination
                .objects()
                .read(destination.bucket(), key, Optional.empty(), 0, Optional.empty())) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            if (Json.parse(text).value() instanceof Map<?, ?> manifest
                    && manifest.get("ResultFiles") instanceof Map<?, ?> files) {
                return ResultFile.list(files.get("SUCCEEDED"));
            }
            throw new IOException("It lists no ResultFiles");
        } catch (IOException | JsonSyntaxException e) {
            throw new WriteFailed(
                    "The manifest of the run's earlier results, s3://%s/%s, cannot be read: %s"
                            .formatted(destination.bucket(), key, e.getMessage()),
                    e);
        }
    }

    void write(Destination destination) throws WriteFailed, InterruptedException {
        String key = destination.manifestKey();
        try {
            destination
                    .objects()
                    .put(
                            destination.bucket(),
                            key,
                            CONTENT_TYPE,
                            text(destination).getBytes(StandardCharsets.UTF_8));
        } catch (ObjectFailed e) {
            throw destination.failed(key, e);
        }
    }

    private String text(Destination destination) {
        var all = new ArrayList<>(succeededBefore);
        all.addAll(succeeded);
        var files = new LinkedHashMap<String, Object>();
        files.put("FAILED", json(failed));
        files.put("PENDING", json(pending));
        files.put("SUCCEEDED", json(all));
        var members = new LinkedHashMap<String, Object>();
        members.put("DestinationBucket", destination.bucket());
        members.put("MapRunArn", destination.mapRunArn());
        members.put("ResultFiles", files);
        return Json.of(members).text();
    }

    private static List<Map<String, Object>> json(List<ResultFile> files) {
        return files.stream().map(ResultFile::json).toList();
    }
}
