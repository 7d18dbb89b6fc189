package dev.mapwright.adapters.tables.local.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.TableException;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class ExpressionsTest {
    private static final String ITEM = """
            {"n": {"N": "10"}, "s": {"S": "hello"}, "flag": {"BOOL": true},
             "l": {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}]}, "tags": {"SS": ["x", "y"]},
             "doc": {"M": {"core": {"S": "deep"}, "count": {"N": "1"}}}}""";
    private static final String VALUES = """
            {":ten": {"N": "10.0"}, ":nine": {"N": "9"}, ":twelve": {"N": "12"}, ":he": {"S": "he"}, ":x": {"S": "x"},
             ":deep": {"S": "deep"}, ":type": {"S": "SS"}, ":t": {"BOOL": true}, ":more": {"L": [{"N": "4"}]},
             ":xs": {"SS": ["x", "z"]}, ":one": {"N": "1"}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = :ten",
                "n <> :nine",
                "n > :nine AND n < :twelve",
                "n BETWEEN :nine AND :twelve",
                "n IN (:nine, :ten)",
                "begins_with(s, :he)",
                "contains(s, :he)",
                "contains(tags, :x)",
                "contains(l, :one)",
                "doc.core = :deep",
                "l[0] = :one",
                "size(l) < :nine",
                "size(s) > :one",
                "attribute_exists(doc.core)",
                "attribute_not_exists(l[3])",
                "attribute_type(tags, :type)",
                "NOT n = :nine",
                "n = :nine OR n = :ten AND s <> :he",
                "absent <> :one",
                "(n = :ten) and not (n = :nine)",
                "flag = :t",
                "#n = :ten"
            })
    void theseHold(String condition) {
        assertTrue(holds(condition), condition);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = :nine",
                "absent = :one",
                "absent < :one",
                "s < :ten",
                "NOT n = :ten",
                "n BETWEEN :one AND :nine",
                "size(n) = :one",
                "contains(s, :x)",
                "begins_with(n, :he)",
                "(n = :ten OR n = :nine) AND s = :he"
            })
    void theseDoNotHold(String condition) {
        assertFalse(holds(condition), condition);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = :x | Attribute name is a reserved keyword; reserved keyword: name",
                "n = :nope | An expression attribute value used in expression is not defined; attribute value: :nope",
                "#nope = :x | An expression attribute name used in the document path is not defined; attribute name: #nope",
                "n = | Syntax error; token: \"<EOF>\", near: \"=\"",
                "n == :x | Syntax error; token: \"=\", near: \"== :x\"",
                "n = :x garbage | Syntax error; token: \"garbage\", near: \":x garbage\"",
                "n < :t | Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
                "foo(n) | Invalid function name; function: foo",
                "if_not_exists(n, :x) | The function is not allowed in a condition expression; function: if_not_exists",
                "attribute_exists(:x) | Operator or function requires a document path; operator or function: attribute_exists",
                "n = n | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]",
                "n ! :x | Syntax error; token: \"!\", near: \"! :x\"",
                "contains(n) | Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1"
            })
    void conditionsAreRefusedInDynamoDbsWords(String condition, String reason) {
        assertEquals(
                "Invalid ConditionExpression: " + reason,
                assertThrows(TableException.class, () -> holds(condition)).getMessage());
    }

    @Test
    void aDeeplyNestedConditionIsRefusedAndNotAStackOverflow() {
        String condition = "(".repeat(2000) + "n = :x" + ")".repeat(2000);
        assertEquals(
                "Invalid ConditionExpression: The expression is nested too deeply; allowed are 300 levels",
                assertThrows(TableException.class, () -> holds(condition)).getMessage());
    }

    @Test
    void setComputesFromTheOldItem() {
        assertUpdate(
                """
                {"n": {"N": "11"}, "s": {"N": "10"}, "fresh": {"N": "9"}, "flag": {"BOOL": true},
                 "l": {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}, {"N": "4"}]}, "tags": {"SS": ["x", "y"]},
                 "doc": {"M": {"core": {"S": "x"}, "count": {"N": "2"}}}}""",
                "SET n = n + :one, s = n, fresh = if_not_exists(fresh, :nine), l = list_append(l, :more),"
                        + " doc.core = :x, doc.#c = doc.#c + :one");
    }

    @Test
    void listElementsKeepTheirPlacesWhileSomeAreRemoved() {
        assertUpdate("""
                {"n": {"N": "10"}, "s": {"S": "hello"}, "flag": {"BOOL": true}, "l": {"L": [{"N": "9"}, {"S": "x"}]},
                 "tags": {"SS": ["x", "y"]}, "doc": {"M": {"core": {"S": "deep"}, "count": {"N": "1"}}}}""", "REMOVE l[0], l[2] SET l[1] = :nine, l[7] = :x");
    }

    @Test
    void addAndDeleteWorkOnNumbersAndSets() {
        assertUpdate("""
                {"n": {"N": "22"}, "s": {"S": "hello"}, "flag": {"BOOL": true}, "fresh": {"N": "12"},
                 "l": {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}]}, "tags": {"SS": ["y"]},
                 "doc": {"M": {"core": {"S": "deep"}, "count": {"N": "1"}}}}""", "ADD n :twelve, fresh :twelve DELETE tags :xs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET a.b = :x | The document path provided in the update expression is invalid for update",
                "SET n = absent + :one | The provided expression refers to an attribute that does not exist in the item",
                "SET n = s + :one | An operand in the update expression has an incorrect data type",
                "ADD s :one | An operand in the update expression has an incorrect data type",
                "SET n = :x, n = :ten | Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]",
                "SET doc = :x, doc.core = :ten | Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [doc], path two: [doc, core]",
                "SET l[0] = :x, l.a = :ten | Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [l, [0]], path two: [l, a]",
                "SET n = :x SET s = :x | Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;",
                "ADD n :x | Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "DELETE n :one | Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
                "SET n = size(s) | Invalid UpdateExpression: The function is not allowed in an update expression; function: size",
                "n = :x | Invalid UpdateExpression: Syntax error; token: \"n\", near: \"n =\"",
                "SET n = :he + :one | Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S"
            })
    void updatesAreRefusedInDynamoDbsWords(String update, String message) {
        assertEquals(
                message,
                assertThrows(TableException.class, () -> update(update)).getMessage());
    }

    @Test
    void aProjectionKeepsPartsOfDocumentsAndLists() {
        var projection = Projection.parse("doc.core, l[2], l[0], nowhere, s", placeholders());
        assertEquals(
                Json.ofText("""
                {"doc": {"M": {"core": {"S": "deep"}}}, "l": {"L": [{"N": "1"}, {"N": "3"}]}, "s": {"S": "hello"}}"""), Json.of(AttributeJson.writeItem(projection.apply(item(ITEM)))));
    }

    @Test
    void unusedPlaceholdersAreRefused() {
        var placeholders = new Placeholders(Map.of("#a", "n", "#b", "m"), Map.of());
        Condition.parse(Kind.CONDITION, "attribute_exists(#a)", placeholders);
        assertEquals(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}",
                assertThrows(TableException.class, placeholders::checkAllUsed).getMessage());
    }

    private static boolean holds(String condition) {
        return Condition.parse(Kind.CONDITION, condition, placeholders()).holds(item(ITEM));
    }

    private static void assertUpdate(String expected, String update) {
        assertEquals(Json.ofText(expected), Json.of(AttributeJson.writeItem(update(update))));
    }

    private static M update(String update) {
        return Update.parse(update, placeholders()).apply(item(ITEM));
    }

    private static Placeholders placeholders() {
        Map<String, AttributeValue> values = item(VALUES).members();
        return new Placeholders(Map.of("#n", "n", "#c", "count"), values);
    }

    private static M item(String json) {
        return AttributeJson.readItem(Json.ofText(json).value());
    }
}
