package dev.mapwright.asl.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JsonSyntaxExceptionTest {
    @Test
    void namesTheTokenAsAwsDoes() {
        var refused = refusal("not a definition");
        assertEquals(
                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' "
                        + "or 'false')",
                refused.problem());
        assertEquals(
                "[Source: (String)\"not a definition\"; line: 1, column: 4]", refused.location());
        assertEquals(refused.problem() + "\n at " + refused.location(), refused.getMessage());
    }

    @Test
    void callsMembersFieldsAsAwsDoes() {
        var refused = refusal("{'a':1}");
        assertEquals(
                "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
                refused.problem());
        assertEquals("[Source: (String)\"{'a':1}\"; line: 1, column: 3]", refused.location());
    }

    @Test
    void tellsWhereTheTextEndsTooEarly() {
        assertEquals(
                "Unexpected end-of-input: expected close marker for Object (start marker at "
                        + "[Source: (String)\"{\"; line: 1, column: 1])",
                refusal("{").problem());
        assertEquals("No content to map due to end-of-input", refusal("").problem());
    }

    @Test
    void refusesASecondValue() {
        var refused = refusal("{}\n 1");
        assertEquals(
                "Trailing token (of type VALUE_NUMBER_INT) found after value", refused.problem());
        assertEquals("[Source: (String)\"{}\n 1\"; line: 2, column: 2]", refused.location());
    }

    @Test
    void refusesWhatOnlyLaxParsersTake() {
        for (String text : new String[] {
            "[1,]", "{\"a\":1,}", "01", "+1", ".5", "1.", "NaN", "/**/1", "'a'", "\"\t\""
        }) {
            refusal(text);
        }
    }

    @Test
    void cutsLongSources() {
        var refused = refusal("x".repeat(600));
        assertEquals(
                "[Source: (String)\"" + "x".repeat(500)
                        + "\"[truncated 100 chars]; line: 1, column: 260]",
                refused.location());
    }

    private static JsonSyntaxException refusal(String text) {
        return assertThrows(JsonSyntaxException.class, () -> Json.parse(text), text);
    }
}
