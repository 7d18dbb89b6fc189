package dev.mapwright.asl.expression.jsonpath;

import static dev.mapwright.asl.expression.Scopes.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scopes;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class JsonPathDataflowTest {
    private static final JsonPathDataflow PLAIN = new JsonPathDataflow(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ResultPath.REPLACE,
            Optional.empty(),
            Map.of());

    @Test
    void withoutFieldsTheVeryPayloadsPassThrough() throws Exception {
        var scope = Scopes.of("{ \"a\" : 1 }");
        assertSame(scope.input(), PLAIN.effectiveInput(scope));
        assertSame(scope.input(), PLAIN.arguments(scope));
        assertSame(scope.input(), PLAIN.leave(scope).output());
        Json result = json("[ 1 ]");
        assertSame(result, PLAIN.leave(scope.withResult(result)).output());
    }

    @Test
    void eachFieldSeesWhatTheOneBeforeItMade() throws Exception {
        var dataflow = new JsonPathDataflow(
                Optional.of(JsonPath.path("$.order")),
                Optional.of(JsonPath.template(json("{\"number.$\":\"$.id\"}"))),
                Optional.of(JsonPath.template(json("{\"total.$\":\"$.sum\"}"))),
                JsonPath.resultPath("$.receipt"),
                Optional.of(JsonPath.path("$.receipt.total")),
                JsonPath.templateMembers(json("{\"raw.$\":\"$\"}")));
        var scope = Scopes.of("{\"order\":{\"id\":7}}");
        assertEquals("{\"id\":7}", dataflow.effectiveInput(scope).text());
        assertEquals("{\"number\":7}", dataflow.arguments(scope).text());
        var leaving = dataflow.leave(scope.withResult(json("{\"sum\":3,\"tax\":1}")));
        assertEquals("3", leaving.output().text());
        assertEquals(Map.of("raw", json("{\"sum\":3,\"tax\":1}")), leaving.assigned());
    }

    @Test
    void theResultGoesIntoTheOriginalInput() throws Exception {
        var dataflow = new JsonPathDataflow(
                Optional.of(Expression.constant(Json.EMPTY_OBJECT)),
                Optional.empty(),
                Optional.empty(),
                JsonPath.resultPath("$.r"),
                Optional.empty(),
                Map.of());
        var scope = Scopes.of("{\"a\":1}");
        assertEquals("{}", dataflow.arguments(scope).text());
        assertEquals(
                "{\"a\":1,\"r\":2}",
                dataflow.leave(scope.withResult(Json.of(2))).output().text());
    }

    @Test
    void withoutAResultTheEffectiveInputIsPassedOnAndAssignedFrom() throws Exception {
        var dataflow = new JsonPathDataflow(
                Optional.of(JsonPath.path("$.a")),
                Optional.empty(),
                Optional.empty(),
                ResultPath.REPLACE,
                Optional.of(JsonPath.path("$.b")),
                JsonPath.templateMembers(json("{\"v.$\":\"$\"}")));
        var leaving = dataflow.leave(Scopes.of("{\"a\":{\"b\":5}}"));
        assertEquals("5", leaving.output().text());
        assertEquals(Map.of("v", json("{\"b\":5}")), leaving.assigned());
    }

    @Test
    void aDiscardedResultLeavesTheVeryInput() throws Exception {
        var dataflow = new JsonPathDataflow(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultPath.DISCARD,
                Optional.empty(),
                Map.of());
        var scope = Scopes.of("{ }");
        assertSame(scope.input(), dataflow.leave(scope.withResult(Json.of(1))).output());
    }

    @Test
    void aCatcherPlacesTheErrorOutputAndAssignsFromIt() throws Exception {
        var dataflow = new JsonPathDataflow(
                Optional.empty(),
                Optional.empty(),
                Optional.of(JsonPath.template(json("{\"never\":1}"))),
                JsonPath.resultPath("$.error"),
                Optional.empty(),
                JsonPath.templateMembers(json("{\"name.$\":\"$.Error\"}")));
        var leaving = dataflow.leave(Scopes.of("{\"a\":1}").withError(Failure.of("Oops", "why")));
        assertEquals(
                "{\"a\":1,\"error\":{\"Error\":\"Oops\",\"Cause\":\"why\"}}",
                leaving.output().text());
        assertEquals(Map.of("name", Json.of("Oops")), leaving.assigned());
    }

    @Test
    void assignedValuesAreReadFromTheVariablesAtEntry() throws Exception {
        var dataflow = new JsonPathDataflow(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultPath.REPLACE,
                Optional.of(JsonPath.path("$a")),
                JsonPath.templateMembers(json("{\"a.$\":\"$b\",\"b.$\":\"$a\"}")));
        var scope = Scopes.withVariables(Scopes.of("{}"), Map.of("a", Json.of(1), "b", Json.of(2)));
        var leaving = dataflow.leave(scope);
        assertEquals(Map.of("a", Json.of(2), "b", Json.of(1)), leaving.assigned());
        assertEquals("1", leaving.output().text());
    }
}
