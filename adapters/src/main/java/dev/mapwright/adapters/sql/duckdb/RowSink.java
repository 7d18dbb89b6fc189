package dev.mapwright.adapters.sql.duckdb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Takes the rows of a result: first the columns, then each row's values as text.
public interface RowSink {
    void columns(List<ResultColumn> columns) throws IOException;

    /// @param values absent: null
    void row(List<Optional<String>> values) throws IOException;
}
