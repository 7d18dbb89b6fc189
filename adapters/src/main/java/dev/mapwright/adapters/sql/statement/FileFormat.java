package dev.mapwright.adapters.sql.statement;

import java.util.List;

/// How files are written.
///
/// @param fieldDelimiter of text files
/// @param partitionedBy columns that stand in the path, and not in the files
public record FileFormat(
        Kind kind, Compression compression, String fieldDelimiter, List<String> partitionedBy) {
    public enum Kind {
        PARQUET,
        JSON,
        TEXTFILE
    }

    public enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        ZSTD,
        LZ4
    }
}
