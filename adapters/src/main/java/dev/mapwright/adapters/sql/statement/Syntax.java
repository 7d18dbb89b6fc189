package dev.mapwright.adapters.sql.statement;

/// A statement that is not one, or not one of those that are supported. The message says where.
public final class Syntax extends Exception {
    private Syntax(String message) {
        super(message, null, false, false);
    }

    static Syntax at(String source, int offset, String problem) {
        long line = source.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        int column = offset - source.lastIndexOf('\n', offset - 1);
        return new Syntax("line %d:%d: %s".formatted(line, column, problem));
    }

    static Syntax of(String problem) {
        return new Syntax(problem);
    }
}
