package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.catalog.Catalog;
import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.Table.Partition;
import dev.mapwright.adapters.sql.catalog.TableName;
import dev.mapwright.adapters.sql.statement.Statement;
import dev.mapwright.adapters.sql.statement.Statement.GivenPartition;
import dev.mapwright.adapters.sql.statement.Statement.Otherwise;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Carries out what defines, drops and shows databases, tables and partitions. The answers are
/// lines of text.
final class Definitions {
    private static final String DDL_TASK =
            "Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ";

    private final Catalog catalog;
    private final ObjectFiles objects;

    Definitions(Catalog catalog, ObjectFiles objects) {
        this.catalog = catalog;
        this.objects = objects;
    }

    List<String> create(Statement.CreateDatabase statement)
            throws QueryFailed, InterruptedException {
        boolean isNew = catalog.create(statement.database());
        if (!isNew && statement.ifExists() == Otherwise.FAIL) {
            throw Catalog.failed(
                    DDL_TASK + "Database %s already exists".formatted(statement.database()));
        }
        return List.of();
    }

    List<String> drop(Statement.DropDatabase statement) throws QueryFailed, InterruptedException {
        if (!catalog.hasDatabase(statement.database())) {
            if (statement.ifMissing() == Otherwise.IGNORE) {
                return List.of();
            }
            throw Catalog.failed("SemanticException [Error 10072]: Database does not exist: "
                    + statement.database());
        }
        if (statement.ifNotEmpty() == Otherwise.FAIL
                && !catalog.tables(statement.database()).isEmpty()) {
            throw Catalog.failed(DDL_TASK
                    + "InvalidOperationException(message:Database %s is not empty. One or more tables exist.)"
                            .formatted(statement.database()));
        }
        catalog.drop(statement.database());
        return List.of();
    }

    List<String> create(Statement.CreateTable statement) throws QueryFailed, InterruptedException {
        create(statement.table(), statement.ifExists());
        return List.of();
    }

    void create(Table table, Otherwise ifExists) throws QueryFailed, InterruptedException {
        if (!catalog.create(table) && ifExists == Otherwise.FAIL) {
            throw Catalog.failed(DDL_TASK
                    + "AlreadyExistsException(message:Table %s already exists.)"
                            .formatted(table.name().table()));
        }
    }

    List<String> drop(Statement.DropTable statement) throws QueryFailed, InterruptedException {
        boolean wasThere = catalog.drop(statement.table());
        if (!wasThere && statement.ifMissing() == Otherwise.FAIL) {
            throw Catalog.failed("SemanticException [Error 10001]: Table not found "
                    + statement.table().table());
        }
        return List.of();
    }

    List<String> show(Statement.ShowDatabases statement) {
        return matching(catalog.databases(), statement.pattern());
    }

    List<String> show(Statement.ShowTables statement) throws QueryFailed {
        if (!catalog.hasDatabase(statement.database())) {
            throw Catalog.failed("SemanticException [Error 10072]: Database does not exist: "
                    + statement.database());
        }
        return matching(catalog.tables(statement.database()), statement.pattern());
    }

    List<String> show(Statement.ShowPartitions statement) throws QueryFailed {
        Table table = partitioned(statement.table());
        return catalog.partitions(table.name()).stream()
                .map(partition -> PartitionPath.of(names(table), partition.values()))
                .map(path -> path.substring(0, path.length() - 1))
                .toList();
    }

    List<String> describe(Statement.DescribeTable statement) throws QueryFailed {
        Table table = catalog.table(statement.table());
        Stream<String> columns = table.allColumns().stream().map(Definitions::described);
        if (table.partitionColumns().isEmpty()) {
            return columns.toList();
        }
        Stream<String> heading =
                Stream.of("", "# Partition Information", described("# col_name", "data_type"), "");
        return Stream.of(
                        columns,
                        heading,
                        table.partitionColumns().stream().map(Definitions::described))
                .flatMap(lines -> lines)
                .toList();
    }

