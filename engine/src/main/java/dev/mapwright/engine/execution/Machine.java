package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;

import java.time.Instant;
import java.util.Optional;

/// The record of one state machine, as of its newest revision.
///
/// @param definition the text it was created with, byte for byte
/// @param revisionId present after an update or a publish
/// @param configuration members that are accepted and given back as they came:
///     `loggingConfiguration`, `tracingConfiguration`, `encryptionConfiguration`
public record Machine(
        String arn,
        String name,
        Execution.Type type,
        String definition,
        String roleArn,
        Instant createdAt,
        Instant updatedAt,
        Optional<String> revisionId,
        Status status,
        Json configuration) {
    public enum Status {
        ACTIVE,
        DELETING
    }

    /// Names this revision among all that ever were: what an execution's `definitionId` holds.
    public String definitionId() {
        return arn + "#" + revisionId.orElse("INITIAL");
    }
}
