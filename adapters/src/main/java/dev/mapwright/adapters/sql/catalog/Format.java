package dev.mapwright.adapters.sql.catalog;

import java.util.Map;

/// How a table's objects are to be read.
public sealed interface Format {
    /// Fields between delimiters, without quotation marks; what is no value of the column's type is
    /// null.
    ///
    /// @param nullText the field that means null
    /// @param headerLines skipped in each object
    record Delimited(String delimiter, String nullText, long headerLines) implements Format {
        /// What Hive separates fields by unless told otherwise.
        public static final String DELIMITER = "\u0001";

        public static final String NULL = "\\N";
    }

    /// Fields in quotation marks, as OpenCSV reads them.
    record QuotedCsv(String separator, String quote, String escape, long headerLines)
            implements Format {}

    /// One JSON object a line.
    ///
    /// @param keys of columns whose name is not that of their member
    /// @param malformed what becomes of lines that are not JSON
    record JsonLines(Map<String, String> keys, Malformed malformed) implements Format {}

    enum Malformed {
        FAILS,
        IS_SKIPPED
    }

    record Parquet() implements Format {}
}
