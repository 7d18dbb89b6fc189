package dev.mapwright.adapters.sql.catalog;

/// Names and texts as parts of SQL.
public final class Sql {
    private Sql() {}

    /// `"na""me"`
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// `'it''s'`
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