    List<String> repair(Statement.RepairTable statement)
            throws QueryFailed, IOException, InterruptedException {
        Table table = partitioned(statement.table());
        List<String> columns = names(table);
        String start = table.location().key();
        Map<List<String>, Location> found = new LinkedHashMap<>();
        objects.each(table.location(), object -> {
            String below = object.key().substring(start.length());
            Optional<List<String>> values = PartitionPath.values(columns, below);
            values.ifPresent(given -> found.putIfAbsent(
                    given, table.location().resolve(folders(below, columns.size()))));
            if (found.size() > Catalog.PARTITIONS_MAX) {
                throw new QueryFailed(
                        "EXCEEDED_PARTITION_LIMIT",
                        "More than %,d partitions lie below %s"
                                .formatted(Catalog.PARTITIONS_MAX, table.location()));
            }
        });
        List<Partition> missing = found.entrySet().stream()
                .filter(entry -> !catalog.hasPartition(table.name(), entry.getKey()))
                .map(entry -> new Partition(entry.getKey(), entry.getValue()))
                .toList();
        catalog.add(table.name(), missing);
        return repaired(table, missing);
    }

    private static List<String> repaired(Table table, List<Partition> added) {
        if (added.isEmpty()) {
            return List.of();
        }
        List<String> names = added.stream()
                .map(partition -> PartitionPath.of(names(table), partition.values()))
                .map(path -> table.name().table() + ":" + path.substring(0, path.length() - 1))
                .toList();
        var lines = new ArrayList<String>();
        lines.add("Partitions not in metastore:\t" + String.join("\t", names));
        names.forEach(name -> lines.add("Repair: Added partition to metastore " + name));
        return lines;
    }

    List<String> add(Statement.AddPartitions statement) throws QueryFailed, InterruptedException {
        Table table = partitioned(statement.table());
        var partitions = new ArrayList<Partition>();
        for (GivenPartition given : statement.partitions()) {
            List<String> values = values(table, given);
            if (!catalog.hasPartition(table.name(), values)) {
                Location byDefault =
                        table.location().resolve(PartitionPath.of(names(table), values));
                partitions.add(new Partition(values, given.location().orElse(byDefault)));
            } else if (statement.ifExists() == Otherwise.FAIL) {
                throw Catalog.failed(
                        DDL_TASK + "AlreadyExistsException(message:Partition already exists.)");
            }
        }
        catalog.add(table.name(), partitions);
        return List.of();
    }

    List<String> drop(Statement.DropPartitions statement) throws QueryFailed, InterruptedException {
        Table table = partitioned(statement.table());
        for (GivenPartition given : statement.partitions()) {
            List<String> values = values(table, given);
            if (catalog.hasPartition(table.name(), values)) {
                catalog.dropPartition(table.name(), values);
            } else if (statement.ifMissing() == Otherwise.FAIL) {
                throw Catalog.failed(
                        "SemanticException [Error 10006]: Partition not found " + given.values());
            }
        }
        return List.of();
    }

    private static List<String> values(Table table, GivenPartition given) throws QueryFailed {
        if (!given.values().keySet().equals(Set.copyOf(names(table)))) {
            throw Catalog.failed(
                    "SemanticException partition spec %s doesn't contain all and only the partition columns %s"
                            .formatted(given.values(), names(table)));
        }
        return names(table).stream().map(given.values()::get).toList();
    }

    private Table partitioned(TableName name) throws QueryFailed {
        Table table = catalog.table(name);
        if (table.partitionColumns().isEmpty()) {
            throw Catalog.failed(
                    "SemanticException [Error 10241]: Table %s is not a partitioned table"
                            .formatted(name.table()));
        }
        return table;
    }

    private static List<String> names(Table table) {
        return table.partitionColumns().stream().map(Column::name).toList();
    }

    private static String folders(String path, int count) {
        int end = 0;
        for (int i = 0; i < count; i++) {
            end = path.indexOf('/', end) + 1;
        }
        return path.substring(0, end);
    }

    private static String described(Column column) {
        return described(column.name(), column.type().text());
    }

    /// In columns of twenty characters, as Hive pads them.
    private static String described(String name, String type) {
        return "%-20s\t%-20s\t%-20s".formatted(name, type, "");
    }

    private static List<String> matching(List<String> names, Optional<String> pattern) {
        if (pattern.isEmpty()) {
            return names;
        }
        String alternatives = Stream.of(pattern.get().split("\\|"))
                .map(one -> Stream.of(one.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|"));
        Pattern matched = Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
        return names.stream().filter(name -> matched.matcher(name).matches()).toList();
    }
}
