package dev.mapwright.asl.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A JSON value, held as its text, as a tree, or as both; each is made from the other when first
/// asked for.
///
/// A payload that nobody looks into is never parsed, and one that nobody changes keeps the text it
/// came with, byte for byte. The tree is plain Java, which is what the JSONata and JSONPath
/// libraries read without conversion: `Map<String, Object>` (in member order), `List<Object>`,
/// `String`, `Boolean`, `Integer`, `Long`, `BigInteger`, `Double` or (where a double would lose
/// digits) `BigDecimal`, and `null`. Trees are never changed after they were made.
public final class Json {
    public static final Json NULL = new Json("null", null, true);
    public static final Json EMPTY_OBJECT = new Json("{}", Map.of(), true);
    public static final Json EMPTY_ARRAY = new Json("[]", List.of(), true);

    private static final int UNKNOWN = -1;

    private volatile String text;
    private int bytes = UNKNOWN;

    /// The smallest limit that the text of a tree was found to keep.
    private int limitKept = Integer.MAX_VALUE;

    private Object tree;
    private volatile boolean parsed;

    private Json(String text, Object tree, boolean parsed) {
        this.text = text;
        this.tree = tree;
        this.parsed = parsed;
    }

    /// Checks `text` and keeps it.
    public static Json parse(String text) throws JsonSyntaxException {
        return new Json(text, JsonText.read(text), true);
    }

    /// Keeps text that is known to be JSON, because it was checked before it was stored; parsed on
    /// demand.
    public static Json ofText(String text) {
        return new Json(Objects.requireNonNull(text), null, false);
    }

    /// A value from a plain tree, which must not be changed afterwards.
    public static Json of(Object tree) {
        return new Json(null, tree, true);
    }

    /// The value as a plain tree; see the class comment for the types. `null` is JSON's null.
    public Object value() {
        if (!parsed) {
            synchronized (this) {
                if (!parsed) {
                    tree = JsonText.readKnownGood(text);
                    parsed = true;
                }
            }
        }
        return tree;
    }

    /// The original text, or the compact one (no spaces) of a value that was computed.
    public String text() {
        String known = text;
        if (known == null) {
            known = TreeWriter.write(tree);
            text = known;
        }
        return known;
    }

    /// Length of [#text] in bytes of UTF-8: what the payload quotas count.
    public int bytes() {
        int known = bytes;
        if (known == UNKNOWN) {
            // Encoding is many times faster than counting character by character.
            known = text().getBytes(StandardCharsets.UTF_8).length;
            bytes = known;
        }
        return known;
    }

    /// Whether [#bytes] is more than `limit`, without counting where the value is small enough
    /// whatever it holds.
    public boolean exceeds(int limit) {
        if (text == null && keeps(limit)) {
            return false;
        }
        return text().length() * 3L > limit && bytes() > limit;
    }

    private boolean keeps(int limit) {
        if (limit < limitKept && TreeBound.isWithin(limit, tree)) {
            limitKept = limit;
        }
        return limitKept <= limit;
    }

    /// Equal as JSON values, whatever the spelling of the text; numbers by value.
    @Override
    public boolean equals(Object other) {
        return other instanceof Json json
                && (text != null && text.equals(json.text)
                        || TreeComparison.sameValue(value(), json.value()));
    }

    @Override
    public int hashCode() {
        return TreeComparison.hash(value());
    }

    @Override
    public String toString() {
        return text();
    }
}
