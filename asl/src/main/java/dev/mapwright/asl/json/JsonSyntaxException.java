package dev.mapwright.asl.json;

/// A text is not JSON. The message is the parser's own, as AWS shows it: it names token, line and
/// column.
public final class JsonSyntaxException extends Exception {
    public JsonSyntaxException(String message) {
        super(message);
    }
}
