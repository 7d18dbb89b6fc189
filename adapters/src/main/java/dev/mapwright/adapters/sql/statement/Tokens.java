package dev.mapwright.adapters.sql.statement;

import dev.mapwright.adapters.sql.statement.Token.Kind;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A statement's tokens, read one after the other.
final class Tokens {
    private final String source;
    private final List<Token> tokens;
    private int index;

    Tokens(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token next() {
        Token next = tokens.get(index);
        if (next.kind() != Kind.END) {
            index++;
        }
        return next;
    }

    boolean isAtEnd() {
        return peek().kind() == Kind.END;
    }

    /// Whether these come next.
    boolean sees(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(Math.min(index + i, tokens.size() - 1)).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /// Goes on behind these, if they come next.
    boolean skips(String... words) {
        boolean seen = sees(words);
        if (seen) {
            index += words.length;
        }
        return seen;
    }

    void expect(String... words) throws Syntax {
        if (!skips(words)) {
            throw unexpected(Stream.of(words)
                    .map(word -> "'" + word + "'")
                    .collect(Collectors.joining(" ")));
        }
    }

    void expectEnd() throws Syntax {
        if (!isAtEnd()) {
            throw unexpected("the end of the statement");
        }
    }

    String name() throws Syntax {
        if (peek().kind() != Kind.QUOTED && peek().kind() != Kind.WORD) {
            throw unexpected("a name");
        }
        return next().lower();
    }

    String string() throws Syntax {
        if (peek().kind() != Kind.STRING
                && !peek().text().isEmpty()
                && peek().kind() != Kind.QUOTED) {
            throw unexpected("a text in quotation marks");
        }
        return next().text();
    }

    /// What is between the parenthesis that comes next and the one that closes it.
    List<Token> enclosed() throws Syntax {
        expect("(");
        int from = index;
        int depth = 1;
        while (depth > 0) {
            if (isAtEnd()) {
                throw unexpected("')'");
            }
            Token token = next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        return tokens.subList(from, index - 1);
    }

    /// What is left, without the end.
    List<Token> rest() {
        List<Token> rest = tokens.subList(index, tokens.size() - 1);
        index = tokens.size() - 1;
        return rest;
    }

    Syntax unexpected(String expected) {
        String found = isAtEnd() ? "<EOF>" : source.substring(peek().start(), peek().end());
        return refused("mismatched input '%s'. Expecting: %s".formatted(found, expected));
    }

    /// @param problem with what comes next
    Syntax refused(String problem) {
        return Syntax.at(source, peek().start(), problem);
    }
}
