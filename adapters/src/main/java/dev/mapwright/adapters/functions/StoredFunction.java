package dev.mapwright.adapters.functions;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Functions as they are stored: JSON with a version, read back by later versions.
final class StoredFunction {
    private static final int VERSION = 1;

    private StoredFunction() {}

    static byte[] write(Function function) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("name", function.name());
        tree.put("latest", version(function.latest()));
        tree.put(
                "published",
                function.published().stream().map(StoredFunction::version).toList());
        tree.put("nextVersion", function.nextVersion());
        tree.put(
                "aliases",
                function.aliases().values().stream().map(StoredFunction::alias).toList());
        function.concurrency().ifPresent(limit -> tree.put("concurrency", limit));
        tree.put("tags", function.tags());
        tree.put("statements", function.statements());
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Function read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected a function of format %d, found format %s"
                    .formatted(VERSION, tree.get("version")));
        }
        var aliases = new TreeMap<String, FunctionAlias>();
        for (Object each : (List<?>) tree.get("aliases")) {
            FunctionAlias alias = readAlias((Map<?, ?>) each);
            aliases.put(alias.name(), alias);
        }
        return new Function(
                (String) tree.get("name"),
                readVersion(tree.get("latest")),
                ((List<?>) tree.get("published"))
                        .stream().map(StoredFunction::readVersion).toList(),
                (Integer) tree.get("nextVersion"),
                Map.copyOf(aliases),
                tree.get("concurrency") instanceof Integer limit
                        ? OptionalInt.of(limit)
                        : OptionalInt.empty(),
                readTexts(tree.get("tags")),
                readTexts(tree.get("statements")));
    }

    private static Map<String, Object> version(FunctionVersion version) {
        var tree = new LinkedHashMap<String, Object>();
        FunctionSettings settings = version.settings();
        tree.put("version", version.version());
        tree.put("runtime", settings.runtime());
        tree.put("handler", settings.handler());
        tree.put("role", settings.role());
        tree.put("description", settings.description());
        tree.put("timeoutSeconds", settings.timeoutSeconds());
        tree.put("memoryMegabytes", settings.memoryMegabytes());
        tree.put("environment", settings.environment());
        tree.put("others", settings.others());
        switch (version.code()) {
            case FunctionCode.Uploaded(String sha256, long bytes) -> {
                tree.put("codeSha256", sha256);
                tree.put("codeBytes", bytes);
            }
            case FunctionCode.Folder _, FunctionCode.InProcess _, FunctionCode.Elsewhere _ ->
                throw new IllegalStateException(
                        "expected to store uploaded code only, found " + version.code());
        }
        tree.put("lastModified", version.lastModified().toString());
        tree.put("revisionId", version.revisionId());
        return tree;
    }

    private static FunctionVersion readVersion(Object stored) {
        var tree = (Map<?, ?>) stored;
        var others = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) tree.get("others")).forEach((name, each) -> others.put((String) name, each));
        var settings = new FunctionSettings(
                (String) tree.get("runtime"),
                (String) tree.get("handler"),
                (String) tree.get("role"),
                (String) tree.get("description"),
                (Integer) tree.get("timeoutSeconds"),
                (Integer) tree.get("memoryMegabytes"),
                readTexts(tree.get("environment")),
                others);
        return new FunctionVersion(
                (String) tree.get("version"),
                settings,
                new FunctionCode.Uploaded(
                        (String) tree.get("codeSha256"),
                        ((Number) tree.get("codeBytes")).longValue()),
                Instant.parse((String) tree.get("lastModified")),
                (String) tree.get("revisionId"));
    }

    private static Map<String, Object> alias(FunctionAlias alias) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", alias.name());
        tree.put("version", alias.settings().version());
        tree.put("weights", alias.settings().weights());
        tree.put("description", alias.settings().description());
        tree.put("revisionId", alias.revisionId());
        return tree;
    }

    private static FunctionAlias readAlias(Map<?, ?> tree) {
        return new FunctionAlias(
                (String) tree.get("name"),
                new AliasSettings(
                        (String) tree.get("version"), readWeights(tree.get("weights")), (String)
                                tree.get("description")),
                (String) tree.get("revisionId"));
    }

    private static Map<String, Double> readWeights(Object stored) {
        var weights = new LinkedHashMap<String, Double>();
        if (stored instanceof Map<?, ?> known) {
            known.forEach((version, weight) ->
                    weights.put((String) version, ((Number) weight).doubleValue()));
        }
        return weights;
    }

    private static Map<String, String> readTexts(Object stored) {
        var texts = new LinkedHashMap<String, String>();
        ((Map<?, ?>) stored).forEach((name, value) -> texts.put((String) name, (String) value));
        return texts;
    }
}
