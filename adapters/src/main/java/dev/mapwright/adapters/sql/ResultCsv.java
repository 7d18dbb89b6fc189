package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.duckdb.ResultColumn;
import dev.mapwright.adapters.sql.duckdb.RowSink;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The file with the rows of a SELECT: a header, everything in quotation marks, null as nothing.
final class ResultCsv implements RowSink, AutoCloseable {
    private final BufferedWriter writer;
    private List<ResultColumn> columns = List.of();

    ResultCsv(Path file) throws IOException {
        this.writer = Files.newBufferedWriter(file);
    }

    List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        this.columns = columns;
        row(columns.stream().map(column -> Optional.of(column.name())).toList());
    }

    @Override
    public void row(List<Optional<String>> values) throws IOException {
        writer.write(values.stream()
                .map(value -> value.map(ResultCsv::quoted).orElse(""))
                .collect(Collectors.joining(",", "", "\n")));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /// Reads such a file, from the beginning of any row.
    static final class Reader {
        private static final int END = -1;

        private final InputStream in;
        private long position;

        Reader(InputStream in, long position) {
            this.in = new BufferedInputStream(in);
            this.position = position;
        }

        /// The byte at which the next row begins.
        long position() {
            return position;
        }

        /// Absent at the end.
        Optional<List<Optional<String>>> row() throws IOException {
            int next = read();
            if (next == END) {
                return Optional.empty();
            }
            var values = new ArrayList<Optional<String>>();
            while (true) {
                if (next == '"') {
                    values.add(Optional.of(quotedText()));
                    next = read();
                } else {
                    values.add(Optional.empty());
                }
                if (next != ',') {
                    return Optional.of(values);
                }
                next = read();
            }
        }

        /// Up to the closing quotation mark.
        private String quotedText() throws IOException {
            var text = new ByteArrayOutputStream();
            while (true) {
                int next = read();
                if (next == END) {
                    throw new IOException("A result ended within a value, at byte " + position);
                }
                if (next == '"') {
                    in.mark(1);
                    if (in.read() != '"') {
                        in.reset();
                        return text.toString(StandardCharsets.UTF_8);
                    }
                    position++;
                }
                text.write(next);
            }
        }

        private int read() throws IOException {
            int next = in.read();
            position += next == END ? 0 : 1;
            return next;
        }
    }
}
