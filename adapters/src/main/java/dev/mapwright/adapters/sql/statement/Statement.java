package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.TableName;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement that was understood.
public sealed interface Statement {
    Kind kind();

    /// What Athena calls a statement, and where it leaves what came of it.
    ///
    /// @param type `DDL`, `DML` or `UTILITY`
    /// @param subtype `SELECT`, `CREATE_TABLE`, …
    record Kind(String type, String subtype, Output output) {
        private static Kind definition(String subtype) {
            return new Kind("DDL", subtype, Output.TEXT);
        }

        private static Kind utility(String subtype) {
            return new Kind("UTILITY", subtype, Output.TEXT);
        }
    }

    enum Output {
        /// Rows below a header, in quotation marks.
        CSV(".csv"),
        /// Lines.
        TEXT(".txt"),
        /// Nothing but a list of the files that were written elsewhere.
        MANIFEST("");

        private final String extension;

        Output(String extension) {
            this.extension = extension;
        }

        public String extension() {
            return extension;
        }
    }

    /// What to do about something that is there already, or isn't there.
    enum Otherwise {
        FAIL,
        IGNORE
    }

    record CreateDatabase(String database, Otherwise ifExists) implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("CREATE_DATABASE");
        }
    }

    /// @param ifNotEmpty IGNORE drops its tables too
    record DropDatabase(String database, Otherwise ifMissing, Otherwise ifNotEmpty)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("DROP_DATABASE");
        }
    }

    record CreateTable(Table table, Otherwise ifExists) implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("CREATE_TABLE");
        }
    }

    record DropTable(TableName table, Otherwise ifMissing) implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("DROP_TABLE");
        }
    }

    /// Adds the partitions that lie below the table's place as `name=value/`.
    record RepairTable(TableName table) implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("MSCK_REPAIR_TABLE");
        }
    }

    record AddPartitions(TableName table, List<GivenPartition> partitions, Otherwise ifExists)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("ALTER_TABLE_ADD_PARTITION");
        }
    }

    record DropPartitions(TableName table, List<GivenPartition> partitions, Otherwise ifMissing)
            implements Statement {
        @Override
        public Kind kind() {
            return Kind.definition("ALTER_TABLE_DROP_PARTITION");
        }
    }

    /// @param values by column
    /// @param location absent: below the table's
    record GivenPartition(Map<String, String> values, Optional<Location> location) {}

    /// @param pattern in which `*` is any text and `|` separates alternatives
    record ShowDatabases(Optional<String> pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.utility("SHOW_DATABASES");
        }
    }

    record ShowTables(String database, Optional<String> pattern) implements Statement {
        @Override
        public Kind kind() {
            return Kind.utility("SHOW_TABLES");
        }
    }

    record ShowPartitions(TableName table) implements Statement {
        @Override
        public Kind kind() {
            return Kind.utility("SHOW_PARTITIONS");
        }
    }

    record DescribeTable(TableName table) implements Statement {
        @Override
        public Kind kind() {
            return Kind.utility("DESCRIBE_TABLE");
        }
    }

    record Select(Query query) implements Statement {
        @Override
        public Kind kind() {
            return new Kind("DML", "SELECT", Output.CSV);
        }
    }

    record Unload(Query query, Location target, FileFormat format) implements Statement {
        @Override
        public Kind kind() {
            return new Kind("DML", "UNLOAD", Output.MANIFEST);
        }
    }

    /// @param target absent: below the place of query results
    record CreateTableAs(
            TableName table,
            Query query,
            Optional<Location> target,
            FileFormat format,
            Otherwise ifExists)
            implements Statement {
        @Override
        public Kind kind() {
            return new Kind("DDL", "CREATE_TABLE_AS_SELECT", Output.MANIFEST);
        }
    }
}
