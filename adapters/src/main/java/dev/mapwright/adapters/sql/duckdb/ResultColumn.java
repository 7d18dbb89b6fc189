package dev.mapwright.adapters.sql.duckdb;

/// One column of a result, as Athena describes it.
///
/// @param type Athena's name for it: `varchar`, `bigint`, `timestamp with time zone`
public record ResultColumn(String name, String type, int precision, int scale) {}
