/// Statements as Athena takes them: Hive's definitions, and queries in the dialect of Trino.
package dev.mapwright.adapters.sql.statement;
