package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.HiveType;
import dev.mapwright.adapters.sql.catalog.HiveType.Plain;

import java.util.ArrayList;
import java.util.Locale;

/// Reads the type of a column.
///
/// https://docs.aws.amazon.com/athena/latest/ug/data-types.html
public final class HiveTypes {
    private HiveTypes() {}

    /// @throws IllegalStateException if it is none
    public static HiveType ofKnownText(String text) {
        try {
            var in = new Tokens(text, Lexer.split(text));
            HiveType type = read(in);
            in.expectEnd();
            return type;
        } catch (Syntax wrong) {
            throw new IllegalStateException(
                    "Expected a type of Hive, found '%s': %s".formatted(text, wrong.getMessage()));
        }
    }

    static HiveType read(Tokens in) throws Syntax {
        Syntax unknown = in.unexpected("a type");
        String name = in.name();
        return switch (name) {
            case "boolean", "tinyint", "smallint", "bigint", "double", "date" ->
                new Plain(name, name.toUpperCase(Locale.ROOT));
            case "int", "integer" -> new Plain("int", "INTEGER");
            case "float", "real" -> new Plain("float", "FLOAT");
            case "string" -> new Plain("string", "VARCHAR");
            case "binary" -> new Plain("binary", "BLOB");
            case "timestamp" -> new Plain("timestamp", "TIMESTAMP");
            case "char", "varchar" -> new Plain(name + size(in), "VARCHAR");
            case "decimal" -> decimal(in);
            case "array" -> {
                in.expect("<");
                HiveType element = read(in);
                in.expect(">");
                yield new HiveType.ArrayOf(element);
            }
            case "map" -> {
                in.expect("<");
                HiveType key = read(in);
                in.expect(",");
                HiveType value = read(in);
                in.expect(">");
                yield new HiveType.MapOf(key, value);
            }
            case "struct" -> struct(in);
            default -> throw unknown;
        };
    }

    private static HiveType struct(Tokens in) throws Syntax {
        in.expect("<");
        var members = new ArrayList<Column>();
        do {
            String name = in.name();
            in.expect(":");
            members.add(new Column(name, read(in)));
        } while (in.skips(","));
        in.expect(">");
        return new HiveType.StructOf(members);
    }

    private static HiveType decimal(Tokens in) throws Syntax {
        String size = size(in);
        String full =
                size.isEmpty() ? "(10,0)" : size.contains(",") ? size : size.replace(")", ",0)");
        return new Plain("decimal" + full, "DECIMAL" + full);
    }

    private static String size(Tokens in) throws Syntax {
        if (!in.sees("(")) {
            return "";
        }
        var size = new StringBuilder("(");
        for (Token token : in.enclosed()) {
            size.append(token.text());
        }
        return size.append(')').toString();
    }
}
