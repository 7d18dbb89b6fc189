package dev.mapwright.adapters.sql.catalog;

import java.util.List;
import java.util.stream.Stream;

/// @param columns those in the objects
/// @param partitionColumns those whose values are told by the place of an object
public record Table(
        TableName name,
        List<Column> columns,
        List<Column> partitionColumns,
        Format format,
        Location location) {
    public List<Column> allColumns() {
        return Stream.concat(columns.stream(), partitionColumns.stream()).toList();
    }

    /// Objects that share the values of the partition columns.
    ///
    /// @param values in the order of the partition columns
    public record Partition(List<String> values, Location location) {}
}
