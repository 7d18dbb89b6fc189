package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens.
final class Lexer {
    private final Kind kind;
    private final String text;
    private int position;

    private Lexer(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    static List<Token> tokens(Kind kind, String text) {
        var lexer = new Lexer(kind, text);
        var tokens = new ArrayList<Token>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().type() != Token.Type.END);
        return tokens;
    }

    private Token next() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return new Token(Token.Type.END, "<EOF>", start, start);
        }
        char first = text.charAt(start);
        if (first == '#' || first == ':') {
            position++;
            word();
            if (position == start + 1) {
                throw unexpected(start);
            }
            return token(
                    first == '#' ? Token.Type.NAME_PLACEHOLDER : Token.Type.VALUE_PLACEHOLDER,
                    start);
        }
        if (isDigit(first)) {
            while (position < text.length() && isDigit(text.charAt(position))) {
                position++;
            }
            return token(Token.Type.INDEX, start);
        }
        if (isWord(first)) {
            word();
            return token(Token.Type.NAME, start);
        }
        return symbol(first, start);
    }

    private Token symbol(char first, int start) {
        position++;
        char second = position < text.length() ? text.charAt(position) : ' ';
        boolean isPair =
                first == '<' && (second == '>' || second == '=') || first == '>' && second == '=';
        if (isPair) {
            position++;
        } else if ("=<>()[].,+-".indexOf(first) < 0) {
            throw unexpected(start);
        }
        return token(Token.Type.SYMBOL, start);
    }

    private void word() {
        while (position < text.length() && isWord(text.charAt(position))) {
            position++;
        }
    }

    private Token token(Token.Type type, int start) {
        return new Token(type, text.substring(start, position), start, position);
    }

    private TableException unexpected(int start) {
        return kind.invalid("Syntax error; token: \"%s\", near: \"%s\""
                .formatted(
                        text.substring(start, start + 1),
                        text.substring(start, Math.min(text.length(), start + 10))));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_';
    }
}
