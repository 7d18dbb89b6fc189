package dev.mapwright.adapters.items.json;

import dev.mapwright.engine.maprun.ReadFailed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A JSON Pointer: the way from a document to a value in it.
/// https://www.rfc-editor.org/rfc/rfc6901
record Pointer(List<String> tokens) {
    static final Pointer WHOLE_DOCUMENT = new Pointer(List.of());

    /// More digits than the index of any element in a file of 10 GB.
    private static final int INDEX_DIGITS_MAX = 12;

    static Pointer parse(String text) throws ReadFailed {
        if (text.isEmpty()) {
            return WHOLE_DOCUMENT;
        }
        if (!text.startsWith("/")) {
            throw wrong(text, "it must be empty or begin with '/'");
        }
        var tokens = new ArrayList<String>();
        for (String token : text.substring(1).split("/", -1)) {
            if (token.replace("~0", "").replace("~1", "").contains("~")) {
                throw wrong(text, "after '~' must come 0 (for '~') or 1 (for '/')");
            }
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(List.copyOf(tokens));
    }

    /// The element that a token names; absent if it names none.
    static OptionalLong index(String token) {
        boolean number = !token.isEmpty()
                && token.length() <= INDEX_DIGITS_MAX
                && token.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (token.length() == 1 || token.charAt(0) != '0');
        return number ? OptionalLong.of(Long.parseLong(token)) : OptionalLong.empty();
    }

    private static ReadFailed wrong(String text, String why) {
        return new ReadFailed("ItemsPointer '%s' is not a JSON Pointer: %s".formatted(text, why));
    }
}
