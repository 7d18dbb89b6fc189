package dev.mapwright.adapters.sql.duckdb;

import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values and types of DuckDB, as Athena's results show them.
final class Cells {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private Cells() {}

    static List<ResultColumn> columns(ResultSetMetaData result) throws SQLException {
        var columns = new ArrayList<ResultColumn>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            columns.add(column(result.getColumnLabel(i), result.getColumnTypeName(i)));
        }
        return columns;
    }

    /// Precisions are those that Athena gives.
    static ResultColumn column(String name, String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return new ResultColumn(
                    name,
                    "decimal",
                    Integer.parseInt(decimal.group(1)),
                    Integer.parseInt(decimal.group(2)));
        }
        if (type.endsWith("]")) {
            return new ResultColumn(name, "array", 0, 0);
        }
        if (type.startsWith("STRUCT(")) {
            return new ResultColumn(name, "row", 0, 0);
        }
        if (type.startsWith("MAP(")) {
            return new ResultColumn(name, "map", 0, 0);
        }
        return switch (type) {
            case "BOOLEAN" -> new ResultColumn(name, "boolean", 0, 0);
            case "TINYINT" -> new ResultColumn(name, "tinyint", 3, 0);
            case "SMALLINT", "UTINYINT" -> new ResultColumn(name, "smallint", 5, 0);
            case "INTEGER", "USMALLINT" -> new ResultColumn(name, "integer", 10, 0);
            case "BIGINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT" ->
                new ResultColumn(name, "bigint", 19, 0);
            case "FLOAT" -> new ResultColumn(name, "float", 17, 0);
            case "DOUBLE" -> new ResultColumn(name, "double", 17, 0);
            case "DATE" -> new ResultColumn(name, "date", 0, 0);
            case "TIME" -> new ResultColumn(name, "time", 3, 0);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                new ResultColumn(name, "timestamp", 3, 0);
            case "TIMESTAMP WITH TIME ZONE" ->
                new ResultColumn(name, "timestamp with time zone", 3, 0);
            case "BLOB" -> new ResultColumn(name, "varbinary", 1_073_741_824, 0);
            case "\"NULL\"", "NULL" -> new ResultColumn(name, "unknown", 0, 0);
            case "VARCHAR" -> new ResultColumn(name, "varchar", Integer.MAX_VALUE, 0);
            default -> new ResultColumn(name, type.toLowerCase(Locale.ROOT), 0, 0);
        };
    }

    static Optional<String> text(ResultSet row, int index) throws SQLException {
        Object value = row.getObject(index);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (value) {
                    case BigDecimal number -> number.toPlainString();
                    case Timestamp time -> TIMESTAMP.format(time.toLocalDateTime());
                    case LocalDateTime time -> TIMESTAMP.format(time);
                    case OffsetDateTime time ->
                        TIMESTAMP.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + " UTC";
                    case LocalTime time -> TIME.format(time);
                    case Blob blob -> hex(blob.getBytes(1, (int) blob.length()));
                    case byte[] bytes -> hex(bytes);
                    default -> value.toString();
                });
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
