package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.statement.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/// Splits a statement into tokens; comments and white space are left out. In Hive's definitions a
/// backslash in a text takes the meaning of what follows, as in Java.
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    /// The last token is one of the kind END.
    static List<Token> split(String source) throws Syntax {
        return new Lexer(source).split();
    }

    private List<Token> split() throws Syntax {
        while (at < source.length()) {
            char next = source.charAt(at);
            if (Character.isWhitespace(next)) {
                at++;
            } else if (source.startsWith("--", at)) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end + 1;
            } else if (source.startsWith("/*", at)) {
                at = behind("*/", at + 2, "this comment has no end");
            } else if (next == '\'') {
                enclosed(Kind.STRING, next);
            } else if (next == '"' || next == '`') {
                enclosed(Kind.QUOTED, next);
            } else if (Character.isDigit(next)) {
                number();
            } else if (Character.isLetter(next) || next == '_') {
                add(Kind.WORD, run(at));
            } else {
                add(Kind.SIGN, at + 1);
            }
        }
        tokens.add(new Token(Kind.END, "", at, at));
        return List.copyOf(tokens);
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, source.substring(at, end), at, end));
        at = end;
    }

    private int run(int from) {
        int end = from;
        while (end < source.length()
                && (Character.isLetterOrDigit(source.charAt(end)) || source.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /// `12`, `1.5`, `1e10`, `1.5E-3`
    private void number() {
        int end = run(at);
        if (end < source.length() && source.charAt(end) == '.') {
            end = run(end + 1);
        }
        boolean hasSignedExponent = end < source.length()
                && (source.charAt(end) == '-' || source.charAt(end) == '+')
                && Character.toLowerCase(source.charAt(end - 1)) == 'e';
        add(Kind.NUMBER, hasSignedExponent ? run(end + 1) : end);
    }

    private void enclosed(Kind kind, char mark) throws Syntax {
        var text = new StringBuilder();
        int from = at + 1;
        while (true) {
            int end = source.indexOf(mark, from);
            int backslash = isHive() ? source.indexOf('\\', from) : -1;
            if (end < 0) {
                throw Syntax.at(source, at, "the text that begins here has no closing " + mark);
            }
            if (backslash >= 0 && backslash < end && backslash + 1 < source.length()) {
                text.append(source, from, backslash);
                from = unescape(backslash + 1, text);
                continue;
            }
            text.append(source, from, end);
            boolean isDoubled = end + 1 < source.length() && source.charAt(end + 1) == mark;
            if (!isDoubled) {
                tokens.add(new Token(kind, text.toString(), at, end + 1));
                at = end + 1;
                return;
            }
            text.append(mark);
            from = end + 2;
        }
    }

    private boolean isHive() {
        return !tokens.isEmpty()
                && (tokens.getFirst().is("ALTER")
                        || (tokens.getFirst().is("CREATE")
                                && tokens.size() > 1
                                && tokens.get(1).is("EXTERNAL")));
    }

    /// Appends what is meant by the characters from `from` on, and returns where the next begin.
    private int unescape(int from, StringBuilder text) {
        if (source.startsWith("u", from) && from + 5 <= source.length()) {
            text.append((char) Integer.parseInt(source.substring(from + 1, from + 5), 16));
            return from + 5;
        }
        int digits = from;
        while (digits < from + 3
                && digits < source.length()
                && source.charAt(digits) >= '0'
                && source.charAt(digits) <= '7') {
            digits++;
        }
        if (digits > from) {
            text.append((char) Integer.parseInt(source.substring(from, digits), 8));
            return digits;
        }
        text.append(
                switch (source.charAt(from)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> source.charAt(from);
                });
        return from + 1;
    }

    private int behind(String end, int from, String problem) throws Syntax {
        int found = source.indexOf(end, from);
        if (found < 0) {
            throw Syntax.at(source, at, problem);
        }
        return found + end.length();
    }
}
