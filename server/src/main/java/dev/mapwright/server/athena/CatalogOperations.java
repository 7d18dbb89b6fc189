package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.catalog.Catalog;
import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.TableName;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Operations on the one data catalog: looking only. It is changed by statements.
final class CatalogOperations {
    private static final String NAME = "AwsDataCatalog";
    private static final int NAME_CHARS_MAX = 256;
    private static final int PAGE_MAX = 50;

    private final Catalog catalog;

    CatalogOperations(Catalog catalog) {
        this.catalog = catalog;
    }

    static void requireOurs(Optional<String> catalog) throws Refused {
        if (catalog.isPresent() && !catalog.get().equalsIgnoreCase(NAME)) {
            throw new Refused(
                    "InvalidRequestException",
                    "There is no data catalog '%s' here but %s".formatted(catalog.get(), NAME));
        }
    }

    Members catalogs(Parameters in) throws Refused {
        in.check();
        var only = new Members().with("CatalogName", NAME).with("Type", "GLUE");
        return new Members().withList("DataCatalogsSummary", List.of(only), one -> one);
    }

    Members catalog(Parameters in) throws Refused {
        String name = in.required("Name", NAME_CHARS_MAX);
        in.check();
        requireOurs(Optional.of(name));
        return new Members()
                .with("DataCatalog", new Members().with("Name", NAME).with("Type", "GLUE"));
    }

    Members databases(Parameters in) throws Refused {
        requireCatalog(in);
        return page(
                in, catalog.databases(), "DatabaseList", name -> new Members().with("Name", name));
    }

    Members database(Parameters in) throws Refused {
        requireCatalog(in);
        String database = database(in, "DatabaseName");
        return new Members().with("Database", new Members().with("Name", database));
    }

    Members tables(Parameters in) throws Refused {
        requireCatalog(in);
        String database = database(in, "DatabaseName");
        Optional<String> expression = in.text("Expression", 0, NAME_CHARS_MAX);
        Predicate<String> wanted = expression.isPresent() ? matching(expression.get()) : _ -> true;
        List<String> names = catalog.tables(database).stream().filter(wanted).toList();
        return page(
                in, names, "TableMetadataList", name -> catalog.find(new TableName(database, name))
                        .map(CatalogOperations::shown)
                        .orElseGet(() -> new Members().with("Name", name)));
    }

    Members table(Parameters in) throws Refused {
        requireCatalog(in);
        String database = database(in, "DatabaseName");
        String name = in.required("TableName", NAME_CHARS_MAX).toLowerCase(Locale.ROOT);
        in.check();
        Table table = catalog.find(new TableName(database, name))
                .orElseThrow(() -> new Refused(
                        "MetadataException", "Table %s.%s not found".formatted(database, name)));
        return new Members().with("TableMetadata", shown(table));
    }

    private static void requireCatalog(Parameters in) throws Refused {
        requireOurs(Optional.of(in.required("CatalogName", NAME_CHARS_MAX)));
    }

    private String database(Parameters in, String member) throws Refused {
        String database = in.required(member, NAME_CHARS_MAX).toLowerCase(Locale.ROOT);
        in.check();
        if (!catalog.hasDatabase(database)) {
            throw new Refused("MetadataException", "Database %s not found".formatted(database));
        }
        return database;
    }

    private static Predicate<String> matching(String expression) throws Refused {
        try {
            return Pattern.compile(expression).asPredicate();
        } catch (PatternSyntaxException none) {
            throw new Refused(
                    "InvalidRequestException",
                    "The Expression '%s' is no regular expression: %s"
                            .formatted(expression, none.getDescription()));
        }
    }

    /// @param names in order
    private static Members page(
            Parameters in, List<String> names, String member, Function<String, Members> shown)
            throws Refused {
        int max = in.number("MaxResults", 1, PAGE_MAX).orElse((long) PAGE_MAX).intValue();
        Optional<String> token = in.text("NextToken", PageToken.CHARS_MAX);
        in.check();
        String after = PageToken.opened(token).orElse("");
        List<String> found = names.stream()
                .filter(name -> name.compareTo(after) > 0)
                .limit(max + 1L)
                .toList();
        List<String> page = found.subList(0, Math.min(max, found.size()));
        Optional<String> next =
                found.size() > max ? Optional.of(PageToken.of(page.getLast())) : Optional.empty();
        return new Members().withList(member, page, shown).with("NextToken", next);
    }

    private static Members shown(Table table) {
        return new Members()
                .with("Name", table.name().table())
                .with("TableType", "EXTERNAL_TABLE")
                .withList("Columns", table.columns(), CatalogOperations::shown)
                .withList("PartitionKeys", table.partitionColumns(), CatalogOperations::shown)
                .with("Parameters", Map.of("location", table.location().toString()));
    }

    private static Members shown(Column column) {
        return new Members()
                .with("Name", column.name())
                .with("Type", column.type().text());
    }
}
