package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mapwright.adapters.functions.FunctionAdministration.Publication;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.interpreter.Place;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The built-in Lambda with real processes.
class FunctionsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/r";
    private static final int TIMEOUT_SECONDS = 60;

    @TempDir
    Path folder;

    private KeyValueStore store;
    private Functions functions;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        functions = Functions.open(
                new Surroundings(
                        new SystemWorld(),
                        new Place("aws", "us-east-1", "123456789012"),
                        folder.resolve("functions"),
                        () -> Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
                        2),
                store,
                List.of());
    }

    @AfterEach
    void close() {
        functions.close();
        store.close();
    }

    @Test
    void aPythonFunctionSeesWhatLambdaTells() throws Exception {
        python("""
                import os
                def handler(event, context):
                    return {"event": event, "name": context.function_name, "arn": context.invoked_function_arn,
                            "memory": context.memory_limit_in_mb, "endpoint": os.environ["AWS_ENDPOINT_URL"],
                            "region": os.environ["AWS_REGION"], "cwd": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"],
                            "left": 0 < context.get_remaining_time_in_millis() <= 60000}
                """);
        assertEquals(Json.parse("""
                        {"event": {"ä": [1, null]}, "name": "f", "memory": "128",
                         "arn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                         "endpoint": "http://127.0.0.1:4566", "region": "us-east-1", "cwd": true, "left": true}
                        """), returned("f", "{\"ä\": [1, null]}"));
    }

    @Test
    void anExceptionIsAnErrorWithItsClassAndItsPlace() throws Exception {
        python("""
                class OrderError(Exception):
                    pass
                def handler(event, context):
                    raise OrderError("no stock")
                """);
        Map<?, ?> error = failed("f", "{}");
        assertEquals("OrderError", error.get("errorType"));
        assertEquals("no stock", error.get("errorMessage"));
        assertEquals(
                List.of("  File \"/var/task/app.py\", line 4, in handler\n"
                        + "    raise OrderError(\"no stock\")\n"),
                error.get("stackTrace"));
    }

    @Test
    void aModuleThatIsNotThereIsToldToTheCaller() throws Exception {
        python("import nowhere_to_be_found\n");
        Map<?, ?> error = failed("f", "{}");
        assertEquals("Runtime.ImportModuleError", error.get("errorType"));
        assertEquals(
                "Unable to import module 'app': No module named 'nowhere_to_be_found'",
                error.get("errorMessage"));
    }

    @Test
    void aFunctionThatTakesTooLongIsEndedAndTheNextEventGetsANewProcess() throws Exception {
        python("""
                import time
                def handler(event, context):
                    time.sleep(event["seconds"])
                    return "slept"
                """);
        functions
                .administration()
                .updateSettings(name("f"), one -> timeout(one, 1), Optional.empty());
        Map<?, ?> error = failed("f", "{\"seconds\": 30}");
        assertEquals("Sandbox.Timedout", error.get("errorType"));
        assertTrue(error.get("errorMessage")
                .toString()
                .matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds"));
        assertEquals(Json.parse("\"slept\""), returned("f", "{\"seconds\": 0}"));
    }

    @Test
    void aProcessThatEndsIsAnError() throws Exception {
        python("""
                import os
                def handler(event, context):
                    os._exit(event)
                """);
        Map<?, ?> error = failed("f", "3");
        assertEquals("Runtime.ExitError", error.get("errorType"));
        assertTrue(error.get("errorMessage")
                .toString()
                .endsWith("Error: Runtime exited with error: exit status 3"));
        assertTrue(failed("f", "0")
                .get("errorMessage")
                .toString()
                .endsWith("Error: Runtime exited without providing a reason"));
    }

    @Test
    void aResultBeyondSixMegabytesIsAnError() throws Exception {
        python("""
                def handler(event, context):
                    return "x" * event
                """);
        assertEquals(
                Map.of(
                        "errorType",
                        "Function.ResponseSizeTooLarge",
                        "errorMessage",
                        "Response payload size exceeded maximum allowed payload size (6291556 bytes)."),
                failed("f", "6291556"));
        assertEquals(3, ((String) returned("f", "3").value()).length());
    }

    @Test
    void printedLinesAreInTheLogAndItsTail() throws Exception {
        python("""
                def handler(event, context):
                    print("order", event)
                    raise KeyError("sku")
                """);
        Invoked invoked = functions.call(call("f", "17")).invoked();
        assertTrue(invoked.log().text().contains("\norder 17\n"), invoked.log().text());
        String log = Files.readString(folder.resolve("functions/logs/f.log"));
        assertTrue(log.startsWith("START RequestId: "), log);
        assertTrue(log.contains("\nREPORT RequestId: "), log);
    }

    @Test
    void processesGrowWithDemandToTheLimitAndAreUsedAgain() throws Exception {
        python("""
                import os, time
                def handler(event, context):
                    time.sleep(0.3)
                    return os.getpid()
                """);
        Callable<Json> one = () -> returned("f", "{}");
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long processes = callers.invokeAll(List.of(one, one, one, one, one)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .distinct()
                    .count();
            assertEquals(2, processes);
        }
    }

    @Test
    void reservedConcurrencyRefusesWhatIsBeyondIt() throws Exception {
        python("def handler(event, context): return 1\n");
        functions.administration().limitConcurrency(name("f"), OptionalInt.of(0));
        var refused = assertThrows(FunctionRefused.class, () -> functions.call(call("f", "{}")));
        assertEquals("TooManyRequestsException", refused.code().text());
        assertEquals("Rate Exceeded.", refused.getMessage());
    }

    @Test
    void aVersionStaysAsItWasPublished() throws Exception {
        python("def handler(event, context): return 'old'\n");
        var administration = functions.administration();
        assertEquals(
                "1",
                administration
                        .publish(name("f"), Optional.empty(), Optional.empty())
                        .version());
        assertEquals(
                "1",
                administration
                        .publish(name("f"), Optional.empty(), Optional.empty())
                        .version());
        administration.createAlias(name("f"), "live", "1", "");
        administration.updateCode(
                name("f"),
                Zip.of(Map.of("app.py", "def handler(event, context): return 'new'\n")),
                Optional.empty(),
                Publication.NONE);
        assertEquals(Json.parse("\"new\""), returned("f", "{}"));
        assertEquals(Json.parse("\"old\""), returned("f:live", "{}"));
        assertEquals(
                Json.parse("\"old\""),
                returned("arn:aws:lambda:us-east-1:123456789012:function:f:1", "{}"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        var refused = assertThrows(
                FunctionRefused.class,
                () -> functions.call(call("123456789012:function:g:7", "{}")));
        assertEquals("ResourceNotFoundException", refused.code().text());
        assertEquals(
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:g:7",
                refused.getMessage());
    }

    @Test
    void functionsOutliveTheServer() throws Exception {
        python("def handler(event, context): return 'still here'\n");
        close();
        open();
        assertEquals(Json.parse("\"still here\""), returned("f", "{}"));
    }

    @Test
    void anEventIsDeliveredWithoutACallerThatWaits() throws Exception {
        Path seen = folder.resolve("seen");
        python("def handler(event, context): open(event, 'w').close()\n");
        functions.send(call("f", Json.of(seen.toString()).text()));
        while (!Files.exists(seen)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nodeFunctionsReturnPromisesOrCallBack() throws Exception {
        assumeTrue(isThere("node"), "no node on the PATH");
        create("modern", "nodejs20.x", "app.handler", Zip.of(Map.of("app.mjs", """
                export const handler = async (event, context) => ({ event, name: context.functionName });
                """)));
        create("older", "nodejs20.x", "src/app.handler", Zip.of(Map.of("src/app.js", """
                exports.handler = (event, context, callback) => setTimeout(() => callback(null, event.n + 1), 5);
                """)));
        assertEquals(
                Json.parse("{\"event\": {\"a\": \"ü\"}, \"name\": \"modern\"}"),
                returned("modern", "{\"a\": \"ü\"}"));
        assertEquals(Json.parse("42"), returned("older", "{\"n\": 41}"));
    }

    @Test
    void nodeErrorsHaveTheNameThatTheirAuthorGave() throws Exception {
        assumeTrue(isThere("node"), "no node on the PATH");
        create("f", "nodejs20.x", "app.handler", Zip.of(Map.of("app.js", """
                class OrderError extends Error { constructor(m) { super(m); this.name = 'OrderError'; } }
                exports.handler = async (event) => { if (event === 1) throw 'just text'; throw new OrderError('no stock'); };
                """)));
        Map<?, ?> error = failed("f", "{}");
        assertEquals("OrderError", error.get("errorType"));
        assertEquals("no stock", error.get("errorMessage"));
        List<?> trace = (List<?>) error.get("trace");
        assertEquals("OrderError: no stock", trace.getFirst());
        assertTrue(trace.get(1).toString().contains("/var/task/app.js:2"), trace.toString());
        assertEquals(
                Map.of("errorType", "string", "errorMessage", "just text", "trace", List.of()),
                failed("f", "1"));
    }

    @Test
    void javaFunctionsRunWithLambdasOwnClient() throws Exception {
        create(
                "f",
                "java21",
                "orders.Orders::handleRequest",
                JavaCode.zip(folder, "orders.Orders", """
                package orders;
                import com.amazonaws.services.lambda.runtime.Context;
                import com.amazonaws.services.lambda.runtime.RequestHandler;
                import java.util.Map;
                public class Orders implements RequestHandler<Map<String, Object>, Map<String, Object>> {
                    public static class OrderError extends RuntimeException {
                        OrderError(String message) { super(message); }
                    }
                    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
                        context.getLogger().log("order " + event.get("id"));
                        if (event.containsKey("fail")) throw new OrderError("no stock");
                        return Map.of("id", event.get("id"), "function", context.getFunctionName());
                    }
                }
                """));
        assertEquals(Json.parse("{\"id\": 7, \"function\": \"f\"}"), returned("f", "{\"id\": 7}"));
        Map<?, ?> error = failed("f", "{\"fail\": true}");
        assertEquals("orders.Orders$OrderError", error.get("errorType"));
        assertEquals("no stock", error.get("errorMessage"));
        assertTrue(Files.readString(folder.resolve("functions/logs/f.log")).contains("order 7"));
    }

    @Test
    void aJavaProcessTakesOneEventAfterTheOther() throws Exception {
        create("f", "java21", "orders.Count::next", JavaCode.zip(folder, "orders.Count", """
                package orders;
                public class Count {
                    private static int calls;
                    public int next(Object event) { return ++calls; }
                }
                """));
        assertEquals(Json.parse("1"), returned("f", "{}"));
        assertEquals(Json.parse("2"), returned("f", "{}"));
        assertEquals(Json.parse("3"), returned("f", "{}"));
    }

    @Test
    void anExecutableBootstrapSpeaksTheApiItself() throws Exception {
        assumeTrue(isThere("curl"), "no curl on the PATH");
        create("f", "provided.al2023", "unused", Zip.executable(folder, "bootstrap", """
                #!/bin/sh
                api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
                while event=$(curl -s -D headers.$$ $api/next); do
                    id=$(tr -d '\\r' <headers.$$ | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
                    curl -s -d "{\\"echo\\": $event}" $api/$id/response >/dev/null
                done
                """));
        assertEquals(Json.parse("{\"echo\": [1, 2]}"), returned("f", "[1, 2]"));
        assertEquals(Json.parse("{\"echo\": 3}"), returned("f", "3"));
    }

    @Test
    void aBootstrapThatIsNotThereIsNamed() throws Exception {
        create("f", "provided.al2023", "unused", Zip.of(Map.of("readme", "nothing")));
        Map<?, ?> error = failed("f", "{}");
        assertEquals("Runtime.InvalidEntrypoint", error.get("errorType"));
        assertTrue(error.get("errorMessage")
                .toString()
                .endsWith("Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap]"));
    }

    @Test
    void somethingThatIsNoZipFileIsRefused() {
        var refused = assertThrows(
                FunctionRefused.class,
                () -> create(
                        "f",
                        "python3.12",
                        "app.handler",
                        "no zip".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "Could not unzip uploaded file. Please check your file, then try to upload again.",
                refused.getMessage());
    }

    private void python(String code) throws Exception {
        assumeTrue(isThere("python3"), "no python3 on the PATH");
        create("f", "python3.12", "app.handler", Zip.of(Map.of("app.py", code)));
    }

    private void create(String name, String runtime, String handler, byte[] zip) throws Exception {
        var settings = new FunctionSettings(
                runtime, handler, ROLE, "", TIMEOUT_SECONDS, 128, Map.of(), Map.of());
        functions.administration().create(name(name), settings, zip, Map.of(), Publication.NONE);
    }

    private static FunctionSettings timeout(FunctionSettings before, int seconds) {
        return new FunctionSettings(
                before.runtime(),
                before.handler(),
                before.role(),
                before.description(),
                seconds,
                before.memoryMegabytes(),
                before.environment(),
                before.others());
    }

    private Json returned(String function, String event) throws Exception {
        Invoked invoked = functions.call(call(function, event)).invoked();
        var returned = assertInstanceOf(
                Invoked.Returned.class,
                invoked,
                () -> text(invoked) + invoked.log().text());
        return Json.parse(text(returned));
    }

    private Map<?, ?> failed(String function, String event) throws Exception {
        Invoked invoked = functions.call(call(function, event)).invoked();
        assertInstanceOf(Invoked.Failed.class, invoked, () -> text(invoked));
        return (Map<?, ?>) Json.parse(text(invoked)).value();
    }

    private static String text(Invoked invoked) {
        return new String(invoked.payload(), StandardCharsets.UTF_8);
    }

    private static FunctionCall call(String function, String event) {
        return new FunctionCall(
                function,
                Optional.empty(),
                event.getBytes(StandardCharsets.UTF_8),
                Optional.empty());
    }

    private static FunctionName name(String text) throws FunctionRefused {
        return FunctionName.of(text, Optional.empty());
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
