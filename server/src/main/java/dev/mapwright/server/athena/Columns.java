package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.duckdb.ResultColumn;
import dev.mapwright.server.awsjson.Members;

/// Columns of results as the API shows them.
final class Columns {
    private Columns() {}

    static Members shown(ResultColumn column) {
        boolean isText = column.type().equals("varchar") || column.type().equals("string");
        return new Members()
                .with("CatalogName", "hive")
                .with("SchemaName", "")
                .with("TableName", "")
                .with("Name", column.name())
                .with("Label", column.name())
                .with("Type", column.type())
                .with("Precision", column.precision())
                .with("Scale", column.scale())
                .with("Nullable", "UNKNOWN")
                .with("CaseSensitive", isText);
    }
}
