package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mapwright.adapters.functions.FunctionAdministration.Publication;
import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each runtime tells of a function that cannot be loaded or fails in an unusual way, and what
/// it tells the function of its invocation.
class RuntimeErrorsTest {
    @TempDir
    Path folder;

    private LocalLambda lambda;

    @BeforeEach
    void open() throws Exception {
        lambda = new LocalLambda(folder);
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void aPythonHandlerThatCannotBeLoadedIsNamed() throws Exception {
        lambda.python("def other(event, context): pass\n");
        assertError(
                "Runtime.HandlerNotFound",
                "Handler 'handler' missing on module 'app'",
                lambda.failed("f", "{}"));

        python("dotless", "handler", "");
        assertError(
                "Runtime.MalformedHandlerName",
                "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
                lambda.failed("dotless", "{}"));

        python("broken", "app.handler", "def handler(event, context)\n");
        Map<?, ?> error = lambda.failed("broken", "{}");
        assertEquals("Runtime.UserCodeSyntaxError", error.get("errorType"));
        assertTrue(
                ((List<?>) error.get("stackTrace"))
                        .getFirst()
                        .toString()
                        .startsWith("  File \"/var/task/app.py\" Line 1\n"),
                error.toString());
    }

    @Test
    void aPythonResultThatIsNoJsonIsAnError() throws Exception {
        lambda.python("def handler(event, context): return {1, 2}\n");
        assertError(
                "Runtime.MarshalError",
                "Unable to marshal response: Object of type set is not JSON serializable",
                lambda.failed("f", "{}"));
    }

    @Test
    void aFunctionHasADummyKeyUnlessItHasOneOfItsOwn() throws Exception {
        String handler = """
                import os
                def handler(event, context):
                    return [os.environ.get("AWS_" + n) for n in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN")]
                """;
        lambda.python(handler);
        lambda.create(
                "keyed",
                "python3.12",
                "app.handler",
                Zip.of(Map.of("app.py", handler)),
                Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));

        assertEquals(Json.parse("[\"local\", \"local\", \"local\"]"), lambda.returned("f", "{}"));
        assertEquals(Json.parse("[\"a\", \"b\", null]"), lambda.returned("keyed", "{}"));
    }

    @Test
    void aFunctionSeesTheClientsContextAndTheTrace() throws Exception {
        lambda.python("""
                import os
                def handler(event, context):
                    return {"trace": os.environ["_X_AMZN_TRACE_ID"], "custom": context.client_context.custom}
                """);
        FunctionAnswer answer = lambda.functions()
                .call(new FunctionCall(
                        "f",
                        Optional.empty(),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        Optional.of("{\"custom\": {\"a\": \"b\"}}")));
        assertEquals(
                Json.of(Map.of("trace", answer.trace(), "custom", Map.of("a", "b"))),
                Json.parse(new String(answer.invoked().payload(), StandardCharsets.UTF_8)));
        assertTrue(
                answer.trace()
                        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0"),
                answer.trace());
    }

    @Test
    void aNodeHandlerThatCannotBeLoadedIsNamed() throws Exception {
        node("f", "exports.other = async () => 1;\n");
        assertError(
                "Runtime.HandlerNotFound",
                "app.handler is undefined or not exported",
                lambda.failed("f", "{}"));

        node("needy", "require('nowhere');\n");
        Map<?, ?> error = lambda.failed("needy", "{}");
        assertEquals("Runtime.ImportModuleError", error.get("errorType"));
        assertTrue(
                error.get("errorMessage")
                        .toString()
                        .startsWith("Error: Cannot find module 'nowhere'"),
                error.toString());

        node("broken", "exports.handler = async () => {;\n");
        assertEquals(
                "Runtime.UserCodeSyntaxError", lambda.failed("broken", "{}").get("errorType"));
    }

    @Test
    void whatNobodyCatchesInNodeFailsTheEventAndEndsTheProcess() throws Exception {
        node("f", """
                exports.handler = (event) => new Promise((resolve) => {
                  if (event === 'promise') Promise.reject(new RangeError('boom'));
                  else if (event === 'timer') setTimeout(() => { throw new RangeError('bang'); }, 1);
                  else resolve(process.pid);
                });
                """);
        Json before = lambda.returned("f", "{}");
        assertError(
                "Runtime.UnhandledPromiseRejection",
                "RangeError: boom",
                lambda.failed("f", "\"promise\""));
        assertError("RangeError", "bang", lambda.failed("f", "\"timer\""));
        assertTrue(!before.equals(lambda.returned("f", "{}")), "the process is another one");
    }

    @Test
    void aNodeResultThatIsNoJsonIsAnError() throws Exception {
        node("f", "exports.handler = async () => { const a = {}; a.a = a; return a; };\n");
        assertError("Error", "Unable to stringify response body", lambda.failed("f", "{}"));
    }

    @Test
    void anErrorOfTheVirtualMachineEndsTheJavaProcess() throws Exception {
        lambda.create("f", "java21", "orders.Deep::call", JavaCode.zip(folder, "orders.Deep", """
                package orders;
                public class Deep {
                    private static int calls;
                    public int call(Object event) { return event instanceof String ? dive(0) : ++calls; }
                    private static int dive(int depth) { return dive(depth + 1) + 1; }
                }
                """));
        assertEquals(Json.parse("1"), lambda.returned("f", "{}"));
        assertEquals(
                "java.lang.StackOverflowError", lambda.failed("f", "\"down\"").get("errorType"));
        assertEquals(Json.parse("1"), lambda.returned("f", "{}"));
    }

    @Test
    void anAliasDividesItsCalls() throws Exception {
        String code = "def handler(event, context): return context.function_version\n";
        lambda.python(code);
        var administration = lambda.functions().administration();
        var name = LocalLambda.name("f");
        administration.publish(name, Optional.empty(), Optional.empty());
        administration.updateCode(
                name,
                Zip.of(Map.of("app.py", code + "# again\n")),
                Optional.empty(),
                Publication.AT_ONCE);
        administration.createAlias(name, "live", new AliasSettings("1", Map.of("2", 0.5), ""));

        var seen = new HashMap<String, Integer>();
        for (int call = 0; call < 60; call++) {
            seen.merge((String) lambda.returned("f:live", "{}").value(), 1, Integer::sum);
        }

        assertEquals(2, seen.size(), seen.toString());
        assertEquals(60, seen.get("1") + seen.get("2"), seen.toString());
    }

    private void node(String name, String code) throws Exception {
        assumeTrue(LocalLambda.isThere("node"), "no node on the PATH");
        lambda.create(name, "nodejs20.x", "app.handler", Zip.of(Map.of("app.js", code)));
    }

    private void python(String name, String handler, String code) throws Exception {
        lambda.create(name, "python3.12", handler, Zip.of(Map.of("app.py", code)));
    }

    private static void assertError(String type, String message, Map<?, ?> error) {
        assertEquals(type, error.get("errorType"), error.toString());
        assertEquals(message, error.get("errorMessage"));
    }
}
