package dev.mapwright.adapters.sql.statement;

import java.util.Locale;
import java.util.Set;

/// One word, literal or sign of a statement.
///
/// @param text for names in quotation marks and for strings, what is between them
/// @param start its place in the statement
/// @param end behind its last character
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        /// `"name"` or `` `name` ``
        QUOTED,
        /// `'text'`
        STRING,
        NUMBER,
        SIGN,
        END
    }

    /// Words that cannot be a name without quotation marks, as far as it matters here.
    private static final Set<String> RESERVED = Set.of(
            "ALL",
            "AND",
            "ASC",
            "BY",
            "CASE",
            "DESC",
            "DISTINCT",
            "ELSE",
            "END",
            "FALSE",
            "FIRST",
            "FROM",
            "IN",
            "IS",
            "LAST",
            "NOT",
            "NULL",
            "OR",
            "OVER",
            "THEN",
            "TRUE",
            "WHEN");

    boolean is(String word) {
        return switch (kind) {
            case WORD -> text.equalsIgnoreCase(word);
            case SIGN -> text.equals(word);
            case QUOTED, STRING, NUMBER, END -> false;
        };
    }

    boolean isName() {
        return kind == Kind.QUOTED
                || (kind == Kind.WORD && !RESERVED.contains(text.toUpperCase(Locale.ROOT)));
    }

    /// Whether a value may end with it, so that a name behind it is the value's name.
    boolean endsValue() {
        return switch (kind) {
            case QUOTED, STRING, NUMBER -> true;
            case WORD -> isName() || is("END") || is("NULL") || is("TRUE") || is("FALSE");
            case SIGN -> text.equals(")") || text.equals("]") || text.equals("?");
            case END -> false;
        };
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
