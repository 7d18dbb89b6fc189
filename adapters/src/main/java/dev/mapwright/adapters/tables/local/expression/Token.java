package dev.mapwright.adapters.tables.local.expression;

/// One lexical piece of an expression.
///
/// @param end position behind its last character
record Token(Type type, String text, int start, int end) {
    enum Type {
        NAME,
        NAME_PLACEHOLDER,
        VALUE_PLACEHOLDER,
        INDEX,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return type == Type.NAME && text.equalsIgnoreCase(word);
    }
}
