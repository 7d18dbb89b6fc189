package dev.mapwright.asl.expression.jsonata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.expression.Scopes;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.expression.jsonata.Jsonata.Readable;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class JsonataTest {
    private static final Json INPUT = json("""
            {"order": {"id": 7, "lines": [{"sku": "a", "qty": 2}, {"sku": "b", "qty": 3}]}, "none": null,
             "empty": [], "mixed": [1, null, 3], "price": 1.50, "name": "Ada", "`odd name`": 1}""");

    private final Variables variables = new Variables(
            Optional.empty(),
            Map.of("limit", json("5"), "list", json("[1,[2]]"), "nothing", Json.NULL));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $states.input.order.id                      | 7
            $states.input.order.lines                   | [{"sku":"a","qty":2},{"sku":"b","qty":3}]
            $states.input.order.lines.sku               | ["a","b"]
            $states.input.order.lines[qty > 2].sku      | "b"
            $sum($states.input.order.lines.qty)         | 5
            $states.input.none                          | null
            $states.input.empty                         | []
            $states.input.mixed[1]                      | null
            $states.input.mixed                         | [1,null,3]
            $states.input.price                         | 1.50
            $states.input.price * 2                     | 3
            $limit                                      | 5
            $limit + 0.5                                | 5.5
            $list                                       | [1,[2]]
            $nothing                                    | null
            $states.context.Execution.Name              | "run-1"
            $states.input.empty{"a": 1}                 | {"a":1}
            {"n": $states.input.none, "u": $limit.x}    | {"n":null}
            [1..3]                                      | [1,2,3]
            1/3                                         | 0.3333333333333333
            $string(1/3)                                | "0.333333333333333"
            /* a comment */ $states.input.name          | "Ada"
            $contains("hello$world", /^hello\\$/)       | true
            "a1b22" ~> /[0-9]+/ ~> $lookup("match")     | "1"
            $replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1") | "Smith, John"
            $variable := 1                              | 1
            $map([1,2], function($v) { $v = 1 ? "pass" : "failed" }) | ["pass","failed"]
            $sort([3,1,2], function($a, $b) { $a > $b }) | [1,2,3]
            """)
    void yieldsWhatTheReferenceImplementationYields(String query, String expected)
            throws Exception {
        assertEquals(json(expected), evaluate(query.replace("\\\\", "\\")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $range(0, 9, 3)                     | [0,3,6,9]
            $range(3, 1, -1)                    | [3,2,1]
            $range(-1.7, 2, 1)                  | [-1,0,1,2]
            $range(0, 9000000000, 4.5e9)        | [0,4500000000,9000000000]
            $partition([1,2,3], 2.9)            | [[1,2],[3]]
            $partition([1,2,3], 5000000000)     | [[1,2,3]]
            $partition([1,2,3,4,5], 2)          | [[1,2],[3,4],[5]]
            $parse('{"a": [1, null]}')          | {"a":[1,null]}
            $parse("-0")                        | 0
            $hash("abc", "MD5")                 | "900150983cd24fb0d6963f7d28e17f72"
            $hash("abc", "SHA-1")               | "a9993e364706816aba3e25717850c26c9cd0d89d"
            $now()                              | "2026-09-24T03:02:58.404Z"
            $millis()                           | 1790218978404
            $random(7) = $random(7)             | true
            $count($shuffle([1,2,3]))           | 3
            """)
    void hasTheFunctionsOfStepFunctions(String query, String expected) throws Exception {
        assertEquals(json(expected), evaluate(query));
    }

    @Test
    void takesChanceFromTheScopeOnly() throws Exception {
        String uuid = (String) evaluate("$uuid()").value();

        assertEquals(uuid, evaluate("$uuid()").value());
        assertTrue(
                uuid.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
                uuid);
        assertEquals(evaluate("$random()"), evaluate("$random()"));
        assertNotEquals(evaluate("$random()"), evaluate("$random(1)"));
    }

    @Test
    void passesTheInputOnWithItsOwnText() throws Exception {
        assertSame(INPUT, evaluate("$states.input"));
        assertSame(
                ((Map<?, ?>) INPUT.value()).get("order"),
                evaluate("$states.input.order").value());
        assertSame(
                ((Map<?, ?>) INPUT.value()).get("order"),
                ((Map<?, ?>) evaluate("{'o': $states.input.order}").value()).get("o"));
    }

    @Test
    void makesTheContextOnlyForAnExpressionThatReadsIt() throws Exception {
        Scope scope = scope().withContext(() -> {
            throw new AssertionError("nobody asked for the context");
        });

        assertEquals(json("8"), compile("$states.input.order.id + 1").evaluate(scope));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $doesNotExist       | returned nothing (undefined).
            $states.input.nope  | returned nothing (undefined).
            $states.input.name.first | returned nothing (undefined).
            $sum                | returned an unsupported result type.
            {"f": $sum}         | returned an unsupported result type.
            $randomSeeded(1)    | threw an error during evaluation. T1006: Attempted to invoke a non-function
            $eval("1")          | threw an error during evaluation. T1006: Attempted to invoke a non-function
            1 + "a"             | threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number
            $sum("a")           | threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"
            1 < "a"             | threw an error during evaluation. T2009: The values 1 and "a" either side of operator "<" must be of the same data type
            $number("x")        | threw an error during evaluation. D3030: Unable to cast value to a number: "x"
            $error("no stock")  | threw an error during evaluation. D3137: no stock
            $toMillis("foo")    | threw an error during evaluation. D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "foo"
            """)
    void failsInTheWordsOfAws(String query, String expected) throws Exception {
        var failed = assertThrows(EvaluationFailed.class, () -> evaluate(query));

        assertEquals("States.QueryEvaluationError", failed.error());
        assertEquals(Optional.of("Output"), failed.location());
        assertEquals(
                "The JSONata expression '" + query + "' specified for the field 'Output' "
                        + expected,
                failed.detail());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1              | Expected 'array', but was 'number' for value: 1
            'string'       | Expected 'array', but was 'string' for value: "string"
            true           | Expected 'array', but was 'boolean' for value: true
            {'foo': 'bar'} | Expected 'array', but was 'object' for value: {"foo":"bar"}
            $nothing       | Expected 'array', but was 'null' for value: null
            """, quoteCharacter = '~')
    void refusesAResultOfTheWrongType(String query, String expected) throws Exception {
        Expression items =
                Jsonata.expression("{% " + query + " %}", "Items", Readable.INPUT, Expected.ARRAY);

        var failed = assertThrows(EvaluationFailed.class, () -> items.evaluate(scope()));

        assertEquals(
                "The JSONata expression '%s' specified for the field 'Items' returned an unexpected result type. %s"
                        .formatted(query, expected),
                failed.detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function() { $f() }; $f())",
                "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
                "$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+\\1b$/)",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' ~> /^(a+)+\\1b$/",
                "$pad('x', 2000000000)",
                "$count([1..100000000])",
                "$range(1, 2000000000, 1)",
                "$reduce([1..64], function($s, $i) { $s & $s }, 'xxxxxxxx')",
                "$reduce([1..64], function($s, $i) { {'l': $s, 'r': $s} }, 'x')",
                "$replace($pad('', 100000, 'a'), /a/, $pad('', 100000, 'b'))",
            })
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsWhateverAnExpressionDoes(String query) {
        var failed = assertThrows(EvaluationFailed.class, () -> evaluate(query));

        assertTrue(failed.detail().contains("threw an error during evaluation"), failed.detail());
    }

    /// As AWS words it: a bound has no code, and a colon stands before it.
    @Test
    void namesABoundWithoutACode() {
        var failed = assertThrows(
                EvaluationFailed.class,
                () -> evaluate("($f := function($n) { 1 + $f($n) }; $f(0))"));

        assertTrue(
                failed.detail()
                        .endsWith(
                                " threw an error during evaluation: Stack overflow error: Check for non-terminating"
                                        + " recursive function.  Consider rewriting as tail-recursive."),
                failed.detail());
    }

    @Test
    void readsResultAndErrorOutputWhereTheyExist() throws Exception {
        Scope scope = scope().withResult(json("{\"n\": [4]}"));
        Expression result =
                Jsonata.expression("{% $states.result.n[0] %}", "Output", Readable.RESULT);
        Expression error = Jsonata.expression(
                "{% $states.errorOutput.Cause %}", "Output", Readable.ERROR_OUTPUT);

        assertEquals(json("4"), result.evaluate(scope));
        assertEquals(json("\"why\""), error.evaluate(scope.withError(Failure.of("E", "why"))));
    }

    @Test
    void refusesWhatAFieldCannotRead() {
        var refused = assertThrows(
                ExpressionSyntaxException.class,
                () -> Jsonata.expression("{% $states.result %}", "Arguments", Readable.INPUT));

        assertEquals("Field '$states.result' does not exist.", refused.getMessage());
        assertThrows(
                ExpressionSyntaxException.class,
                () -> Jsonata.expression(
                        "{% $states.errorOutput.Error %}", "Output", Readable.RESULT));
    }

    /// All were measured on AWS.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[1,2)            | Expected \"]\", got \")\"",
                "\"unterminated  | String literal must be terminated by a matching quote",
                "{\"a\":}       | The symbol \"}\" cannot be used as a unary operator",
                "$x :=            | Unexpected end of expression",
                "$match('a', /abc | No terminating / in regular expression"
            })
    void saysWhatIsWrongWithAnExpressionWithoutItsCode(String expression, String problem) {
        var refused = assertThrows(
                ExpressionSyntaxException.class,
                () -> Jsonata.expression("{% " + expression + " %}", "Output", Readable.INPUT));

        assertEquals(problem, refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "$states.input.a = name",
                "{'a': $count(name)}",
                "($f := function($x) { $x + name }; $f(1))",
                "$states.input.list[0] & name.first",
                "[1, name]"
            })
    void refusesANameThatThereIsNothingToReadFrom(String expression) {
        var refused = assertThrows(
                ExpressionSyntaxException.class,
                () -> Jsonata.expression("{% " + expression + " %}", "Output", Readable.INPUT));

        assertEquals(
                "Reference to 'name' at the top level is not supported.", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.list[name = 'x'].name",
                "$states.input.list.(name & other)",
                "$states.input.list^(>name)",
                "$states.input.list{name: $sum(count)}",
                "$states.input.list.{'a': name, 'b': [name]}",
                "$states.input.list.[name, other]",
                "$states.input ~> |list|{'name': other}|",
                "$map($states.input.list, function($v)<o:s> { $v.name })",
                "true and null in [false]",
                "$states.input.list@$l.other[id = $l.id].name"
            })
    void aNameIsReadFromWhatItsBracketIsAbout(String expression) throws Exception {
        Jsonata.expression("{% " + expression + " %}", "Output", Readable.INPUT);
    }

    @Test
    void aSeedGivesTheNumberThatItGivesOnAws() throws Exception {
        assertEquals(
                json("0.7275636800328681"),
                Jsonata.expression("{% $random(42) %}", "Output", Readable.INPUT)
                        .evaluate(Scopes.of("{}")));
    }

    @Test
    void refusesWhatIsNotJsonata() {
        var refused = assertThrows(
                ExpressionSyntaxException.class,
                () -> Jsonata.expression("{% 1 + %}", "Output", Readable.INPUT));

        assertEquals("Unexpected end of expression", refused.getMessage());
        assertThrows(
                ExpressionSyntaxException.class,
                () -> Jsonata.expression(
                        "{% " + "(".repeat(100_000) + " %}", "Output", Readable.INPUT));
    }

    @Test
    void compilesTemplatesAtEveryDepth() throws Exception {
        Expression template = Jsonata.template(
                json(
                        "{\"a\": \"{% $limit %}\", \"b\": [1, {\"c\": \"{%\\n  $states.input.name\\n%}\"}], \"d\": \"{% open\"}"),
                "Arguments",
                Readable.INPUT);

        assertEquals(
                json("{\"a\":5,\"b\":[1,{\"c\":\"Ada\"}],\"d\":\"{% open\"}"),
                template.evaluate(scope()));
    }

    @Test
    void namesTheFieldInsideATemplate() throws Exception {
        Expression template =
                Jsonata.template(json("{\"r\": {\"x\": \"{% $no %}\"}}"), "Output", Readable.INPUT);

        var failed = assertThrows(EvaluationFailed.class, () -> template.evaluate(scope()));

        assertEquals(Optional.of("Output/r/x"), failed.location());
    }

    @Test
    void listsTheVariablesThatAreMentioned() {
        Json template = json("""
                {"a": "{% $x + $sum($y.z) + '$no' /* $no */ %}", "b": ["{% ($own := $x; $own & $other) %}"],
                 "c": "{% $map($list, function($v, $i) { $v * $rate }) %}", "d": "$plain",
                 "e": "{% $states.input.`$quoted` / 2 / $half %}"}""");

        assertEquals(
                Set.of("x", "y", "other", "list", "rate", "half"), Jsonata.variablesIn(template));
    }

    @Test
    void leavesAStateWithOutputAndVariablesOfTheSameMoment() throws Exception {
        Expression next = Jsonata.expression("{% $limit + 1 %}", "Assign/limit", Readable.RESULT);
        Expression output = Jsonata.expression("{% $limit %}", "Output", Readable.RESULT);
        var dataflow =
                new JsonataDataflow(Optional.empty(), Optional.of(output), Map.of("limit", next));

        var leaving = dataflow.leave(scope().withResult(Json.NULL));

        assertEquals(json("5"), leaving.output());
        assertEquals(Map.of("limit", json("6")), leaving.assigned());
    }

    @Test
    void passesOnResultInputOrErrorWithoutAnOutput() throws Exception {
        var dataflow = new JsonataDataflow(Optional.empty(), Optional.empty(), Map.of());

        assertSame(INPUT, dataflow.arguments(scope()));
        assertSame(INPUT, dataflow.leave(scope()).output());
        assertEquals(json("1"), dataflow.leave(scope().withResult(json("1"))).output());
        assertEquals(
                json("{\"Error\":\"E\",\"Cause\":\"c\"}"),
                dataflow.leave(scope().withError(Failure.of("E", "c"))).output());
    }

    @Test
    void evaluatesOneExpressionOnManyThreadsAtOnce() throws Exception {
        Expression expression = compile(
                "$sum($map([1..10], function($n) { $n * $states.input.k })) & $string($states.input.k)");
        var wrong = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                int k = i;
                threads.execute(() -> {
                    try {
                        Object found = expression
                                .evaluate(scope().withInput(Json.of(Map.of("k", k))))
                                .value();
                        if (!found.equals(55 * k + "" + k)) {
                            wrong.add(k + ": " + found);
                        }
                    } catch (EvaluationFailed | RuntimeException e) {
                        wrong.add(k + ": " + e);
                    }
                });
            }
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private Json evaluate(String query) throws Exception {
        return compile(query).evaluate(scope());
    }

    private static Expression compile(String query) throws ExpressionSyntaxException {
        return Jsonata.expression("{% " + query + " %}", "Output", Readable.INPUT);
    }

    private Scope scope() {
        return new Scope(
                INPUT,
                Optional.empty(),
                Optional.empty(),
                () -> json("{\"Execution\": {\"Name\": \"run-1\"}}"),
                variables,
                Instant.parse("2026-09-24T03:02:58.404Z"),
                new SplittableRandom(42));
    }

    private static Json json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
