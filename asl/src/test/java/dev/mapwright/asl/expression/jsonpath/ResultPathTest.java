package dev.mapwright.asl.expression.jsonpath;

import static dev.mapwright.asl.expression.Scopes.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ResultPathTest {
    @Test
    void theRootReplacesTheInput() throws Exception {
        assertSame(ResultPath.REPLACE, JsonPath.resultPath("$"));
        assertEquals("1", put("$", "{\"a\":0}"));
    }

    @Test
    void aMemberIsAddedOrReplaced() throws Exception {
        assertEquals("{\"a\":0,\"r\":1}", put("$.r", "{\"a\":0}"));
        assertEquals("{\"r\":1,\"a\":0}", put("$.r", "{\"r\":{\"x\":2},\"a\":0}"));
    }

    @Test
    void missingObjectsOnTheWayAreMade() throws Exception {
        assertEquals("{\"a\":{\"k\":0,\"b\":{\"c\":1}}}", put("$.a.b.c", "{\"a\":{\"k\":0}}"));
        assertEquals("{\"a\":{\"b\":1}}", put("$['a']['b']", "{}"));
    }

    @Test
    void anElementThatExistsIsReplaced() throws Exception {
        assertEquals("{\"a\":[0,1,2]}", put("$.a[1]", "{\"a\":[0,9,2]}"));
        assertEquals("[{\"x\":0,\"r\":1}]", put("$[0].r", "[{\"x\":0}]"));
    }

    @Test
    void whatIsNotOnTheWayIsShared() throws Exception {
        Json input = json("{\"a\":{\"b\":[1,2]},\"c\":{}}");
        var output =
                (Map<?, ?>) JsonPath.resultPath("$.c.r").put(input, Json.of(1)).value();
        assertSame(((Map<?, ?>) input.value()).get("a"), output.get("a"));
        assertEquals("{\"a\":{\"b\":[1,2]},\"c\":{}}", Json.of(input.value()).text());
    }

    @Test
    void anotherKindOfValueInTheWayIsAConflict() throws Exception {
        for (String input :
                List.of("{\"a\":\"x\"}", "{\"a\":[]}", "{\"a\":null}", "[1]", "\"x\"", "null")) {
            var conflict = assertThrows(
                    EvaluationFailed.class,
                    () -> JsonPath.resultPath("$.a.b").put(json(input), Json.of(1)),
                    input);
            assertEquals("States.ReferencePathConflict", conflict.error());
            assertEquals(
                    "Unable to apply ReferencePath $.a.b to input " + input, conflict.detail());
        }
        assertThrows(EvaluationFailed.class, () -> put("$.a[2]", "{\"a\":[0,1]}"));
        assertThrows(EvaluationFailed.class, () -> put("$.a[0]", "{}"));
    }

    @Test
    void mustBeAReferencePathIntoTheInput() {
        for (String text : List.of("$.a[*]", "$$.a", "$x.a", "a", "$..a")) {
            assertThrows(ExpressionSyntaxException.class, () -> JsonPath.resultPath(text), text);
        }
    }

    private static String put(String path, String input) throws Exception {
        return JsonPath.resultPath(path).put(json(input), Json.of(1)).text();
    }
}
