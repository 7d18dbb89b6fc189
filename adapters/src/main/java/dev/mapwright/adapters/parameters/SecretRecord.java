package dev.mapwright.adapters.parameters;

import dev.mapwright.adapters.parameters.Secret.Version;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Secrets as they are kept: JSON.
final class SecretRecord {
    private SecretRecord() {}

    static byte[] write(Secret secret) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", secret.name());
        tree.put("description", secret.description());
        secret.keyId().ifPresent(id -> tree.put("keyId", id));
        tree.put("created", secret.created().toString());
        tree.put("changed", secret.changed().toString());
        tree.put(
                "versions",
                secret.versions().stream().map(SecretRecord::version).toList());
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> version(Version version) {
        return Map.of(
                "id",
                version.id(),
                "kind",
                version.value().kind().name(),
                "text",
                version.value().text(),
                "created",
                version.created().toString(),
                "stages",
                List.copyOf(new TreeSet<>(version.stages())));
    }

    static Secret read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        Instant changed = Instant.parse((String) tree.get("changed"));
        boolean isFirstFormat = !tree.containsKey("versions");
        return new Secret(
                (String) tree.get("name"),
                (String) tree.get("description"),
                Optional.ofNullable((String) tree.get("keyId")),
                isFirstFormat ? changed : Instant.parse((String) tree.get("created")),
                changed,
                isFirstFormat ? List.of(onlyVersion(tree, changed)) : versions(tree));
    }

    /// Format 1 kept the current value, and when that was written.
    private static Version onlyVersion(Map<?, ?> tree, Instant changed) {
        return new Version(
                (String) tree.get("versionId"), value(tree), changed, Set.of(Secret.CURRENT));
    }

    private static List<Version> versions(Map<?, ?> tree) {
        var versions = new ArrayList<Version>();
        for (Object version : (List<?>) tree.get("versions")) {
            versions.add(readVersion((Map<?, ?>) version));
        }
        return versions;
    }

    private static Version readVersion(Map<?, ?> tree) {
        var stages = new TreeSet<String>();
        ((List<?>) tree.get("stages")).forEach(stage -> stages.add((String) stage));
        return new Version(
                (String) tree.get("id"),
                value(tree),
                Instant.parse((String) tree.get("created")),
                stages);
    }

    private static SecretValue value(Map<?, ?> tree) {
        return new SecretValue(
                SecretValue.Kind.valueOf((String) tree.get("kind")), (String) tree.get("text"));
    }
}
