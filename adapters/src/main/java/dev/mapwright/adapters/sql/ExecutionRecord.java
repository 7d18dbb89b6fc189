package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.QueryExecution.Progress;
import dev.mapwright.adapters.sql.QueryExecution.State;
import dev.mapwright.adapters.sql.QueryExecution.Yield;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.duckdb.ResultColumn;
import dev.mapwright.adapters.sql.statement.Statement.Kind;
import dev.mapwright.adapters.sql.statement.Statement.Output;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Query executions as they are kept: JSON, with a version.
final class ExecutionRecord {
    private static final int VERSION = 1;

    private ExecutionRecord() {}

    static byte[] write(QueryExecution execution) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("id", execution.id());
        tree.put("query", execution.query());
        tree.put("type", execution.kind().type());
        tree.put("subtype", execution.kind().subtype());
        tree.put("outputKind", execution.kind().output().name());
        tree.put("workGroup", execution.workGroup());
        tree.put("database", execution.database());
        tree.put("output", execution.output().toString());
        tree.put("parameters", execution.parameters());
        execution.token().ifPresent(token -> tree.put("token", token));
        Progress progress = execution.progress();
        tree.put("state", progress.state().name());
        progress.reason().ifPresent(reason -> tree.put("reason", reason));
        tree.put("submitted", progress.submitted().toString());
        progress.started().ifPresent(time -> tree.put("started", time.toString()));
        progress.ended().ifPresent(time -> tree.put("ended", time.toString()));
        Yield brought = progress.brought();
        tree.put("scannedBytes", brought.scannedBytes());
        tree.put("writtenRows", brought.writtenRows());
        brought.manifest().ifPresent(manifest -> tree.put("manifest", manifest.toString()));
        tree.put(
                "columns",
                brought.columns().stream().map(ExecutionRecord::column).toList());
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static QueryExecution read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException(
                    "Expected a query execution of version %d, found version %s"
                            .formatted(VERSION, tree.get("version")));
        }
        var brought = new Yield(
                ((Number) tree.get("scannedBytes")).longValue(),
                ((Number) tree.get("writtenRows")).longValue(),
                find(tree, "manifest").map(ExecutionRecord::location),
                ((List<?>) tree.get("columns"))
                        .stream().map(ExecutionRecord::readColumn).toList());
        var progress = new Progress(
                State.valueOf(text(tree, "state")),
                find(tree, "reason"),
                Instant.parse(text(tree, "submitted")),
                find(tree, "started").map(Instant::parse),
                find(tree, "ended").map(Instant::parse),
                brought);
        return new QueryExecution(
                text(tree, "id"),
                text(tree, "query"),
                new Kind(
                        text(tree, "type"),
                        text(tree, "subtype"),
                        Output.valueOf(text(tree, "outputKind"))),
                text(tree, "workGroup"),
                text(tree, "database"),
                location(text(tree, "output")),
                ((List<?>) tree.get("parameters"))
                        .stream().map(String.class::cast).toList(),
                find(tree, "token"),
                progress);
    }

    private static List<Object> column(ResultColumn column) {
        return List.of(column.name(), column.type(), column.precision(), column.scale());
    }

    private static ResultColumn readColumn(Object stored) {
        var parts = (List<?>) stored;
        return new ResultColumn(
                (String) parts.get(0), (String) parts.get(1), (Integer) parts.get(2), (Integer)
                        parts.get(3));
    }

    private static Location location(String uri) {
        return Location.of(uri)
                .orElseThrow(() ->
                        new IllegalStateException("Expected an S3 URI, found '%s'".formatted(uri)));
    }

    private static String text(Map<?, ?> tree, String name) {
        return (String) tree.get(name);
    }

    private static Optional<String> find(Map<?, ?> tree, String name) {
        return Optional.ofNullable(text(tree, name));
    }
}
