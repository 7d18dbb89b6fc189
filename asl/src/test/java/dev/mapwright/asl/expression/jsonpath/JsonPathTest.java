package dev.mapwright.asl.expression.jsonpath;

import static dev.mapwright.asl.expression.Scopes.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.Scopes;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class JsonPathTest {
    private static final String ORDER =
            "{\"id\":7,\"lines\":[{\"sku\":\"a\",\"qty\":1},{\"sku\":\"b\",\"qty\":2}],\"note\":null,\"a b\":{\"c.d\":true}}";

    @Test
    void theRootIsTheVeryInput() throws Exception {
        var scope = Scopes.of("{ \"a\" : 1 }");
        assertSame(scope.input(), JsonPath.path("$").evaluate(scope));
    }

    @Test
    void namesAndPositionsLeadToOneValue() throws Exception {
        assertEquals("7", value("$.id", ORDER));
        assertEquals("\"b\"", value("$.lines[1].sku", ORDER));
        assertEquals("\"b\"", value("$['lines'][1]['sku']", ORDER));
        assertEquals("{\"sku\":\"b\",\"qty\":2}", value("$.lines[-1]", ORDER));
        assertEquals("null", value("$.note", ORDER));
        assertEquals("true", value("$['a b']['c.d']", ORDER));
        assertEquals("true", value("$.a\\ b.c\\.d", ORDER));
        assertEquals("1", value("$.größe", "{\"größe\":1}"));
        assertEquals("1", value("$.xsi:type.@id", "{\"xsi:type\":{\"@id\":1}}"));
    }

    @Test
    void filtersSlicesAndWildcardsGiveArrays() throws Exception {
        assertEquals("[{\"sku\":\"b\",\"qty\":2}]", value("$.lines[?(@.qty > 1)]", ORDER));
        assertEquals(
                "[{\"year\":1997,\"status\":0}]",
                value(
                        "$.users[?(@.status == 0)]",
                        "{\"users\":[{\"year\":1997,\"status\":0},{\"year\":1998,\"status\":1}]}"));
        assertEquals("[\"a\"]", value("$.lines[:1].sku", ORDER));
        assertEquals("[1,2]", value("$..qty", ORDER));
        assertEquals("[\"a\",\"b\"]", value("$.lines[*].sku", ORDER));
        assertEquals("[\"b\"]", value("$.lines[?(@.sku =~ /B/i)].sku", ORDER));
        assertEquals("2", value("$.lines.length()", ORDER));
        assertEquals("[\"sku\",\"qty\"]", value("$.lines[0].keys()", ORDER));
    }

    @Test
    void pathsToSeveralPlacesGiveAnEmptyArrayWhereTheyLeadNowhere() throws Exception {
        for (String path : List.of(
                "$.item.items[*]", "$.item.items[1:]", "$.items[*].itemValue", "$.items[1:5].v")) {
            assertEquals("[]", value(path, "{}"));
        }
    }

    @Test
    void sharesWhatItSelects() throws Exception {
        var scope = Scopes.of(ORDER);
        Object lines = ((Map<?, ?>) scope.input().value()).get("lines");
        assertSame(lines, JsonPath.path("$.lines").evaluate(scope).value());
        assertSame(
                ((List<?>) lines).get(1),
                ((List<?>) JsonPath.path("$.lines[?(@.qty==2)]").evaluate(scope).value()).get(0));
    }

    @Test
    void missingPlacesAreReportedAsAwsDoes() {
        assertEquals(
                "Invalid path '$.NoSuchOutputPath' : No results for path: $['NoSuchOutputPath']",
                failure("$.NoSuchOutputPath", "{\"int-literal\":0}"));
        assertEquals(
                "Invalid path '$.no.such.result.path' : Missing property in path $['no']",
                failure("$.no.such.result.path", "{}"));
        assertEquals(
                "Invalid path '$.a[3]' : No results for path: $['a'][3]",
                failure("$.a[3]", "{\"a\":[1]}"));
        assertEquals(
                "Invalid path '$.a.b' : Expected to find an object with property ['b'] in path $['a'] but found a string",
                failure("$.a.b", "{\"a\":\"x\"}"));
        assertEquals(
                "Invalid path '$.a[0]' : Filter: [0] can only be applied to arrays. Current context is: an object",
                failure("$.a[0]", "{\"a\":{}}"));
    }

    @Test
    void readsTheContextObjectOnlyWhenAsked() throws Exception {
        var scope = Scopes.of("{}").withContext(() -> json("{\"Execution\":{\"Name\":\"n\"}}"));
        assertEquals("\"n\"", JsonPath.path("$$.Execution.Name").evaluate(scope).text());
        assertEquals(
                "{\"Execution\":{\"Name\":\"n\"}}",
                JsonPath.path("$$").evaluate(scope).text());
        JsonPath.path("$").evaluate(scope.withContext(() -> {
            throw new AssertionError("not asked");
        }));
    }

    @Test
    void readsVariables() throws Exception {
        var scope = Scopes.withVariables(Scopes.of("{}"), Map.of("order", json(ORDER)));
        assertEquals(
                "\"a\"", JsonPath.path("$order.lines[0].sku").evaluate(scope).text());
        assertEquals(
                "[1,2]", JsonPath.path("$order.lines[*].qty").evaluate(scope).text());
        assertSame(
                scope.variables().find("order").orElseThrow(),
                JsonPath.path("$order").evaluate(scope));
        var failed = assertThrows(
                EvaluationFailed.class, () -> JsonPath.path("$other").evaluate(scope));
        assertEquals("States.Runtime", failed.error());
        assertEquals(
                "The variable '$other' has no value: no state assigned it before", failed.detail());
    }

    @Test
    void aLookupTellsNullFromNothing() throws Exception {
        assertEquals(Optional.of(Json.NULL), JsonPath.lookup("$.note").find(Scopes.of(ORDER)));
        assertEquals(Optional.empty(), JsonPath.lookup("$.lines[5]").find(Scopes.of(ORDER)));
        assertEquals(Optional.empty(), JsonPath.lookup("$.note.x").find(Scopes.of(ORDER)));
    }

    @Test
    void refusesWhatIsNoPath() {
        for (String text : List.of(
                "", "a", "$.", "$a..", "$.a[", "$.a b", "$x[y]", "$.a['b", "States.Array()")) {
            assertThrows(ExpressionSyntaxException.class, () -> JsonPath.path(text), text);
        }
    }

    @Test
    void aReferencePathHasNamesAndPositionsOnly() throws Exception {
        JsonPath.referencePath("$$.a['b'][0]");
        for (String text : List.of(
                "$.a[*]", "$..a", "$.a[0:1]", "$.a[?(@.b)]", "$.a['b','c']", "$.a.length()")) {
            assertThrows(ExpressionSyntaxException.class, () -> JsonPath.referencePath(text), text);
        }
    }

    @Test
    void namesTheVariablesThatATextReads() {
        assertEquals(Set.of("a"), JsonPath.variablesIn("$a.b[0]"));
        assertEquals(
                Set.of("a", "b"),
                JsonPath.variablesIn("States.MathAdd(States.ArrayLength($a[*]), $b)"));
        assertEquals(Set.of(), JsonPath.variablesIn("States.Format('$x', $.y, $$.z)"));
        assertEquals(Set.of(), JsonPath.variablesIn("$.a"));
        assertEquals(Set.of(), JsonPath.variablesIn("plain text"));
    }

    @Test
    void aTemplateEvaluatesItsMarkedMembersAtEveryDepth() throws Exception {
        Expression template = JsonPath.template(
                json(
                        "{\"id.$\":\"$.id\",\"fixed\":{\"path\":\"$.id\"},\"deep\":[{\"n.$\":\"States.ArrayLength($.lines)\"},1]}"));
        assertEquals(
                "{\"id\":7,\"fixed\":{\"path\":\"$.id\"},\"deep\":[{\"n\":2},1]}",
                template.evaluate(Scopes.of(ORDER)).text());
    }

    @Test
    void aTemplateNamesTheFieldWhosePathLeadsNowhere() throws Exception {
        Expression template = JsonPath.template(json("{\"a\":{\"missing.$\":\"$.nope.deep\"}}"));
        var failed = assertThrows(
                EvaluationFailed.class, () -> template.evaluate(Scopes.of("{\"other\": 1}")));
        assertEquals("States.Runtime", failed.error());
        assertEquals(
                "The JSONPath '$.nope.deep' specified for the field 'missing.$' could not be found in the input "
                        + "'{\"other\":1}'",
                failed.detail());
    }

    @Test
    void aTemplateRefusesMembersThatCannotBeEvaluated() {
        for (String member :
                List.of("\"x.$\":\"text\"", "\"x.$\":1", "\"x.$\":\"States.Nope()\"")) {
            var refused = assertThrows(
                    ExpressionSyntaxException.class,
                    () -> JsonPath.template(json("{\"a\":{" + member + "}}")));
            assertEquals(
                    "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call",
                    refused.getMessage());
            assertEquals("a", refused.field());
        }
        assertThrows(
                ExpressionSyntaxException.class,
                () -> JsonPath.template(json("{\"x\":1,\"x.$\":\"$.a\"}")));
    }

    @Test
    void aTemplatesMembersCanBeHadOneByOne() throws Exception {
        var members = JsonPath.templateMembers(json("{\"a.$\":\"$.id\",\"b\":[1]}"));
        assertEquals(List.of("a", "b"), List.copyOf(members.keySet()));
        Scope scope = Scopes.of(ORDER);
        assertEquals("7", members.get("a").evaluate(scope).text());
        assertEquals("[1]", members.get("b").evaluate(scope).text());
    }

    @Test
    void aPathMayStandForAnIntrinsicCall() throws Exception {
        assertEquals(
                "\"7 lines\"",
                JsonPath.pathOrIntrinsic("States.Format('{} lines', $.id)")
                        .evaluate(Scopes.of(ORDER))
                        .text());
        var failed = assertThrows(
                EvaluationFailed.class, () -> JsonPath.pathOrIntrinsic("States.Format('{}', $.x)")
                        .evaluate(Scopes.of("{ }")));
        assertEquals(
                "The function 'States.Format('{}', $.x)' had the following error: The JsonPath argument for the field "
                        + "'$.x' could not be found in the input '{}'",
                failed.detail());
        assertFalse(failed.location().isPresent());
    }

    private static String value(String path, String input) throws Exception {
        return JsonPath.path(path).evaluate(Scopes.of(input)).text();
    }

    private static String failure(String path, String input) {
        var failed = assertThrows(EvaluationFailed.class, () -> value(path, input));
        assertEquals("States.Runtime", failed.error());
        return failed.detail();
    }
}
