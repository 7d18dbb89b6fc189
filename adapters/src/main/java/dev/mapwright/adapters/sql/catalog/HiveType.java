package dev.mapwright.adapters.sql.catalog;

import java.util.List;
import java.util.stream.Collectors;

/// The type of a column, as Hive's definitions name it.
public sealed interface HiveType {
    /// How the definition wrote it, in small letters: `array<struct<a:int>>`.
    String text();

    /// What the SQL engine calls it.
    String sql();

    /// Whether a single value without members.
    default boolean isPlain() {
        return this instanceof Plain;
    }

    record Plain(String text, String sql) implements HiveType {}

    record ArrayOf(HiveType element) implements HiveType {
        @Override
        public String text() {
            return "array<%s>".formatted(element.text());
        }

        @Override
        public String sql() {
            return element.sql() + "[]";
        }
    }

    record MapOf(HiveType key, HiveType value) implements HiveType {
        @Override
        public String text() {
            return "map<%s,%s>".formatted(key.text(), value.text());
        }

        @Override
        public String sql() {
            return "MAP(%s, %s)".formatted(key.sql(), value.sql());
        }
    }

    record StructOf(List<Column> members) implements HiveType {
        @Override
        public String text() {
            return members.stream()
                    .map(member -> member.name() + ":" + member.type().text())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }

        @Override
        public String sql() {
            return members.stream()
                    .map(member ->
                            Sql.quoted(member.name()) + " " + member.type().sql())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
    }
}
