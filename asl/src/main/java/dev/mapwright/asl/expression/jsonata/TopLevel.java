package dev.mapwright.asl.expression.jsonata;

import dev.mapwright.asl.expression.jsonata.Source.Kind;
import dev.mapwright.asl.expression.jsonata.Source.Token;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds names that are read where nothing is there to read them from: an expression of a state
/// machine has no context item, which its predicates, maps, sorts and groups have. AWS refuses them
/// when the definition is created.
final class TopLevel {
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");
    private static final Set<String> OPENING = Set.of("(", "[", "{");
    private static final Set<String> CLOSING = Set.of(")", "]", "}");
    private static final Token START = new Token(Kind.OPERATOR, "");

    private final List<Token> tokens;
    private final Set<String> names = new LinkedHashSet<>();

    /// Whether there is a context item, inside of each bracket that is open.
    private final Deque<Boolean> hasContext = new ArrayDeque<>(List.of(false));

    /// Where the function begins whose parameters and signature were met last.
    private int body = -1;

    private TopLevel(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// In their order. A transformation (`| … |`) has a context of its own in the midst of
    /// everything else: expressions that hold one are not looked at.
    static Set<String> names(Source source) {
        if (source.tokens().stream().anyMatch(token -> token.is("|"))) {
            return Set.of();
        }
        var walk = new TopLevel(source.tokens());
        for (int i = 0; i < walk.tokens.size(); i++) {
            walk.token(i);
        }
        return walk.names;
    }

    private void token(int i) {
        Token token = tokens.get(i);
        if (token.kind() == Kind.OPERATOR && OPENING.contains(token.value())) {
            hasContext.push(hasContext.peek() || opensContext(i));
        } else if (token.kind() == Kind.OPERATOR && CLOSING.contains(token.value())) {
            if (hasContext.size() > 1) {
                hasContext.pop();
            }
        } else if (token.kind() == Kind.NAME && i > body && !hasContext.peek() && beginsPath(i)) {
            names.add(token.value());
        }
    }

    private boolean opensContext(int i) {
        Token before = before(i);
        if (before.is(".") || before.is("^")) {
            return true;
        }
        return switch (tokens.get(i).value()) {
            case "[" -> endsOperand(before);
            case "{" -> endsOperand(before) && i != body;
            default -> {
                if (isFunctionWord(before)) {
                    body = next("{", i);
                }
                yield false;
            }
        };
    }

    private int next(String bracket, int from) {
        int i = from;
        while (i < tokens.size() && !tokens.get(i).is(bracket)) {
            i++;
        }
        return i;
    }

    private boolean beginsPath(int i) {
        return !before(i).is(".")
                && !CONSTANTS.contains(tokens.get(i).value())
                && !isFunctionWord(tokens.get(i));
    }

    private Token before(int i) {
        return i == 0 ? START : tokens.get(i - 1);
    }

    private static boolean endsOperand(Token token) {
        return token.kind() != Kind.OPERATOR || CLOSING.contains(token.value());
    }

    private static boolean isFunctionWord(Token token) {
        return token.kind() == Kind.NAME
                && (token.value().equals("function") || token.value().equals("λ"));
    }
}
