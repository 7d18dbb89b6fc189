package dev.mapwright.adapters.items.csv;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a ReaderConfig says about a CSV file.
///
/// @param givenHeader the column names of `CSVHeaderLocation: GIVEN`; absent: they are in the first
///     row
record CsvFormat(byte delimiter, Optional<List<String>> givenHeader) {
    static CsvFormat of(Dataset.Read dataset) throws ReadFailed {
        if (!(dataset.config().value() instanceof Map<?, ?> config)) {
            throw new ReadFailed(
                    "The ReaderConfig must be an object, but was: " + dataset.config());
        }
        return new CsvFormat(delimiter(config.get("CSVDelimiter")), header(config));
    }

    private static byte delimiter(Object name) throws ReadFailed {
        return switch (name == null ? "COMMA" : name.toString()) {
            case "COMMA" -> ',';
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default ->
                throw new ReadFailed(
                        "CSVDelimiter is one of COMMA, PIPE, SEMICOLON, SPACE, TAB, but was "
                                + name);
        };
    }

    private static Optional<List<String>> header(Map<?, ?> config) throws ReadFailed {
        Object location = config.get("CSVHeaderLocation");
        return switch (String.valueOf(location)) {
            case "FIRST_ROW" -> Optional.empty();
            case "GIVEN" -> Optional.of(given(config.get("CSVHeaders")));
            case "null" ->
                throw new ReadFailed("CSVHeaderLocation is required: FIRST_ROW or GIVEN");
            default ->
                throw new ReadFailed(
                        "CSVHeaderLocation is FIRST_ROW or GIVEN, but was " + location);
        };
    }

    private static List<String> given(Object headers) throws ReadFailed {
        if (!(headers instanceof List<?> names) || names.isEmpty()) {
            throw new ReadFailed(
                    "CSVHeaderLocation GIVEN needs CSVHeaders, an array of column names");
        }
        var header = new ArrayList<String>();
        long bytes = 0;
        for (Object name : names) {
            if (!(name instanceof String text)) {
                throw new ReadFailed("CSVHeaders holds names only, but there was " + name);
            }
            bytes += text.getBytes(StandardCharsets.UTF_8).length + 1L;
            header.add(text);
        }
        checkHeaderBytes(bytes - 1);
        return header;
    }

    static void checkHeaderBytes(long bytes) throws ReadFailed {
        if (bytes > Quotas.CSV_HEADER_BYTES_MAX) {
            throw new ReadFailed("The CSV header has %d bytes; the maximum is %d"
                    .formatted(bytes, Quotas.CSV_HEADER_BYTES_MAX));
        }
    }
}
