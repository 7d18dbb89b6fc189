package dev.mapwright.adapters.sql.duckdb;

import dev.mapwright.adapters.sql.catalog.QueryFailed;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why DuckDB could not do it, under the names that Athena has for such reasons.
final class Failures {
    private static final Pattern TABLE = Pattern.compile("Table with name (.+?) does not exist");
    private static final Pattern FUNCTION =
            Pattern.compile("Function with name \"?(.+?)\"? does not exist");
    private static final Pattern COLUMN = Pattern.compile(
            "Referenced column \"(.+?)\" not found|does not have a column named \"(.+?)\"");
    private static final int CHARS_MAX = 500;

    private Failures() {}

    /// @param folder whose path nobody needs to see
    static QueryFailed of(SQLException failure, String folder, String database) {
        String message = String.valueOf(failure.getMessage()).replace(folder, "");
        Matcher table = TABLE.matcher(message);
        if (table.find()) {
            return new QueryFailed(
                    "TABLE_NOT_FOUND",
                    "Table 'awsdatacatalog.%s.%s' does not exist"
                            .formatted(database, table.group(1)));
        }
        Matcher function = FUNCTION.matcher(message);
        if (function.find()) {
            return new QueryFailed(
                    "FUNCTION_NOT_FOUND",
                    "Function '%s' not registered"
                            .formatted(function.group(1).replace("trino_", "")));
        }
        Matcher column = COLUMN.matcher(message);
        if (column.find()) {
            String name = column.group(1) == null ? column.group(2) : column.group(1);
            return new QueryFailed(
                    "COLUMN_NOT_FOUND", "Column '%s' cannot be resolved".formatted(name));
        }
        return new QueryFailed(name(message), shortened(message));
    }

    private static String name(String message) {
        if (message.contains("Malformed JSON in file") || message.contains("CSV Error")) {
            return "HIVE_BAD_DATA";
        }
        if (message.startsWith("Parser Error") || message.startsWith("Binder Error")) {
            return "SYNTAX_ERROR";
        }
        if (message.startsWith("Conversion Error") || message.startsWith("Out of Range Error")) {
            return "INVALID_CAST_ARGUMENT";
        }
        if (message.startsWith("Out of Memory Error")) {
            return "EXCEEDED_LOCAL_MEMORY_LIMIT";
        }
        if (message.startsWith("Permission Error")) {
            return "PERMISSION_DENIED";
        }
        return "GENERIC_USER_ERROR";
    }

    /// Without the lines that show the translated query.
    private static String shortened(String message) {
        int end = message.indexOf("\n\nLINE");
        String shown = (end < 0 ? message : message.substring(0, end)).strip();
        return shown.length() > CHARS_MAX ? shown.substring(0, CHARS_MAX) + "…" : shown;
    }
}
