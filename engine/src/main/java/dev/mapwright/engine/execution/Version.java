package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One published version of a state machine: a number that stands for one revision for good.
///
/// @param number from 1, and never given out again
/// @param definitionId the revision
public record Version(
        String machineArn,
        int number,
        String definitionId,
        Optional<String> description,
        Instant createdAt) {
    public String arn() {
        return arn(machineArn, number);
    }

    static String arn(String machineArn, int number) {
        return machineArn + ":" + number;
    }

    Json json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("machineArn", machineArn);
        members.put("number", number);
        members.put("definitionId", definitionId);
        description.ifPresent(text -> members.put("description", text));
        members.put("createdAt", createdAt.toString());
        return Json.of(members);
    }

    static Version of(Json json) {
        var members = (Map<?, ?>) json.value();
        return new Version(
                (String) members.get("machineArn"),
                ((Number) members.get("number")).intValue(),
                (String) members.get("definitionId"),
                Optional.ofNullable((String) members.get("description")),
                Instant.parse((String) members.get("createdAt")));
    }
}
