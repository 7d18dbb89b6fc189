package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.expression.Path.Step;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.List;

/// A place in an expression's tokens, and what every kind of expression reads there: symbols,
/// words, paths and placeholders.
final class Cursor {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    static final int EXPRESSION_BYTES_MAX = 4096;

    /// Nested parentheses and NOTs. DynamoDB stops at 300 operators; the depth bounds our stack.
    static final int DEPTH_MAX = 300;

    private final Kind kind;
    private final String text;
    private final List<Token> tokens;
    private final Placeholders placeholders;
    private int position;
    private int depth;

    Cursor(Kind kind, String text, Placeholders placeholders) {
        if (text.isBlank()) {
            throw kind.invalid("The expression can not be empty;");
        }
        if (text.length() > EXPRESSION_BYTES_MAX) {
            throw kind.invalid(
                    "Expression size has exceeded the maximum allowed size; expression size: "
                            + text.length());
        }
        this.kind = kind;
        this.text = text;
        this.placeholders = placeholders;
        this.tokens = Lexer.tokens(kind, text);
    }

    Kind kind() {
        return kind;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token take() {
        Token token = tokens.get(position);
        if (token.type() != Token.Type.END) {
            position++;
        }
        return token;
    }

    boolean takeIf(String symbol) {
        boolean matches = peek().is(symbol);
        position += matches ? 1 : 0;
        return matches;
    }

    boolean takeWordIf(String word) {
        boolean matches = peek().isWord(word);
        position += matches ? 1 : 0;
        return matches;
    }

    void expect(String symbol) {
        if (!takeIf(symbol)) {
            throw unexpected();
        }
    }

    void expectWord(String word) {
        if (!takeWordIf(word)) {
            throw unexpected();
        }
    }

    void expectEnd() {
        if (peek().type() != Token.Type.END) {
            throw unexpected();
        }
    }

    void descend() {
        depth++;
        if (depth > DEPTH_MAX) {
            throw kind.invalid("The expression is nested too deeply; allowed are %d levels"
                    .formatted(DEPTH_MAX));
        }
    }

    void ascend() {
        depth--;
    }

    boolean isFunctionCall() {
        return peek().type() == Token.Type.NAME && tokens.get(position + 1).is("(");
    }

    boolean isPath() {
        Token token = peek();
        return token.type() == Token.Type.NAME || token.type() == Token.Type.NAME_PLACEHOLDER;
    }

    Path path() {
        var steps = new ArrayList<Step>();
        steps.add(member());
        while (true) {
            if (takeIf(".")) {
                steps.add(member());
            } else if (takeIf("[")) {
                steps.add(element());
            } else {
                return new Path(List.copyOf(steps));
            }
        }
    }

    AttributeValue value() {
        if (peek().type() != Token.Type.VALUE_PLACEHOLDER) {
            throw unexpected();
        }
        return placeholders.value(kind, take().text());
    }

    TableException unexpected() {
        Token token = peek();
        int from = tokens.get(Math.max(0, position - 1)).start();
        int to = tokens.get(Math.min(tokens.size() - 1, position + 1)).end();
        return kind.invalid("Syntax error; token: \"%s\", near: \"%s\""
                .formatted(token.text(), text.substring(from, to)));
    }

    private Step member() {
        Token token = peek();
        if (!isPath()) {
            throw unexpected();
        }
        take();
        if (token.type() == Token.Type.NAME_PLACEHOLDER) {
            return new Step.Member(placeholders.name(kind, token.text()));
        }
        if (ReservedWords.contains(token.text())) {
            throw kind.invalid(
                    "Attribute name is a reserved keyword; reserved keyword: " + token.text());
        }
        return new Step.Member(token.text());
    }

    private Step element() {
        Token token = peek();
        if (token.type() != Token.Type.INDEX) {
            throw unexpected();
        }
        take();
        expect("]");
        if (token.text().length() > 9) {
            throw kind.invalid("List index is not within the allowable range; index: [%s]"
                    .formatted(token.text()));
        }
        return new Step.Element(Integer.parseInt(token.text()));
    }
}
