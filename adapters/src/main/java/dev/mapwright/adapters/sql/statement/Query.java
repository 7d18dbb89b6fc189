package dev.mapwright.adapters.sql.statement;

import java.util.List;
import java.util.Optional;

/// A query, translated for the SQL engine.
///
/// @param names that may be those of tables, in small letters: `[table]`, `[database, table]` or
///     `[catalog, database, table]`
/// @param unnamed the place, from 1, of the first column that has no name
public record Query(String sql, List<List<String>> names, Optional<Integer> unnamed) {}
