package dev.mapwright.adapters.sql.duckdb;

import static dev.mapwright.adapters.sql.catalog.Sql.literal;
import static dev.mapwright.adapters.sql.catalog.Sql.quoted;

import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.Format.Malformed;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.catalog.Table;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The SELECT that reads a table's files with the types of its definition. Partition columns are
/// called `p0`, `p1`, … in the files' paths.
final class Views {
    private static final String LINE = "line";

    private final Table table;
    private final String files;

    /// @param files a pattern that matches them all
    Views(Table table, String files) {
        this.table = table;
        this.files = files;
    }

    /// Of a table without files.
    static String empty(Table table) {
        return table.allColumns().stream()
                .map(column -> "CAST(NULL AS %s) AS %s"
                        .formatted(column.type().sql(), quoted(column.name())))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }

    String delimited(Format.Delimited format) throws QueryFailed {
        refuseNested("in delimited text");
        String lines = read(
                "read_csv",
                "header = false, auto_detect = false, strict_mode = false, quote = '', escape = '',"
                        + " delim = chr(2) || chr(3), columns = {%s: 'VARCHAR'}, skip = %d"
                                .formatted(literal(LINE), format.headerLines()));
        String fields =
                "SELECT string_split(rtrim(coalesce(%s, ''), chr(13)), %s) AS fields%s FROM %s"
                        .formatted(LINE, literal(format.delimiter()), partitions(), lines);
        return select(
                index -> "nullif(fields[%d], %s)".formatted(index + 1, literal(format.nullText())),
                Views::lenient,
                "(" + fields + ")");
    }

    String quotedCsv(Format.QuotedCsv format) throws QueryFailed {
        refuseNested("in CSV");
        String columns = indexes()
                .mapToObj(index -> "'c%d': 'VARCHAR'".formatted(index))
                .collect(Collectors.joining(", ", "{", "}"));
        String notNull =
                indexes().mapToObj("'c%d'"::formatted).collect(Collectors.joining(", ", "[", "]"));
        String rows = read(
                "read_csv",
                ("header = false, auto_detect = false, strict_mode = false, null_padding = true,"
                                + " quote = %s, escape = %s, delim = %s, columns = %s,"
                                + " force_not_null = %s, skip = %d")
                        .formatted(
                                literal(format.quote()),
                                literal(format.escape()),
                                literal(format.separator()),
                                columns,
                                notNull,
                                format.headerLines()));
        String twice = literal(format.quote().repeat(2));
        boolean isDoubledKept = !format.escape().equals(format.quote());
        return select(
                index -> isDoubledKept
                        ? "replace(c%d, %s, %s)".formatted(index, twice, literal(format.quote()))
                        : "c" + index,
                Views::ofQuoted,
                rows);
    }

    String jsonLines(Format.JsonLines format) {
        String objects = read(
                "read_ndjson_objects",
                "ignore_errors = " + (format.malformed() == Malformed.IS_SKIPPED));
        return select(
                index -> member(table.columns().get(index).name(), format.keys()),
                Views::ofJson,
                objects);
    }

    /// @param present the columns that the files have, in small letters
    String parquet(Set<String> present) {
        return select(
                index -> {
                    String name = table.columns().get(index).name();
                    return present.contains(name) ? quoted(name) : "NULL";
                },
                (column, value) ->
                        "CAST(%s AS %s)".formatted(value, column.type().sql()),
                parquetFiles());
    }

    String parquetFiles() {
        return read("read_parquet", "union_by_name = true");
    }

    private interface Typed {
        String of(Column column, String value);
    }

    private interface Raw {
        String of(int index);
    }

    private String select(Raw raw, Typed typed, String from) {
        Stream<String> columns = indexes()
                .mapToObj(index -> typed.of(table.columns().get(index), raw.of(index)) + " AS "
                        + quoted(table.columns().get(index).name()));
        List<Column> partitions = table.partitionColumns();
        Stream<String> values = IntStream.range(0, partitions.size())
                .mapToObj(index -> "CAST(p%d AS %s) AS %s"
                        .formatted(
                                index,
                                partitions.get(index).type().sql(),
                                quoted(partitions.get(index).name())));
        return "SELECT %s FROM %s"
                .formatted(Stream.concat(columns, values).collect(Collectors.joining(", ")), from);
    }

    private String read(String function, String options) {
        String types = IntStream.range(0, table.partitionColumns().size())
                .mapToObj("'p%d': 'VARCHAR'"::formatted)
                .collect(Collectors.joining(", ", "{", "}"));
        String partitioning = table.partitionColumns().isEmpty()
                ? "hive_partitioning = false"
                : "hive_partitioning = true, hive_types = " + types;
        return "%s(%s, %s, %s)".formatted(function, literal(files), options, partitioning);
    }

    private String partitions() {
        return IntStream.range(0, table.partitionColumns().size())
                .mapToObj(", p%d"::formatted)
                .collect(Collectors.joining());
    }

    private IntStream indexes() {
        return IntStream.range(0, table.columns().size());
    }

    private void refuseNested(String where) throws QueryFailed {
        for (Column column : table.columns()) {
            if (!column.type().isPlain()) {
                throw new QueryFailed(
                        "NOT_SUPPORTED",
                        "The column '%s' of %s is of the type %s, which Mapwright's Athena does not read %s"
                                .formatted(
                                        column.name(),
                                        table.name(),
                                        column.type().text(),
                                        where));
            }
        }
    }

    /// What is no value of the type is null, as Hive has it.
    private static String lenient(Column column, String value) {
        return switch (column.type().sql()) {
            case "VARCHAR" -> value;
            case "BLOB" -> "from_base64(%s)".formatted(value);
            case String type -> "TRY_CAST(%s AS %s)".formatted(value, type);
        };
    }

    /// Dates are days and timestamps milliseconds since 1970, or written out.
    private static String ofQuoted(Column column, String value) {
        String given = "nullif(trim(%s), '')".formatted(value);
        return switch (column.type().sql()) {
            case "VARCHAR" -> value;
            case "DATE" ->
                "coalesce(DATE '1970-01-01' + TRY_CAST(%1$s AS INTEGER), CAST(%1$s AS DATE))"
                        .formatted(given);
            case "TIMESTAMP" ->
                "coalesce(make_timestamp(1000 * TRY_CAST(%1$s AS BIGINT)), CAST(%1$s AS TIMESTAMP))"
                        .formatted(given);
            case String type -> "CAST(%s AS %s)".formatted(given, type);
        };
    }

    private static String ofJson(Column column, String value) {
        return column.type().sql().equals("VARCHAR")
                ? "(%s)->>'$'".formatted(value)
                : "CAST(%s AS %s)".formatted(value, column.type().sql());
    }

    /// Names of columns are in small letters, those of members as they like.
    private static String member(String column, Map<String, String> keys) {
        String key = keys.getOrDefault(column, column);
        String exact = "json->%s".formatted(literal(pointer(key)));
        if (keys.containsKey(column)) {
            return exact;
        }
        String similar =
                "list_filter(json_keys(json), lambda k: lower(k) = %s)[1]".formatted(literal(key));
        return "coalesce(%s, json_extract(json, '/' || replace(replace(%s, '~', '~0'), '/', '~1')))"
                .formatted(exact, similar);
    }

    private static String pointer(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
