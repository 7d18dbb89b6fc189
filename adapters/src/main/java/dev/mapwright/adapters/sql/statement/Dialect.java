package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.catalog.Sql;
import dev.mapwright.adapters.sql.statement.Token.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Translates a query from Athena's dialect, which is Trino's, to DuckDB's. Both are close to the
/// standard and to each other: what differs are some functions and the names of columns that have
/// none.
final class Dialect {
    /// What functions are called here that differ from DuckDB's of the same name, or that it
    /// doesn't have.
    static final String PREFIX = "trino_";

    private static final Set<String> OWN = Set.of(
            "approx_distinct",
            "approx_percentile",
            "arbitrary",
            "array_join",
            "date_add",
            "date_diff",
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "element_at",
            "every",
            "from_iso8601_date",
            "from_iso8601_timestamp",
            "from_unixtime",
            "is_nan",
            "is_infinite",
            "json_extract_scalar",
            "json_format",
            "json_parse",
            "json_size",
            "map_agg",
            "regexp_extract",
            "regexp_like",
            "regexp_replace",
            "sequence",
            "to_iso8601",
            "to_unixtime",
            "truncate",
            "week_of_year",
            "year_of_week");

    /// Functions whose second argument is a format in MySQL's letters.
    private static final Map<String, String> FORMATTING =
            Map.of("date_parse", "strptime", "date_format", "strftime");

    private static final Set<String> REFUSED = Set.of(
            "all_match",
            "any_match",
            "none_match",
            "transform",
            "transform_keys",
            "transform_values",
            "map_filter",
            "zip_with",
            "reduce",
            "reduce_agg",
            "filter",
            "parse_datetime",
            "format_datetime",
            "parse_duration",
            "at_timezone",
            "with_timezone",
            "json_query",
            "json_value",
            "json_exists",
            "json_array_get",
            "regexp_split",
            "format",
            "from_hex",
            "from_utf8",
            "to_utf8",
            "from_base64",
            "to_base64",
            "hmac_sha256",
            "sha1",
            "sha256",
            "sha512",
            "md5",
            "xxhash64",
            "merge",
            "approx_set",
            "geometry_from_text");

    private final String source;
    private final List<Token> tokens;
    private final List<String> parameters;
    private final Map<Integer, String> namesBehind;
    private final StringBuilder sql = new StringBuilder();
    private final List<List<String>> names = new ArrayList<>();
    private int parameterCount;

    private Dialect(String source, List<Token> tokens, List<String> parameters, Columns columns) {
        this.source = source;
        this.tokens = tokens;
        this.parameters = parameters;
        this.namesBehind = columns.namesBehind();
    }

    /// @param tokens of the query, in `source`
    /// @param parameters what stands for its question marks
    static Query translate(String source, List<Token> tokens, List<String> parameters)
            throws Syntax {
        Columns columns = Columns.of(tokens);
        var dialect = new Dialect(source, tokens, parameters, columns);
        dialect.translate();
        return new Query(dialect.sql.toString(), List.copyOf(dialect.names), columns.unnamed());
    }

