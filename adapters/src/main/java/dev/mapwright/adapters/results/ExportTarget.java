package dev.mapwright.adapters.results;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.WriteFailed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a ResultWriter's parameters send the results.
///
/// @param prefix of their keys; empty: none
/// @param extension of result files, with its dot
record ExportTarget(String bucket, String prefix, String extension) {
    private static final Set<String> PARAMETERS = Set.of("Bucket", "Prefix", "ExpectedBucketOwner");
    private static final Set<String> CONFIGURATION = Set.of("Transformation", "OutputType");

    /// @param target the evaluated parameters, with the WriterConfig's members
    /// @param account that owns all buckets here
    static ExportTarget of(Json target, String account) throws WriteFailed {
        if (!(target.value() instanceof Map<?, ?> members)) {
            throw new WriteFailed(
                    "The ResultWriter's parameters must be an object but were: " + target);
        }
        for (Object name : members.keySet()) {
            if (!PARAMETERS.contains(name) && !CONFIGURATION.contains(name)) {
                throw new WriteFailed(
                        "The parameter %s of a ResultWriter is not supported; supported are %s"
                                .formatted(name, PARAMETERS.stream().sorted().toList()));
            }
        }
        String bucket = text(members, "Bucket")
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new WriteFailed("The ResultWriter names no Bucket: " + target));
        Optional<String> owner = text(members, "ExpectedBucketOwner");
        if (owner.isPresent() && !owner.get().equals(account)) {
            throw new WriteFailed(
                    "The bucket %s belongs to the account %s, not to ExpectedBucketOwner %s"
                            .formatted(bucket, account, owner.get()));
        }
        boolean lines = text(members, "OutputType").equals(Optional.of("JSONL"));
        return new ExportTarget(
                bucket, text(members, "Prefix").orElse(""), lines ? ".jsonl" : ".json");
    }

    private static Optional<String> text(Map<?, ?> members, String name) throws WriteFailed {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case String value -> Optional.of(value);
            case Object other ->
                throw new WriteFailed(
                        "The parameter %s of a ResultWriter must be a string, but was %s"
                                .formatted(name, other));
        };
    }
}
