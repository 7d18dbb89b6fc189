package dev.mapwright.asl.expression.intrinsic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Scopes;
import dev.mapwright.asl.expression.jsonpath.JsonPath;

import org.junit.jupiter.api.Test;

import java.util.List;

class IntrinsicsTest {
    @Test
    void formatPutsArgumentsInPlaceholders() throws Exception {
        assertEquals(
                "\"Hello Ana, 3 of 1.5 true null\"",
                value(
                        "States.Format('Hello {}, {} of {} {} {}', $.name, 3, 1.5, true, null)",
                        "{\"name\":\"Ana\"}"));
        assertEquals("\"x!\"", value("States.Format($.template, 'x')", "{\"template\":\"{}!\"}"));
        assertEquals("\"\"", value("States.Format('')", "{}"));
    }

    @Test
    void formatShowsObjectsAndArraysAsJavaDoes() throws Exception {
        assertEquals(
                "\"snd={Id=arn, Name=m} [1, x, null]\"",
                value(
                        "States.Format('snd={} {}', $.m, $.l)",
                        "{\"m\":{\"Id\":\"arn\",\"Name\":\"m\"},\"l\":[1,\"x\",null]}"));
    }

    @Test
    void anEscapedBraceIsNoPlaceholder() throws Exception {
        assertEquals("\"{} it's \\\\ 1\"", value("States.Format('\\{} it\\'s \\\\ {}', 1)", "{}"));
    }

    @Test
    void formatNeedsAnArgumentForEachPlaceholder() {
        assertEquals(
                "The function 'States.Format('{} {}', 1)' had the following error: "
                        + "The format has 2 placeholders {} for 1 arguments",
                failure("States.Format('{} {}', 1)", "{}"));
    }

    @Test
    void jsonAndStringsAreConvertedIntoEachOther() throws Exception {
        assertEquals("null", value("States.StringToJson(' ')", "{}"));
        assertEquals("{\"a\":[1]}", value("States.StringToJson($)", "\"{\\\"a\\\": [1]}\""));
        assertEquals(
                "\"{\\\"Arg1\\\":1,\\\"Arg2\\\":[]}\"",
                value("States.JsonToString($.x)", "{\"x\": {\"Arg1\": 1, \"Arg2\": []}}"));
        assertEquals("\"\\\"HelloWorld\\\"\"", value("States.JsonToString($)", "\"HelloWorld\""));
        assertEquals("\"null\"", value("States.JsonToString($)", "null"));
        assertEquals("\"1.1\"", value("States.JsonToString($)", "1.1"));
        assertTrue(failure("States.StringToJson('x')", "{}")
                .contains("Argument 1 is not JSON: Unrecognized token 'x'"));
    }

    @Test
    void arrayCollectsItsArguments() throws Exception {
        assertEquals("[]", value("States.Array()", "{}"));
        assertEquals("[\"a\",1,null,{}]", value("States.Array('a', 1, null, $)", "{}"));
    }

    @Test
    void arrayPartitionCutsChunks() throws Exception {
        assertEquals("[[1,2],[3,4],[5]]", value("States.ArrayPartition($, 2)", "[1,2,3,4,5]"));
        assertEquals("[[1]]", value("States.ArrayPartition($, 2147483647)", "[1]"));
        assertEquals("[]", value("States.ArrayPartition($, 4)", "[]"));
        failure("States.ArrayPartition($, 0)", "[1]");
    }

    @Test
    void arrayContainsComparesByValue() throws Exception {
        assertEquals(
                "false", value("States.ArrayContains($.fst, $.snd)", "{\"fst\":[],\"snd\":null}"));
        assertEquals(
                "true",
                value(
                        "States.ArrayContains($.fst, $.snd)",
                        "{\"fst\":[[1,2,3],2],\"snd\":[1,2,3]}"));
        assertEquals(
                "true",
                value(
                        "States.ArrayContains($.fst, $.snd)",
                        "{\"fst\":[{\"1\":2,\"2\":[]}],\"snd\":{\"2\":[],\"1\":2}}"));
        assertEquals(
                "false",
                value("States.ArrayContains($.fst, $.snd)", "{\"fst\":[\"1\"],\"snd\":1}"));
    }

