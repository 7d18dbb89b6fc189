package dev.mapwright.adapters.sql.catalog;

import dev.mapwright.adapters.sql.catalog.Format.Malformed;
import dev.mapwright.adapters.sql.catalog.Table.Partition;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Tables and partitions as they are kept: JSON, with a version.
final class TableRecord {
    private static final int VERSION = 1;

    private final Function<String, HiveType> types;

    TableRecord(Function<String, HiveType> types) {
        this.types = types;
    }

    byte[] write(Table table) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("database", table.name().database());
        tree.put("table", table.name().table());
        tree.put("columns", columns(table.columns()));
        tree.put("partitionColumns", columns(table.partitionColumns()));
        tree.put("format", format(table.format()));
        tree.put("location", table.location().toString());
        return bytes(tree);
    }

    Table read(byte[] stored) {
        Map<?, ?> tree = tree(stored);
        return new Table(
                new TableName(text(tree, "database"), text(tree, "table")),
                readColumns(tree.get("columns")),
                readColumns(tree.get("partitionColumns")),
                readFormat((Map<?, ?>) tree.get("format")),
                location(tree));
    }

    static byte[] write(Partition partition) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("values", partition.values());
        tree.put("location", partition.location().toString());
        return bytes(tree);
    }

    static Partition readPartition(byte[] stored) {
        Map<?, ?> tree = tree(stored);
        List<String> values =
                ((List<?>) tree.get("values")).stream().map(String.class::cast).toList();
        return new Partition(values, location(tree));
    }

    private static List<Object> columns(List<Column> columns) {
        return columns.stream()
                .<Object>map(column -> List.of(column.name(), column.type().text()))
                .toList();
    }

    private List<Column> readColumns(Object stored) {
        return ((List<?>) stored)
                .stream()
                        .map(pair -> (List<?>) pair)
                        .map(pair ->
                                new Column((String) pair.get(0), types.apply((String) pair.get(1))))
                        .toList();
    }

    private static Map<String, Object> format(Format format) {
        return switch (format) {
            case Format.Delimited(String delimiter, String nullText, long headerLines) ->
                Map.of(
                        "form", "delimited",
                        "delimiter", delimiter,
                        "null", nullText,
                        "headerLines", headerLines);
            case Format.QuotedCsv(String separator, String quote, String escape, long lines) ->
                Map.of(
                        "form", "quotedCsv",
                        "separator", separator,
                        "quote", quote,
                        "escape", escape,
                        "headerLines", lines);
            case Format.JsonLines(Map<String, String> keys, Malformed malformed) ->
                Map.of("form", "jsonLines", "keys", keys, "malformed", malformed.name());
            case Format.Parquet() -> Map.of("form", "parquet");
        };
    }

    private static Format readFormat(Map<?, ?> tree) {
        return switch (text(tree, "form")) {
            case "delimited" ->
                new Format.Delimited(
                        text(tree, "delimiter"), text(tree, "null"), headerLines(tree));
            case "quotedCsv" ->
                new Format.QuotedCsv(
                        text(tree, "separator"),
                        text(tree, "quote"),
                        text(tree, "escape"),
                        headerLines(tree));
            case "jsonLines" -> {
                var keys = new LinkedHashMap<String, String>();
                ((Map<?, ?>) tree.get("keys"))
                        .forEach((name, key) -> keys.put((String) name, (String) key));
                yield new Format.JsonLines(keys, Malformed.valueOf(text(tree, "malformed")));
            }
            case "parquet" -> new Format.Parquet();
            case String other ->
                throw new IllegalStateException("Found a table of the form '%s'".formatted(other));
        };
    }

    private static long headerLines(Map<?, ?> tree) {
        return ((Number) tree.get("headerLines")).longValue();
    }

    private static Location location(Map<?, ?> tree) {
        String uri = text(tree, "location");
        return Location.of(uri)
                .orElseThrow(() ->
                        new IllegalStateException("Expected an S3 URI, found '%s'".formatted(uri)));
    }

    private static String text(Map<?, ?> tree, String name) {
        return (String) tree.get(name);
    }

    private static byte[] bytes(Map<String, Object> tree) {
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<?, ?> tree(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException(
                    "Expected a catalog entry of version %d, found version %s"
                            .formatted(VERSION, tree.get("version")));
        }
        return tree;
    }
}
