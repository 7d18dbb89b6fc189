package dev.mapwright.asl.json;

import java.util.List;
import java.util.Map;

/// How long the text of a tree can be, without writing it: every character counts as if it were
/// escaped. Most payloads are so far below any limit that this settles the matter.
final class TreeBound {
    /// A control character becomes `\` `u001F`.
    private static final int CHARACTER_BYTES_MAX = 6;

    private static final int QUOTES_BYTES = 2;
    private static final int SEPARATORS_BYTES = 2;

    /// `-1.7976931348623157E308`, which is longer than any long.
    private static final int NUMBER_BYTES_MAX = 24;

    private final long limit;
    private long bytes;
    private int depth;

    private TreeBound(long limit) {
        this.limit = limit;
    }

    /// Whether the text surely has no more than `limit` bytes of UTF-8; where that is not sure, it
    /// has to be written.
    static boolean isWithin(long limit, Object tree) {
        return new TreeBound(limit).add(tree);
    }

    /// Whether all that was added so far is within the limit; nothing more is added once it is not.
    private boolean add(Object value) {
        return switch (value) {
            case String string -> isWithin(text(string));
            case JsonObject object -> add(object);
            case Map<?, ?> map -> add(map);
            case List<?> list -> add(list);
            case Integer _, Long _, Double _, Boolean _ -> isWithin(NUMBER_BYTES_MAX);
            case null -> isWithin(NUMBER_BYTES_MAX);
            case Object _ -> false;
        };
    }

    private boolean isWithin(long more) {
        bytes += more + SEPARATORS_BYTES;
        return bytes <= limit;
    }

    private static long text(String string) {
        return (long) CHARACTER_BYTES_MAX * string.length() + QUOTES_BYTES;
    }

    private boolean add(JsonObject object) {
        if (!enter()) {
            return false;
        }
        JsonObject.Shape shape = object.shape();
        for (int i = 0; i < shape.size(); i++) {
            if (!isWithin(text(shape.name(i))) || !add(object.valueAt(i))) {
                return false;
            }
        }
        depth--;
        return true;
    }

    private boolean add(Map<?, ?> map) {
        if (!enter()) {
            return false;
        }
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!isWithin(text((String) member.getKey())) || !add(member.getValue())) {
                return false;
            }
        }
        depth--;
        return true;
    }

    private boolean add(List<?> list) {
        if (!enter()) {
            return false;
        }
        for (Object element : list) {
            if (!add(element)) {
                return false;
            }
        }
        depth--;
        return true;
    }

    /// What is nested too deeply is left to be refused by who writes it.
    private boolean enter() {
        depth++;
        return depth <= JsonText.DEPTH_MAX && isWithin(0);
    }
}
