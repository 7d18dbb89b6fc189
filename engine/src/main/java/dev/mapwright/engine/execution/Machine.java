package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The record of one state machine, as of its newest revision.
///
/// @param definition the text it was created with, byte for byte
/// @param revisionId present after an update or a publish
/// @param configuration members that are accepted and given back as they came:
///     `loggingConfiguration`, `tracingConfiguration`, `encryptionConfiguration`
/// @param versionCount how many versions were ever published
/// @param firstPublication what the machine was created with: the wish for a version 1
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
        Json configuration,
        int versionCount,
        Optional<Publication> firstPublication) {
    /// What AWS calls the revision of a machine that was never updated.
    static final String INITIAL_REVISION = "INITIAL";

    public enum Status {
        ACTIVE,
        DELETING
    }

    /// Names this revision among all that ever were: what an execution's `definitionId` holds.
    public String definitionId() {
        return arn + "#" + createdAt.toEpochMilli() + "#" + revisionId.orElse(INITIAL_REVISION);
    }

    Machine deleting() {
        return new Machine(
                arn,
                name,
                type,
                definition,
                roleArn,
                createdAt,
                updatedAt,
                revisionId,
                Status.DELETING,
                configuration,
                versionCount,
                firstPublication);
    }

    Machine published(Version newest) {
        return new Machine(
                arn,
                name,
                type,
                definition,
                roleArn,
                createdAt,
                updatedAt,
                revisionId,
                status,
                configuration,
                newest.number(),
                firstPublication);
    }

    /// The version that was published when the machine was created.
    public Optional<String> firstVersionArn() {
        return firstPublication.map(_ -> Version.arn(arn, 1));
    }

    /// The machine that an execution of `machineArn` belongs to: a map run's children carry a
    /// label.
    static String unlabelled(String machineArn) {
        int slash = machineArn.indexOf('/');
        return slash < 0 ? machineArn : machineArn.substring(0, slash);
    }

    /// The same machine under another definition and ARN: a map run's children run such a one.
    Machine as(String labelledArn, String processor) {
        return new Machine(
                labelledArn,
                name,
                type,
                processor,
                roleArn,
                createdAt,
                updatedAt,
                revisionId,
                status,
                configuration,
                versionCount,
                firstPublication);
    }

    Json json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("arn", arn);
        members.put("name", name);
        members.put("type", type.name());
        members.put("definition", definition);
        members.put("roleArn", roleArn);
        members.put("createdAt", createdAt.toString());
        members.put("updatedAt", updatedAt.toString());
        revisionId.ifPresent(id -> members.put("revisionId", id));
        members.put("status", status.name());
        members.put("configuration", configuration.value());
        members.put("versionCount", versionCount);
        firstPublication.ifPresent(wish -> {
            members.put("publish", true);
            wish.description().ifPresent(text -> members.put("versionDescription", text));
        });
        return Json.of(members);
    }

    static Machine of(Json json) {
        var members = (Map<?, ?>) json.value();
        return new Machine(
                (String) members.get("arn"),
                (String) members.get("name"),
                Execution.Type.valueOf((String) members.get("type")),
                (String) members.get("definition"),
                (String) members.get("roleArn"),
                Instant.parse((String) members.get("createdAt")),
                Instant.parse((String) members.get("updatedAt")),
                Optional.ofNullable((String) members.get("revisionId")),
                Status.valueOf((String) members.get("status")),
                Json.of(members.get("configuration")),
                ((Number) members.get("versionCount")).intValue(),
                Optional.ofNullable((Boolean) members.get("publish"))
                        .map(_ -> new Publication(
                                Optional.ofNullable((String) members.get("versionDescription")))));
    }
}
