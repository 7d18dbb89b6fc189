package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.statement.FileFormat.Compression;
import dev.mapwright.adapters.sql.statement.FileFormat.Kind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `WITH (format = 'PARQUET', partitioned_by = ARRAY['day'])`.
///
/// https://docs.aws.amazon.com/athena/latest/ug/unload.html
final class FileFormats {
    private static final Set<Compression> OF_TEXT =
            EnumSet.of(Compression.NONE, Compression.GZIP, Compression.ZSTD);

    private final Tokens in;
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    private FileFormats(Tokens in) {
        this.in = in;
    }

    /// @param location if `external_location` names one
    record Options(FileFormat format, Optional<Location> location) {}

    /// Begins behind `WITH`, or with nothing.
    static Options read(Tokens in, Kind byDefault) throws Syntax {
        var formats = new FileFormats(in);
        if (in.skips("WITH")) {
            formats.readOptions();
        }
        return formats.options(byDefault);
    }

    private void readOptions() throws Syntax {
        in.expect("(");
        do {
            String name = in.name();
            in.expect("=");
            options.put(name, in.sees("ARRAY") ? list() : List.of(value()));
        } while (in.skips(","));
        in.expect(")");
    }

    private List<String> list() throws Syntax {
        in.expect("ARRAY", "[");
        var values = new ArrayList<String>();
        do {
            values.add(in.string());
        } while (in.skips(","));
        in.expect("]");
        return values;
    }

    private String value() throws Syntax {
        return in.peek().kind() == Token.Kind.NUMBER ? in.next().text() : in.string();
    }

    private Options options(Kind byDefault) throws Syntax {
        Kind kind = byDefault;
        Optional<String> format = take("format");
        if (format.isPresent()) {
            kind = kind(format.get());
        }
        Compression compression = compression(kind);
        String delimiter = take("field_delimiter").orElse(Format.Delimited.DELIMITER);
        Optional<Location> location = Optional.empty();
        Optional<String> uri = take("external_location");
        if (uri.isPresent()) {
            location = Optional.of(Location.of(uri.get())
                    .orElseThrow(() -> Syntax.of(
                            "external_location '%s' is not an S3 URI".formatted(uri.get())))
                    .folder());
        }
        List<String> partitionedBy =
                Optional.ofNullable(options.remove("partitioned_by")).orElse(List.of()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
        if (!options.isEmpty()) {
            throw Syntax.of(
                    "The option %s is not supported by Mapwright's Athena. There are: format,"
                                    .formatted(String.join(", ", options.keySet()))
                            + " compression, field_delimiter, partitioned_by, external_location");
        }
        return new Options(new FileFormat(kind, compression, delimiter, partitionedBy), location);
    }

    private Kind kind(String text) throws Syntax {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "PARQUET" -> Kind.PARQUET;
            case "JSON" -> Kind.JSON;
            case "TEXTFILE" -> Kind.TEXTFILE;
            default ->
                throw Syntax.of(
                        "The format '%s' is not supported by Mapwright's Athena. There are: PARQUET, JSON, TEXTFILE"
                                .formatted(text));
        };
    }

    private Compression compression(Kind kind) throws Syntax {
        Optional<String> given = take("compression")
                .or(() -> take("write_compression"))
                .or(() -> take("parquet_compression"));
        String name = given.orElse("GZIP").toUpperCase(Locale.ROOT);
        Optional<Compression> compression = EnumSet.allOf(Compression.class).stream()
                .filter(one -> one.name().equals(name.equals("UNCOMPRESSED") ? "NONE" : name))
                .filter(one -> kind == Kind.PARQUET || OF_TEXT.contains(one))
                .findFirst();
        return compression.orElseThrow(() -> Syntax.of(
                "The compression '%s' is not supported for %s by Mapwright's Athena. There are: %s"
                        .formatted(
                                name,
                                kind,
                                kind == Kind.PARQUET
                                        ? EnumSet.allOf(Compression.class)
                                        : OF_TEXT)));
    }

    private Optional<String> take(String name) {
        return Optional.ofNullable(options.remove(name)).map(List::getFirst);
    }
}
