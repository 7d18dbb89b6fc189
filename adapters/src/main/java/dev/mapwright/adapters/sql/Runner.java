package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.QueryExecution.Yield;
import dev.mapwright.adapters.sql.Unloading.Written;
import dev.mapwright.adapters.sql.catalog.Catalog;
import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.Table.Partition;
import dev.mapwright.adapters.sql.catalog.TableName;
import dev.mapwright.adapters.sql.duckdb.ResultColumn;
import dev.mapwright.adapters.sql.duckdb.Session;
import dev.mapwright.adapters.sql.statement.FileFormat;
import dev.mapwright.adapters.sql.statement.HiveTypes;
import dev.mapwright.adapters.sql.statement.Query;
import dev.mapwright.adapters.sql.statement.Statement;
import dev.mapwright.adapters.sql.statement.StatementParser;
import dev.mapwright.adapters.sql.statement.Syntax;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Carries out one query, and leaves in S3 what Athena leaves there.
///
/// https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
final class Runner {
    private final Catalog catalog;
    private final ObjectFiles objects;
    private final Definitions definitions;
    private final World world;
    private final int memoryMegabytes;

    Runner(Catalog catalog, ObjectFiles objects, World world, int memoryMegabytes) {
        this.catalog = catalog;
        this.objects = objects;
        this.definitions = new Definitions(catalog, objects);
        this.world = world;
        this.memoryMegabytes = memoryMegabytes;
    }

    /// @param folder for this query alone
    /// @param scannedBytesMax what the workgroup allows
    /// @param sessions told of the SQL engine's session, which can be cancelled from then on
    record Task(
            QueryExecution execution,
            Path folder,
            OptionalLong scannedBytesMax,
            Consumer<Session> sessions) {}

    Yield run(Task task) throws QueryFailed, IOException, InterruptedException {
        QueryExecution execution = task.execution();
        return switch (parsed(execution)) {
            case Statement.CreateDatabase statement ->
                text(execution, definitions.create(statement));
            case Statement.DropDatabase statement -> text(execution, definitions.drop(statement));
            case Statement.CreateTable statement -> text(execution, definitions.create(statement));
            case Statement.DropTable statement -> text(execution, definitions.drop(statement));
            case Statement.RepairTable statement -> text(execution, definitions.repair(statement));
            case Statement.AddPartitions statement -> text(execution, definitions.add(statement));
            case Statement.DropPartitions statement -> text(execution, definitions.drop(statement));
            case Statement.ShowDatabases statement ->
                text(execution, definitions.show(statement), "database_name");
            case Statement.ShowTables statement ->
                text(execution, definitions.show(statement), "tab_name");
            case Statement.ShowPartitions statement ->
                text(execution, definitions.show(statement), "partition");
            case Statement.DescribeTable statement ->
                text(
                        execution,
                        definitions.describe(statement),
                        "col_name",
                        "data_type",
                        "comment");
            case Statement.Select(Query query) -> select(task, query);
            case Statement.Unload(Query query, Location target, FileFormat format) ->
                unload(task, query, target, format);
            case Statement.CreateTableAs statement -> createTableAs(task, statement);
        };
    }

    private static Statement parsed(QueryExecution execution) throws QueryFailed {
        try {
            return StatementParser.parse(
                    execution.query(), execution.database(), execution.parameters());
        } catch (Syntax wrong) {
            throw new QueryFailed("SYNTAX_ERROR", wrong.getMessage());
        }
    }

    private Yield text(QueryExecution execution, List<String> lines, String... columns)
            throws QueryFailed, InterruptedException {
        var brought = new Yield(
                0,
                0,
                Optional.empty(),
                List.of(columns).stream()
                        .map(name -> new ResultColumn(name, "string", 0, 0))
                        .toList());
        objects.store(lines(lines), execution.output());
        describe(execution, brought);
        return brought;
    }

    private Yield select(Task task, Query query)
            throws QueryFailed, IOException, InterruptedException {
        try (var session = open(task)) {
            Staging staging = stage(task, session, query);
            Path file = task.folder().resolve("result.csv");
            List<ResultColumn> columns;
            try (var csv = new ResultCsv(file)) {
                session.rows(query.sql(), csv);
                columns = csv.columns();
            }
            objects.store(file, task.execution().output());
            var brought = new Yield(staging.bytes(), 0, Optional.empty(), columns);
            describe(task.execution(), brought);
            return brought;
        }
    }

    private Yield unload(Task task, Query query, Location target, FileFormat format)
            throws QueryFailed, IOException, InterruptedException {
        try (var session = open(task)) {
            Staging staging = stage(task, session, query);
            Written written = write(task, session, query, target, format);
            return manifest(task.execution(), staging, written);
        }
    }

