package dev.mapwright.adapters.items.json;

import dev.mapwright.adapters.items.object.ItemBytes;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;

/// Finds its way through JSON text by brackets and strings alone, and hands out single values. What
/// is skipped may be of any size and depth.
final class JsonScanner implements AutoCloseable {
    private static final ItemBytes.Stops STRING_STOPS = new ItemBytes.Stops("\"\\");
    private static final ItemBytes.Stops NESTED_STOPS = new ItemBytes.Stops("\"[]{}");
    private static final ItemBytes.Stops SCALAR_STOPS = new ItemBytes.Stops(",]}: \t\r\n\"[{");

    private final ItemBytes bytes;

    JsonScanner(ItemBytes bytes) {
        this.bytes = bytes;
    }

    long offset() {
        return bytes.offset();
    }

    void skipByteOrderMark() throws IOException, ReadFailed {
        bytes.skipByteOrderMark();
    }

    /// The first character of what comes next, or [ItemBytes#END].
    int peek() throws IOException, ReadFailed {
        bytes.skipWhiteSpace();
        return bytes.peek();
    }

    /// Goes past a character that was peeked.
    void skip() {
        bytes.skip();
    }

    void expect(char wanted) throws IOException, ReadFailed {
        int found = peek();
        if (found != wanted) {
            throw new ReadFailed("it is not JSON: at byte %d, where %s was expected, is %s"
                    .formatted(offset(), shown(wanted), shown(found)));
        }
        bytes.skip();
    }

    void expectEnd() throws IOException, ReadFailed {
        if (peek() != ItemBytes.END) {
            throw new ReadFailed("it is not JSON: at byte %d, behind the document, is %s"
                    .formatted(offset(), shown(bytes.peek())));
        }
    }

    /// Goes past the comma before another element, unless the container ends here.
    ///
    /// @return whether there is another element
    boolean another(char close) throws IOException, ReadFailed {
        if (peek() == close) {
            return false;
        }
        expect(',');
        return true;
    }

    /// A member's name and the colon behind it.
    String name() throws IOException, ReadFailed {
        if (peek() != '"') {
            throw new ReadFailed(
                    "it is not JSON: at byte %d, where the name of a member was expected, is %s"
                            .formatted(offset(), shown(bytes.peek())));
        }
        Json name = value();
        expect(':');
        return (String) name.value();
    }

    Json value() throws IOException, ReadFailed {
        bytes.skipWhiteSpace();
        bytes.begin();
        skipValue();
        return bytes.take().orElseThrow();
    }

    void skipValue() throws IOException, ReadFailed {
        switch (peek()) {
            case '"' -> skipString();
            case '[', '{' -> skipNested();
            case ItemBytes.END, ',', ']', '}', ':' ->
                throw new ReadFailed("it is not JSON: at byte %d, where a value was expected, is %s"
                        .formatted(offset(), shown(bytes.peek())));
            default -> bytes.skipUntil(SCALAR_STOPS);
        }
    }

    private void skipNested() throws IOException, ReadFailed {
        long depth = 0;
        do {
            switch (bytes.skipUntil(NESTED_STOPS)) {
                case '"' -> skipString();
                case '[', '{' -> {
                    depth++;
                    bytes.skip();
                }
                case ']', '}' -> {
                    depth--;
                    bytes.skip();
                }
                default -> throw new ReadFailed("it is not JSON: the document ends inside of it");
            }
        } while (depth > 0);
    }

    private void skipString() throws IOException, ReadFailed {
        bytes.skip();
        while (true) {
            switch (bytes.skipUntil(STRING_STOPS)) {
                case '"' -> {
                    bytes.skip();
                    return;
                }
                case '\\' -> {
                    bytes.skip();
                    if (bytes.peek() != ItemBytes.END) {
                        bytes.skip();
                    }
                }
                default ->
                    throw new ReadFailed("it is not JSON: the document ends inside of a string");
            }
        }
    }

    private static String shown(int character) {
        if (character == ItemBytes.END) {
            return "the end of the document";
        }
        return character >= ' ' && character < 0x7f
                ? "'" + (char) character + "'"
                : "the byte 0x%02x".formatted(character);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
