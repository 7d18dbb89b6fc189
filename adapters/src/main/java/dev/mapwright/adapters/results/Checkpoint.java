package dev.mapwright.adapters.results;

import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is durable of an export: enough to go on with its uploads after a crash.
///
/// @param covered number of the last ending of which nothing needs to be fed again
record Checkpoint(long covered, Sequence succeeded, Sequence failed) {
    static final Checkpoint NONE = new Checkpoint(0, Sequence.NONE, Sequence.NONE);

    /// The files of one status.
    ///
    /// @param through number of the last ending whose entries are in here; later ones are fed again
    /// @param done files that are complete
    /// @param upload the open file's, once a part of it was uploaded
    /// @param bytes uploaded of the open file
    /// @param held of the open file's next part
    record Sequence(
            long through, List<ResultFile> done, Optional<Upload> upload, long bytes, String held) {
        static final Sequence NONE = new Sequence(0, List.of(), Optional.empty(), 0, "");
    }

    /// @param parts ETags, in order
    record Upload(String id, List<String> parts) {}

    record ResultFile(String key, long bytes) {
        static List<ResultFile> list(Object files) {
            var list = new ArrayList<ResultFile>();
            for (Object file : (List<?>) files) {
                var members = (Map<?, ?>) file;
                list.add(new ResultFile(
                        (String) members.get("Key"), ((Number) members.get("Size")).longValue()));
            }
            return list;
        }

        Map<String, Object> json() {
            var members = new LinkedHashMap<String, Object>();
            members.put("Key", key);
            members.put("Size", bytes);
            return members;
        }
    }

    static Checkpoint of(Optional<Json> kept) {
        if (kept.isEmpty()) {
            return NONE;
        }
        var members = (Map<?, ?>) kept.get().value();
        return new Checkpoint(
                number(members, "covered"),
                sequence((Map<?, ?>) members.get("succeeded")),
                sequence((Map<?, ?>) members.get("failed")));
    }

    Json json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("covered", covered);
        members.put("succeeded", json(succeeded));
        members.put("failed", json(failed));
        return Json.of(members);
    }

    private static Map<String, Object> json(Sequence sequence) {
        var members = new LinkedHashMap<String, Object>();
        members.put("through", sequence.through);
        members.put("done", sequence.done.stream().map(ResultFile::json).toList());
        sequence.upload.ifPresent(upload -> {
            members.put("upload", upload.id);
            members.put("parts", upload.parts);
        });
        members.put("bytes", sequence.bytes);
        members.put("held", sequence.held);
        return members;
    }

    private static Sequence sequence(Map<?, ?> members) {
        Optional<Upload> upload = Optional.ofNullable((String) members.get("upload"))
                .map(id -> new Upload(
                        id,
                        ((List<?>) members.get("parts"))
                                .stream().map(String.class::cast).toList()));
        return new Sequence(
                number(members, "through"),
                ResultFile.list(members.get("done")),
                upload,
                number(members, "bytes"),
                (String) members.get("held"));
    }

    private static long number(Map<?, ?> members, String name) {
        return ((Number) members.get(name)).longValue();
    }
}
