package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.TableName;
import dev.mapwright.adapters.sql.statement.FileFormat.Kind;
import dev.mapwright.adapters.sql.statement.Statement.GivenPartition;
import dev.mapwright.adapters.sql.statement.Statement.Otherwise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Understands a statement, as far as that can be done without knowing the tables.
public final class StatementParser {
    private static final String CATALOG = "awsdatacatalog";

    private final String source;
    private final Tokens in;
    private final String database;
    private final List<String> parameters;

    private StatementParser(String source, Tokens in, String database, List<String> parameters) {
        this.source = source;
        this.in = in;
        this.database = database;
        this.parameters = parameters;
    }

    /// @param database that names without one belong to
    /// @param parameters literals that stand for the question marks of a query
    public static Statement parse(String source, String database, List<String> parameters)
            throws Syntax {
        List<Token> tokens = withoutSemicolon(source, Lexer.split(source));
        var in = new Tokens(source, tokens);
        Statement statement = new StatementParser(source, in, database, parameters).statement();
        in.expectEnd();
        return statement;
    }

    private static List<Token> withoutSemicolon(String source, List<Token> tokens) throws Syntax {
        for (int i = 0; i < tokens.size() - 2; i++) {
            if (tokens.get(i).is(";")) {
                throw Syntax.of("Only one sql statement is allowed. Got: " + source);
            }
        }
        var kept = new ArrayList<>(tokens);
        if (kept.size() > 1 && kept.get(kept.size() - 2).is(";")) {
            kept.remove(kept.size() - 2);
        }
        return kept;
    }

    private Statement statement() throws Syntax {
        if (in.sees("SELECT") || in.sees("WITH") || in.sees("VALUES") || in.sees("(")) {
            return new Statement.Select(query(in.rest()));
        }
        if (in.skips("UNLOAD")) {
            return unload();
        }
        if (in.skips("CREATE")) {
            return create();
        }
        if (in.skips("DROP")) {
            return drop();
        }
        if (in.skips("SHOW")) {
            return show();
        }
        if (in.skips("DESCRIBE") || in.skips("DESC")) {
            return new Statement.DescribeTable(table());
        }
        if (in.skips("MSCK", "REPAIR", "TABLE")) {
            return new Statement.RepairTable(table());
        }
        if (in.skips("ALTER", "TABLE")) {
            return alter();
        }
        throw in.unexpected("SELECT, WITH, VALUES, UNLOAD, CREATE DATABASE, CREATE EXTERNAL TABLE,"
                + " CREATE TABLE AS, DROP, SHOW, DESCRIBE, MSCK REPAIR TABLE or ALTER TABLE:"
                + " nothing else is supported by Mapwright's Athena");
    }

    private Query query(List<Token> tokens) throws Syntax {
        return Dialect.translate(source, tokens, parameters);
    }

    private Statement unload() throws Syntax {
        Query query = query(in.enclosed());
        in.expect("TO");
        Syntax none = in.refused("UNLOAD writes to an S3 URI like 's3://bucket/folder/'");
        Location target = Location.of(in.string()).orElseThrow(() -> none).folder();
        Syntax noFormat = in.refused("UNLOAD needs WITH (format = '…')");
        if (!in.sees("WITH")) {
            throw noFormat;
        }
        return new Statement.Unload(
                query, target, FileFormats.read(in, Kind.PARQUET).format());
    }

    private Statement create() throws Syntax {
        if (in.skips("DATABASE") || in.skips("SCHEMA")) {
            Otherwise ifExists = unlessExists();
            String name = in.name();
            if (in.skips("COMMENT")) {
                in.string();
            }
            // Where its tables would lie by default: every table here says so itself.
            if (in.skips("LOCATION")) {
                in.string();
            }
            return new Statement.CreateDatabase(name, ifExists);
        }
        if (in.skips("EXTERNAL", "TABLE")) {
            Otherwise ifExists = unlessExists();
            return new Statement.CreateTable(TableDefinition.read(table(), in), ifExists);
        }
        in.expect("TABLE");
        Otherwise ifExists = unlessExists();
        TableName name = table();
        FileFormats.Options options = FileFormats.read(in, Kind.PARQUET);
        in.expect("AS");
        Query query = query(in.sees("(") ? in.enclosed() : in.rest());
        return new Statement.CreateTableAs(
                name, query, options.location(), options.format(), ifExists);
    }

    private Statement drop() throws Syntax {
        if (in.skips("TABLE")) {
            Otherwise ifMissing = ifExists();
            return new Statement.DropTable(table(), ifMissing);
        }
        if (!in.skips("SCHEMA")) {
            in.expect("DATABASE");
        }
        Otherwise ifMissing = ifExists();
        String name = in.name();
        in.skips("RESTRICT");
        Otherwise ifNotEmpty = in.skips("CASCADE") ? Otherwise.IGNORE : Otherwise.FAIL;
        return new Statement.DropDatabase(name, ifMissing, ifNotEmpty);
    }

    private Statement show() throws Syntax {
        if (in.skips("DATABASES") || in.skips("SCHEMAS")) {
            return new Statement.ShowDatabases(pattern());
        }
        if (in.skips("PARTITIONS")) {
            return new Statement.ShowPartitions(table());
        }
        in.expect("TABLES");
        String shown = in.skips("IN") || in.skips("FROM") ? in.name() : database;
        return new Statement.ShowTables(shown, pattern());
    }

    private Optional<String> pattern() throws Syntax {
        boolean hasLike = in.skips("LIKE");
        return hasLike || !in.isAtEnd() ? Optional.of(in.string()) : Optional.empty();
    }

    private Statement alter() throws Syntax {
        TableName table = table();
        if (in.skips("DROP")) {
            Otherwise ifMissing = ifExists();
            return new Statement.DropPartitions(table, partitions(), ifMissing);
        }
        in.expect("ADD");
        Otherwise ifExists = unlessExists();
        return new Statement.AddPartitions(table, partitions(), ifExists);
    }

    private List<GivenPartition> partitions() throws Syntax {
        var partitions = new ArrayList<GivenPartition>();
        do {
            in.expect("PARTITION", "(");
            var values = new LinkedHashMap<String, String>();
            do {
                String name = in.name();
                in.expect("=");
                values.put(
                        name,
                        in.peek().kind() == Token.Kind.NUMBER ? in.next().text() : in.string());
            } while (in.skips(","));
            in.expect(")");
            Optional<Location> location = Optional.empty();
            if (in.skips("LOCATION")) {
                Syntax none = in.refused("the LOCATION has to be an S3 URI");
                location = Optional.of(
                        Location.of(in.string()).orElseThrow(() -> none).folder());
            }
            partitions.add(new GivenPartition(values, location));
            in.skips(",");
        } while (in.sees("PARTITION"));
        return partitions;
    }

    private TableName table() throws Syntax {
        String first = in.name();
        if (!in.skips(".")) {
            return new TableName(database, first);
        }
        String second = in.name();
        if (!in.skips(".")) {
            return new TableName(first, second);
        }
        if (!first.equals(CATALOG)) {
            throw in.refused("there is no catalog '%s' but AwsDataCatalog".formatted(first));
        }
        return new TableName(second, in.name());
    }

    private Otherwise unlessExists() {
        return in.skips("IF", "NOT", "EXISTS") ? Otherwise.IGNORE : Otherwise.FAIL;
    }

    private Otherwise ifExists() {
        return in.skips("IF", "EXISTS") ? Otherwise.IGNORE : Otherwise.FAIL;
    }
}