    private Yield createTableAs(Task task, Statement.CreateTableAs statement)
            throws QueryFailed, IOException, InterruptedException {
        Location target =
                statement.target().orElseGet(() -> task.execution().output().folder());
        try (var session = open(task)) {
            Staging staging = stage(task, session, statement.query());
            if (catalog.find(statement.table()).isPresent()) {
                // Says so, unless it was asked not to mind.
                definitions.create(catalog.table(statement.table()), statement.ifExists());
                return Yield.NONE;
            }
            Written written = write(task, session, statement.query(), target, statement.format());
            Table table = table(statement, written.columns(), target);
            definitions.create(table, Statement.Otherwise.FAIL);
            catalog.add(table.name(), partitions(table, target, written.partitions()));
            return manifest(task.execution(), staging, written);
        }
    }

    private static Table table(
            Statement.CreateTableAs statement, List<ResultColumn> written, Location target)
            throws QueryFailed {
        List<Column> columns = new ArrayList<>();
        for (ResultColumn column : written) {
            columns.add(new Column(
                    column.name().toLowerCase(Locale.ROOT),
                    HiveTypes.ofKnownText(hiveType(column))));
        }
        int inFiles = columns.size() - statement.format().partitionedBy().size();
        return new Table(
                statement.table(),
                List.copyOf(columns.subList(0, inFiles)),
                List.copyOf(columns.subList(inFiles, columns.size())),
                switch (statement.format().kind()) {
                    case PARQUET -> new Format.Parquet();
                    case JSON -> new Format.JsonLines(Map.of(), Format.Malformed.FAILS);
                    case TEXTFILE ->
                        new Format.Delimited(
                                statement.format().fieldDelimiter(), Format.Delimited.NULL, 0);
                },
                target);
    }

    private static String hiveType(ResultColumn column) throws QueryFailed {
        return switch (column.type()) {
            case "boolean",
                    "tinyint",
                    "smallint",
                    "bigint",
                    "float",
                    "double",
                    "date",
                    "timestamp" -> column.type();
            case "integer" -> "int";
            case "varchar", "unknown" -> "string";
            case "timestamp with time zone" -> "timestamp";
            case "varbinary" -> "binary";
            case "decimal" -> "decimal(%d,%d)".formatted(column.precision(), column.scale());
            default ->
                throw new QueryFailed(
                        "NOT_SUPPORTED",
                        "CREATE TABLE AS with the column '%s' of the type %s is not supported by Mapwright's Athena"
                                .formatted(column.name(), column.type()));
        };
    }

    private static List<Partition> partitions(Table table, Location target, Set<String> paths) {
        List<String> columns =
                table.partitionColumns().stream().map(Column::name).toList();
        return columns.isEmpty()
                ? List.of()
                : paths.stream()
                        .map(path -> new Partition(
                                PartitionPath.values(columns, path).orElseThrow(),
                                target.resolve(path)))
                        .toList();
    }

    private Session open(Task task) {
        Session session = Session.open(
                task.folder().toAbsolutePath(), task.execution().database(), memoryMegabytes);
        task.sessions().accept(session);
        return session;
    }

    private Staging stage(Task task, Session session, Query query)
            throws QueryFailed, IOException, InterruptedException {
        var staging = new Staging(
                objects,
                new Transfers(world),
                catalog,
                task.folder().toAbsolutePath(),
                task.scannedBytesMax());
        for (TableName name : names(task.execution(), query)) {
            Optional<Table> table = catalog.find(name);
            if (table.isPresent()) {
                session.define(table.get(), staging.stage(table.get()));
            }
        }
        session.lock();
        return staging;
    }

    private static Set<TableName> names(QueryExecution execution, Query query) {
        var names = new LinkedHashSet<TableName>();
        for (List<String> parts : query.names()) {
            String database =
                    parts.size() == 1 ? execution.database() : parts.get(parts.size() - 2);
            names.add(new TableName(database, parts.getLast()));
        }
        return names;
    }

    private Written write(
            Task task, Session session, Query query, Location target, FileFormat format)
            throws QueryFailed, IOException, InterruptedException {
        Path folder = task.folder().toAbsolutePath().resolve("written");
        Files.createDirectories(folder);
        return new Unloading(objects, session, folder, world).write(query, target, format);
    }

    private Yield manifest(QueryExecution execution, Staging staging, Written written)
            throws QueryFailed, InterruptedException {
        Location manifest = execution.output().resolve("-manifest.csv");
        objects.store(lines(written.files().stream().map(Location::toString).toList()), manifest);
        var rows = new ResultColumn("rows", "bigint", 19, 0);
        var brought =
                new Yield(staging.bytes(), written.rows(), Optional.of(manifest), List.of(rows));
        describe(execution, brought);
        return brought;
    }

    /// Athena's own is in a form that only it reads.
    private void describe(QueryExecution execution, Yield brought)
            throws QueryFailed, InterruptedException {
        String columns = brought.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining("\n"));
        objects.store(columns, execution.output().resolve(".metadata"));
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