    private void translate() throws Syntax {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (i > 0 && tokens.get(i - 1).end() < token.start()) {
                sql.append(' ');
            }
            if (mayNameTable(i)) {
                names.add(dotted(i));
            }
            sql.append(translated(i, token));
            if (namesBehind.containsKey(i)) {
                sql.append(" AS ").append(Sql.quoted(namesBehind.get(i)));
            }
        }
        if (parameterCount != parameters.size()) {
            throw Syntax.of("Incorrect number of parameters: expected %d but found %d"
                    .formatted(parameterCount, parameters.size()));
        }
    }

    private String translated(int index, Token token) throws Syntax {
        return switch (token.kind()) {
            case STRING -> Sql.literal(isFormat(index) ? format(token) : token.text());
            case QUOTED -> Sql.quoted(token.text());
            case NUMBER, END -> token.text();
            case SIGN -> token.is("?") ? parameter() : token.text();
            case WORD -> word(index, token);
        };
    }

    private String word(int index, Token token) throws Syntax {
        if (token(index + 1).is("(") && !token(index - 1).is(".")) {
            return function(index, token);
        }
        // Some names, like that of the database default, are words of DuckDB's grammar.
        return token(index + 1).is(".") ? Sql.quoted(token.text()) : token.text();
    }

    private String function(int index, Token token) throws Syntax {
        String name = token.lower();
        boolean isClause = name.equals("filter") && token(index + 2).is("WHERE");
        if (REFUSED.contains(name) && !isClause) {
            throw Syntax.at(
                    source,
                    token.start(),
                    "Function '%s' is not supported by Mapwright's Athena".formatted(name));
        }
        if (FORMATTING.containsKey(name)) {
            return FORMATTING.get(name);
        }
        return OWN.contains(name) ? PREFIX + name : token.text();
    }

    /// Whether it is the last argument of `date_parse` or `date_format`.
    private boolean isFormat(int index) {
        if (!token(index + 1).is(")") || !token(index - 1).is(",")) {
            return false;
        }
        int depth = 1;
        int open = index;
        while (depth > 0 && open > 0) {
            open--;
            depth += token(open).is(")") ? 1 : token(open).is("(") ? -1 : 0;
        }
        return FORMATTING.containsKey(token(open - 1).lower());
    }

    /// https://trino.io/docs/current/functions/datetime.html#mysql-date-functions
    private String format(Token token) throws Syntax {
        var format = new StringBuilder();
        String text = token.text();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%' || i + 1 == text.length()) {
                format.append(text.charAt(i));
                continue;
            }
            i++;
            char letter = text.charAt(i);
            format.append(
                    switch (letter) {
                        case 'a', 'b', 'd', 'f', 'H', 'I', 'j', 'm', 'p', 'S', 'Y', 'y', '%' ->
                            "%" + letter;
                        case 'c' -> "%-m";
                        case 'e' -> "%-d";
                        case 'h' -> "%I";
                        case 'i' -> "%M";
                        case 'k' -> "%-H";
                        case 'l' -> "%-I";
                        case 'M' -> "%B";
                        case 'r' -> "%I:%M:%S %p";
                        case 's' -> "%S";
                        case 'T' -> "%H:%M:%S";
                        case 'W' -> "%A";
                        default ->
                            throw Syntax.at(
                                    source,
                                    token.start(),
                                    "The date format %%%c is not supported".formatted(letter));
                    });
        }
        return format.toString();
    }

    private String parameter() throws Syntax {
        parameterCount++;
        if (parameterCount > parameters.size()) {
            return "NULL";
        }
        String text = parameters.get(parameterCount - 1);
        List<Token> parts = Lexer.split(text);
        boolean isLiteral =
                switch (parts.size()) {
                    case 2 -> parts.getFirst().kind() != Kind.SIGN;
                    case 3 -> parts.getFirst().is("-") || parts.get(1).kind() == Kind.STRING;
                    default -> false;
                };
        if (!isLiteral) {
            throw Syntax.of(
                    "The execution parameter %d is '%s', but has to be a literal, texts in quotation marks"
                            .formatted(parameterCount, text));
        }
        return "(" + text + ")";
    }

    /// A name behind FROM, JOIN or a comma. Where it is that of a column after all, and there is a
    /// table of the same name, that table's objects are looked up in vain.
    private boolean mayNameTable(int index) {
        Token before = token(index - 1);
        return token(index).isName()
                && (before.is("FROM") || before.is("JOIN") || before.is(",") || before.is("("));
    }

    private List<String> dotted(int index) {
        var parts = new ArrayList<String>(List.of(token(index).lower()));
        int at = index;
        while (token(at + 1).is(".") && token(at + 2).kind() != Kind.SIGN) {
            at += 2;
            parts.add(token(at).lower());
        }
        return parts;
    }

    private Token token(int index) {
        return index >= 0 && index < tokens.size()
                ? tokens.get(index)
                : new Token(Kind.END, "", source.length(), source.length());
    }

    /// The columns of the outermost SELECT, of which Athena calls those without a name `_col0`,
    /// `_col1`, ….
    ///
    /// @param namesBehind the names to give, by the index of the token that they follow
    /// @param unnamed the first of them, from 1
    private record Columns(Map<Integer, String> namesBehind, Optional<Integer> unnamed) {
        private static final Set<String> ENDS = Set.of(
                "from",
                "where",
                "group",
                "having",
                "order",
                "limit",
                "offset",
                "union",
                "except",
                "intersect",
                "window",
                "fetch");

        static Columns of(List<Token> tokens) {
            int start = start(tokens);
            var names = new HashMap<Integer, String>();
            Optional<Integer> unnamed = Optional.empty();
            int depth = 0;
            int from = start;
            int column = 0;
            for (int i = start; i <= tokens.size() && start > 0; i++) {
                boolean isEnd = i == tokens.size()
                        || (depth == 0
                                && tokens.get(i).kind() == Kind.WORD
                                && ENDS.contains(tokens.get(i).lower()));
                boolean isComma = !isEnd && depth == 0 && tokens.get(i).is(",");
                if (isEnd || isComma) {
                    if (i > from && !isNamed(tokens.subList(from, i))) {
                        names.put(i - 1, "_col" + column);
                        unnamed = unnamed.or(() -> Optional.of(names.size()));
                    }
                    column++;
                    from = i + 1;
                }
                if (isEnd) {
                    break;
                }
                depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
            }
            return new Columns(names, unnamed);
        }

        /// Behind the first SELECT that is in no parentheses; 0 where there is none.
        private static int start(List<Token> tokens) {
            int depth = 0;
            for (int i = 0; i < tokens.size(); i++) {
                if (depth == 0 && tokens.get(i).is("SELECT")) {
                    boolean hasQuantifier = i + 1 < tokens.size()
                            && (tokens.get(i + 1).is("DISTINCT")
                                    || tokens.get(i + 1).is("ALL"));
                    return hasQuantifier ? i + 2 : i + 1;
                }
                depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
            }
            return 0;
        }

        private static boolean opens(Token token) {
            return token.is("(") || token.is("[");
        }

        private static boolean closes(Token token) {
            return token.is(")") || token.is("]");
        }

        private static boolean isNamed(List<Token> column) {
            Token last = column.getLast();
            if (last.is("*")) {
                return true;
            }
            if (!last.isName()) {
                return false;
            }
            return column.size() == 1
                    || column.get(column.size() - 2).is(".")
                    || column.get(column.size() - 2).is("AS")
                    || column.get(column.size() - 2).endsValue();
        }
    }
}