    @Test
    void arrayRangeIncludesItsEnds() throws Exception {
        assertEquals("[0,3,6,9]", value("States.ArrayRange(0, 9, 3)", "{}"));
        assertEquals("[0,3,6,9]", value("States.ArrayRange(0, 10, 3)", "{}"));
        assertEquals("[1]", value("States.ArrayRange(1, 9, 9)", "{}"));
        assertEquals("[5,3,1]", value("States.ArrayRange(5, 0, -2)", "{}"));
        assertEquals("[]", value("States.ArrayRange(5, 0, 1)", "{}"));
        assertEquals("[1,2,3]", value("States.ArrayRange(0.5, 3.4, 1)", "{}"));
        failure("States.ArrayRange(0, 9, 0)", "{}");
        assertEquals(
                "The function 'States.ArrayRange(0, 1000, 1)' had the following error: "
                        + "The array would have 1001 elements, more than the maximum of 1000",
                failure("States.ArrayRange(0, 1000, 1)", "{}"));
    }

    @Test
    void arrayElementsCanBeCountedAndTaken() throws Exception {
        assertEquals("6", value("States.ArrayGetItem($, 5)", "[1,2,3,4,5,6,7]"));
        assertEquals("2", value("States.ArrayLength($)", "[1,2]"));
        assertEquals(
                "The function 'States.ArrayGetItem($, 2)' had the following error: "
                        + "The index 2 is outside of the array, which has 2 elements",
                failure("States.ArrayGetItem($, 2)", "[1,2]"));
        assertEquals(
                "The function 'States.ArrayLength($)' had the following error: Argument 1 must be an array but was: {}",
                failure("States.ArrayLength($)", "{}"));
    }

    @Test
    void arrayUniqueKeepsFirstOccurrences() throws Exception {
        assertEquals(
                "[null,true,1,1.1,\"x\",[],{\"a\":1,\"b\":2}]",
                value(
                        "States.ArrayUnique($)",
                        "[null,null,true,1,1.0,1.1,\"x\",\"x\",[],[],{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]"));
    }

    @Test
    void base64IsEncodedAndDecoded() throws Exception {
        assertEquals(
                "\"RGF0YSB0byBlbmNvZGU=\"", value("States.Base64Encode('Data to encode')", "{}"));
        assertEquals(
                "\"Data to encode\"", value("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", "{}"));
        assertEquals("\"\"", value("States.Base64Decode('')", "{}"));
        failure("States.Base64Decode('*')", "{}");
        failure("States.Base64Encode($)", "\"" + "x".repeat(10_001) + "\"");
    }

    @Test
    void hashKnowsFiveAlgorithms() throws Exception {
        assertEquals(
                "\"812f45842bc6d66ee14572ce20db8e86\"",
                value("States.Hash('input data', 'MD5')", "{}"));
        assertEquals(
                "\"aaff4a450a104cd177d28d18d74485e8cae074b7\"",
                value("States.Hash('input data', 'SHA-1')", "{}"));
        assertEquals(
                "\"b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3\"",
                value("States.Hash('input data', 'SHA-256')", "{}"));
        for (String algorithm : List.of("SHA-384", "SHA-512")) {
            value("States.Hash('input data', '" + algorithm + "')", "{}");
        }
        failure("States.Hash('input data', 'SHA-3')", "{}");
    }

    @Test
    void jsonMergeTakesTheSecondObjectsMembersFirst() throws Exception {
        assertEquals(
                "{\"a\":{\"y\":1},\"b\":2,\"c\":3}",
                value(
                        "States.JsonMerge($.p, $.q, false)",
                        "{\"p\":{\"a\":{\"x\":0},\"b\":2},\"q\":{\"a\":{\"y\":1},\"c\":3}}"));
        assertEquals(
                "{\"literal\":\"false\",\"x\":1}",
                value(
                        "States.JsonMerge(States.StringToJson('{\"literal\": \"false\"}'), $, false)",
                        "{\"x\":1}"));
        failure("States.JsonMerge($, $, true)", "{}");
    }

