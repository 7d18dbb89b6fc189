package dev.mapwright.adapters.sql.catalog;

/// Both in small letters.
public record TableName(String database, String table) {
    /// How messages call it.
    @Override
    public String toString() {
        return "awsdatacatalog." + database + "." + table;
    }
}
