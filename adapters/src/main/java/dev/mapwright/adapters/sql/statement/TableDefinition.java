package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.Format.Malformed;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.TableName;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads what follows the name in `CREATE EXTERNAL TABLE`.
///
/// https://docs.aws.amazon.com/athena/latest/ug/create-table.html
final class TableDefinition {
    private static final String MAPPING = "mapping.";
    private static final String HEADER_LINES = "skip.header.line.count";

    private final Tokens in;
    private final Map<String, String> serde = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private Form form = Form.DELIMITED;

    private enum Form {
        DELIMITED,
        QUOTED_CSV,
        JSON_LINES,
        PARQUET
    }

    private TableDefinition(Tokens in) {
        this.in = in;
    }

    static Table read(TableName name, Tokens in) throws Syntax {
        return new TableDefinition(in).read(name);
    }

    private Table read(TableName name) throws Syntax {
        List<Column> columns = columns();
        List<Column> partitions = List.of();
        Optional<Location> location = Optional.empty();
        while (!in.isAtEnd()) {
            if (in.skips("COMMENT")) {
                in.string();
            } else if (in.skips("PARTITIONED", "BY")) {
                partitions = columns();
            } else if (in.skips("ROW", "FORMAT")) {
                rowFormat();
            } else if (in.skips("STORED", "AS")) {
                storage();
            } else if (in.skips("WITH", "SERDEPROPERTIES")) {
                pairs(serde);
            } else if (in.skips("LOCATION")) {
                location = Optional.of(location());
            } else if (in.skips("TBLPROPERTIES")) {
                pairs(properties);
            } else {
                throw in.unexpected(
                        "COMMENT, PARTITIONED BY, ROW FORMAT, STORED AS, LOCATION or TBLPROPERTIES");
            }
        }
        Syntax nowhere = in.refused("no LOCATION was given for the table '%s'".formatted(name));
        refuseProjection();
        var table =
                new Table(name, columns, partitions, format(), location.orElseThrow(() -> nowhere));
        refuseRepeatedNames(table);
        return table;
    }

    private List<Column> columns() throws Syntax {
        in.expect("(");
        var columns = new ArrayList<Column>();
        do {
            columns.add(new Column(in.name(), HiveTypes.read(in)));
            if (in.skips("COMMENT")) {
                in.string();
            }
        } while (in.skips(","));
        in.expect(")");
        return columns;
    }

    private void rowFormat() throws Syntax {
        if (in.skips("SERDE")) {
            form = ofSerde();
            return;
        }
        in.expect("DELIMITED");
        while (true) {
            if (in.skips("FIELDS", "TERMINATED", "BY")) {
                serde.put("field.delim", in.string());
            } else if (in.sees("ESCAPED", "BY")
                    || in.sees("COLLECTION", "ITEMS")
                    || in.sees("MAP", "KEYS")) {
                throw in.refused(
                        "ESCAPED BY, COLLECTION ITEMS and MAP KEYS are not supported by Mapwright's Athena");
            } else if (in.skips("LINES", "TERMINATED", "BY")) {
                in.string();
            } else if (in.skips("NULL", "DEFINED", "AS")) {
                serde.put("serialization.null.format", in.string());
            } else {
                return;
            }
        }
    }

    private Form ofSerde() throws Syntax {
        Syntax unknown = in.refused(
                "this SERDE is not supported by Mapwright's Athena. There are:"
                        + " LazySimpleSerDe, OpenCSVSerde, JsonSerDe (Hive's and OpenX's) and ParquetHiveSerDe");
        String name = in.string();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "LazySimpleSerDe" -> Form.DELIMITED;
            case "OpenCSVSerde" -> Form.QUOTED_CSV;
            case "JsonSerDe" -> Form.JSON_LINES;
            case "ParquetHiveSerDe" -> Form.PARQUET;
            default -> throw unknown;
        };
    }

    private void storage() throws Syntax {
        if (in.skips("INPUTFORMAT")) {
            String input = in.string();
            in.expect("OUTPUTFORMAT");
            in.string();
            if (input.contains("Parquet")) {
                form = Form.PARQUET;
            } else if (!input.endsWith(".TextInputFormat")) {
                throw in.refused("the INPUTFORMAT '%s' is not supported by Mapwright's Athena"
                        .formatted(input));
            }
        } else if (in.skips("PARQUET")) {
            form = Form.PARQUET;
        } else if (!in.skips("TEXTFILE")) {
            throw in.unexpected("PARQUET, TEXTFILE or INPUTFORMAT, the formats that are supported");
        }
    }

    private Location location() throws Syntax {
        Syntax none = in.refused("the LOCATION has to be an S3 URI like 's3://bucket/folder/'");
        return Location.of(in.string()).orElseThrow(() -> none).folder();
    }

    private void pairs(Map<String, String> pairs) throws Syntax {
        in.expect("(");
        do {
            String name = in.string();
            in.expect("=");
            pairs.put(name, in.string());
        } while (in.skips(","));
        in.expect(")");
    }

    private void refuseProjection() throws Syntax {
        if (Boolean.parseBoolean(properties.get("projection.enabled"))) {
            throw Syntax.of(
                    "Partition projection (projection.enabled) is not supported by Mapwright's Athena."
                            + " Use MSCK REPAIR TABLE or ALTER TABLE ADD PARTITION");
        }
    }

    private static void refuseRepeatedNames(Table table) throws Syntax {
        var names = new HashSet<String>();
        for (Column column : table.allColumns()) {
            if (!names.add(column.name())) {
                throw Syntax.of("The table %s has two columns with the name '%s'"
                        .formatted(table.name(), column.name()));
            }
        }
    }

    private Format format() throws Syntax {
        return switch (form) {
            case DELIMITED ->
                new Format.Delimited(
                        serde.getOrDefault(
                                "field.delim",
                                serde.getOrDefault(
                                        "serialization.format", Format.Delimited.DELIMITER)),
                        serde.getOrDefault("serialization.null.format", Format.Delimited.NULL),
                        headerLines());
            case QUOTED_CSV ->
                new Format.QuotedCsv(
                        serde.getOrDefault("separatorChar", ","),
                        serde.getOrDefault("quoteChar", "\""),
                        serde.getOrDefault("escapeChar", "\""),
                        headerLines());
            case JSON_LINES ->
                new Format.JsonLines(
                        keys(),
                        Boolean.parseBoolean(serde.get("ignore.malformed.json"))
                                ? Malformed.IS_SKIPPED
                                : Malformed.FAILS);
            case PARQUET -> new Format.Parquet();
        };
    }

    private long headerLines() throws Syntax {
        String count = properties.getOrDefault(HEADER_LINES, "0");
        if (!count.matches("\\d{1,9}")) {
            throw Syntax.of("%s is '%s', but has to be a number".formatted(HEADER_LINES, count));
        }
        return Long.parseLong(count);
    }

    private Map<String, String> keys() {
        var keys = new LinkedHashMap<String, String>();
        serde.forEach((name, value) -> {
            if (name.startsWith(MAPPING)) {
                keys.put(name.substring(MAPPING.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        return keys;
    }
}
