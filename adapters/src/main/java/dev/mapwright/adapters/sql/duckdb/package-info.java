/// DuckDB, the embedded SQL engine: one database in memory for each query, shut off from everything
/// but the query's own folder.
package dev.mapwright.adapters.sql.duckdb;
