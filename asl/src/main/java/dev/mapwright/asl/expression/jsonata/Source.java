package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.JException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// An expression's text, read once for what the library doesn't tell about it: which variables and
/// which members of `$states` it mentions, and where its regular expressions stand. The library
/// would run those unbounded, so in [#rewritten] each is a variable that holds a bounded one.
final class Source {
    static final String REGEX_VARIABLE = "regex·";

    private static final String OPERATOR_CHARS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final String SPACE = " \t\n\r";
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "in");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Pattern> regexes = new ArrayList<>();
    private final StringBuilder rewritten = new StringBuilder();
    private int at;

    enum Kind {
        VARIABLE,
        NAME,
        OPERATOR,
        OTHER
    }

    record Token(Kind kind, String value) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && value.equals(operator);
        }
    }

    /// @throws JException what the library's own tokenizer would throw
    Source(String text) {
        this.text = text;
        while (at < text.length()) {
            int from = at;
            if (!regex()) {
                token();
                rewritten.append(text, from, at);
            }
        }
    }

    String rewritten() {
        return rewritten.toString();
    }

    List<Pattern> regexes() {
        return regexes;
    }

    List<Token> tokens() {
        return tokens;
    }

    /// Every name after a `$`, whatever it stands for; `$` and `$$` are left out.
    Set<String> mentioned() {
        var names = new LinkedHashSet<String>();
        for (Token token : tokens) {
            if (token.kind == Kind.VARIABLE && !token.value.isEmpty() && !token.value.equals("$")) {
                names.add(token.value);
            }
        }
        return names;
    }

    /// Names that the expression itself gives a value: `$x := …`, `function($x)`, `@$x`, `#$x`.
    Set<String> bound() {
        var names = new LinkedHashSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind == Kind.VARIABLE
                    && (next(i).is(":=") || (i > 0 && bindsNext(tokens.get(i - 1))))) {
                names.add(token.value);
            } else if (token.kind == Kind.NAME && isFunctionWord(token.value) && next(i).is("(")) {
                for (int j = i + 2; j < tokens.size() && !tokens.get(j).is(")"); j++) {
                    names.add(tokens.get(j).value);
                }
            }
        }
        return names;
    }

    /// Whether `$states.name` is read, or `$states` in a way that can't be told (`$states.*`,
    /// `$keys($states)`).
    boolean mayRead(String member) {
        for (int i = 0; i < tokens.size(); i++) {
            if (isStates(i) && (!namesMember(i) || tokens.get(i + 2).value.equals(member))) {
                return true;
            }
        }
        return false;
    }

    /// The members of `$states` that are read by their names, in their order.
    Set<String> readOfStates() {
        var members = new LinkedHashSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isStates(i) && namesMember(i)) {
                members.add(tokens.get(i + 2).value);
            }
        }
        return members;
    }

    private boolean isStates(int i) {
        return tokens.get(i).kind == Kind.VARIABLE && tokens.get(i).value.equals("states");
    }

    private boolean namesMember(int i) {
        return next(i).is(".") && i + 2 < tokens.size() && tokens.get(i + 2).kind == Kind.NAME;
    }

    private Token next(int i) {
        return i + 1 < tokens.size() ? tokens.get(i + 1) : new Token(Kind.OTHER, "");
    }

    private static boolean bindsNext(Token token) {
        return token.is("@") || token.is("#");
    }

    private static boolean isFunctionWord(String name) {
        return name.equals("function") || name.equals("λ");
    }

    /// Whether the next token starts an operand: a `/` is then a regular expression, a `*` or `%` a
    /// wildcard.
    private boolean operandExpected() {
        if (tokens.isEmpty()) {
            return true;
        }
        Token last = tokens.getLast();
        return last.kind == Kind.OPERATOR && !Set.of(")", "]", "}").contains(last.value);
    }

    private void token() {
        char c = text.charAt(at);
        if (SPACE.indexOf(c) >= 0) {
            at++;
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                throw new JException("S0106", at);
            }
            at = end + 2;
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw new JException("S0105", at);
            }
            tokens.add(new Token(Kind.NAME, text.substring(at + 1, end)));
            at = end + 1;
        } else if (OPERATOR_CHARS.indexOf(c) >= 0) {
            operator(c);
        } else {
            word();
        }
    }

    private void string(char quote) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= text.length()) {
            throw new JException("S0101", at);
        }
        tokens.add(new Token(Kind.OTHER, ""));
        at = i + 1;
    }

    private void operator(char c) {
        if ((c == '*' || c == '%') && operandExpected()) {
            at += text.startsWith("**", at) ? 2 : 1;
            tokens.add(new Token(Kind.OTHER, ""));
            return;
        }
        String symbol = text.startsWith(":=", at) ? ":=" : String.valueOf(c);
        tokens.add(new Token(Kind.OPERATOR, symbol));
        at += symbol.length();
    }

    private void word() {
        int from = at;
        while (at < text.length()
                && SPACE.indexOf(text.charAt(at)) < 0
                && OPERATOR_CHARS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.startsWith("$")) {
            tokens.add(new Token(Kind.VARIABLE, word.substring(1)));
        } else if (WORD_OPERATORS.contains(word) && !operandExpected()) {
            tokens.add(new Token(Kind.OPERATOR, word));
        } else {
            boolean digit = Character.isDigit(word.charAt(0));
            tokens.add(new Token(digit ? Kind.OTHER : Kind.NAME, word));
        }
    }

    private boolean regex() {
        if (text.charAt(at) != '/' || text.startsWith("/*", at) || !operandExpected()) {
            return false;
        }
        int end = closingSlash(at + 1);
        String pattern = text.substring(at + 1, end);
        if (pattern.isEmpty()) {
            throw new JException("S0301", at);
        }
        int flags = 0;
        at = end + 1;
        for (; at < text.length() && "im".indexOf(text.charAt(at)) >= 0; at++) {
            flags |= text.charAt(at) == 'i'
                    ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE
                    : Pattern.MULTILINE;
        }
        try {
            regexes.add(Pattern.compile(pattern, flags));
        } catch (PatternSyntaxException e) {
            throw new JException(
                    "The regular expression /" + pattern + "/ is not valid: " + e.getDescription(),
                    at);
        }
        String variable = REGEX_VARIABLE + (regexes.size() - 1);
        tokens.add(new Token(Kind.OTHER, ""));
        rewritten.append('$').append(variable).append(' ');
        return true;
    }

    private int closingSlash(int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '/' && depth == 0) {
                return i;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            }
        }
        throw new JException("S0302", from);
    }
}
