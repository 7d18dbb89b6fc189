package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.statement.Statement.Output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Some rows of a result.
///
/// @param rows with a header on the first page of a SELECT
/// @param next where the next page begins
public record ResultPage(List<List<Optional<String>>> rows, Optional<Long> next) {
    /// A page ends early once it is longer than this.
    private static final int BYTES_MAX = 4 * 1024 * 1024;

    /// Of statements that answer with lines.
    private static final int TEXT_BYTES_MAX = 64 * 1024 * 1024;

    static ResultPage read(
            ObjectFiles objects, QueryExecution execution, long position, int rowsMax)
            throws IOException, InterruptedException {
        Output output = execution.kind().output();
        return switch (output) {
            case MANIFEST -> new ResultPage(List.of(), Optional.empty());
            case CSV -> {
                try (InputStream in = objects.read(execution.output(), position)) {
                    yield table(in, position, rowsMax);
                }
            }
            case TEXT -> {
                try (InputStream in = objects.read(execution.output(), 0)) {
                    yield lines(in, Math.toIntExact(position), rowsMax);
                }
            }
        };
    }

    private static ResultPage table(InputStream in, long position, int rowsMax) throws IOException {
        var reader = new ResultCsv.Reader(in, position);
        var rows = new ArrayList<List<Optional<String>>>();
        while (rows.size() < rowsMax && reader.position() < position + BYTES_MAX) {
            Optional<List<Optional<String>>> row = reader.row();
            if (row.isEmpty()) {
                return new ResultPage(rows, Optional.empty());
            }
            rows.add(row.get());
        }
        long next = reader.position();
        return new ResultPage(
                rows, reader.row().isPresent() ? Optional.of(next) : Optional.empty());
    }

    private static ResultPage lines(InputStream in, int position, int rowsMax) throws IOException {
        String text = new String(in.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        int end = Math.min(lines.size(), position + rowsMax);
        return new ResultPage(
                lines.subList(position, end).stream()
                        .map(line -> List.of(Optional.of(line)))
                        .toList(),
                end < lines.size() ? Optional.of((long) end) : Optional.empty());
    }
}