    @Test
    void mathAddRoundsAndStaysInRange() throws Exception {
        assertEquals(
                "63", value("States.MathAdd(States.MathAdd(States.MathAdd(44, 9), 6), 4.3)", "{}"));
        assertEquals("-1", value("States.MathAdd(-1.5, 0)", "{}"));
        assertEquals("2", value("States.MathAdd(1.5, 0)", "{}"));
        failure("States.MathAdd(2147483647, 1)", "{}");
        failure("States.MathAdd('1', 1)", "{}");
    }

    @Test
    void mathRandomStaysBetweenItsBounds() throws Exception {
        for (int i = 0; i < 100; i++) {
            int drawn = Integer.parseInt(value("States.MathRandom(12.5, 14.51)", "{}"));
            assertTrue(drawn == 13 || drawn == 14, "drawn " + drawn);
        }
        assertEquals(
                value("States.MathRandom(0, 999, 3)", "{}"),
                value("States.MathRandom(0, 999, 3)", "[]"));
        failure("States.MathRandom(5, 5)", "{}");
    }

    @Test
    void stringSplitTakesEachCharacterAsASeparator() throws Exception {
        assertEquals("[\" \"]", value("States.StringSplit(' ', ',')", "{}"));
        assertEquals("[\" \",\" \"]", value("States.StringSplit(', , ,', ',')", "{}"));
        assertEquals("[]", value("States.StringSplit(',,,,', ',')", "{}"));
        assertEquals(
                "[\"This\",\"is\",\"a\",\"test\",\"string\"]",
                value("States.StringSplit('This.is+a,test=string', '.+,=')", "{}"));
        assertEquals(
                "[\"Hello\",\"World\"]", value("States.StringSplit('Hello\nWorld', '\n')", "{}"));
    }

    @Test
    void uuidIsOfVersionFour() throws Exception {
        String uuid = value("States.UUID()", "{}");
        assertTrue(
                uuid.matches(
                        "\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\""),
                uuid);
    }

    @Test
    void pathsMayContainCommasQuotesAndParentheses() throws Exception {
        assertEquals(
                "[[1],3]",
                value(
                        "States.Array( $.l[?(@.k == 'a,)')].v , $['x, y'] )",
                        "{\"l\":[{\"k\":\"a,)\",\"v\":1}],\"x, y\":3}"));
        assertEquals("[2,7]", value("States.Array($.l.length(), 7)", "{\"l\":[0,0]}"));
    }

    @Test
    void callsAreNestedAtMostTenLevelsDeep() throws Exception {
        value("States.Array(".repeat(10) + ")".repeat(10), "{}");
        assertThrows(
                ExpressionSyntaxException.class,
                () -> value("States.Array(".repeat(11) + ")".repeat(11), "{}"));
    }

    @Test
    void whatCannotBeACallIsRefusedWithItsPlace() {
        assertEquals(
                "Invalid intrinsic function call 'States.Array('a' 1)' at character 18: ',' is expected",
                refusal("States.Array('a' 1)"));
        assertEquals(
                "Invalid intrinsic function call 'States.MathAdd(1)' at character 18: "
                        + "States.MathAdd takes 2 arguments, not 1",
                refusal("States.MathAdd(1)"));
        for (String text : List.of(
                "States.Nope()",
                "States.Array",
                "States.Array(",
                "States.Array('a",
                "States.Array(a)",
                "States.Array(1,)",
                "States.Array() x",
                "States.Array($.)",
                "States.Array(\"a\")",
                "States.Array('\\n')",
                "States.UUID(1)",
                "States.MathRandom(1,2,3,4)")) {
            refusal(text);
        }
    }

    private static String refusal(String call) {
        return assertThrows(ExpressionSyntaxException.class, () -> value(call, "{}"), call)
                .getMessage();
    }

    private static String failure(String call, String input) {
        var failed = assertThrows(EvaluationFailed.class, () -> value(call, input));
        assertEquals("States.Runtime", failed.error());
        return failed.detail();
    }

    private static String value(String call, String input) throws Exception {
        return JsonPath.pathOrIntrinsic(call).evaluate(Scopes.of(input)).text();
    }
}
