package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mapwright.adapters.functions.FunctionAdministration.Publication;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The built-in Lambda with real processes.
class FunctionsTest {
    @TempDir
    Path folder;

    private LocalLambda lambda;
    private Functions functions;

    @BeforeEach
    void open() throws Exception {
        lambda = new LocalLambda(folder);
        functions = lambda.functions();
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void aPythonFunctionSeesWhatLambdaTells() throws Exception {
        lambda.python("""
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
                        """), lambda.returned("f", "{\"ä\": [1, null]}"));
    }

    @Test
    void anExceptionIsAnErrorWithItsClassAndItsPlace() throws Exception {
        lambda.python("""
                class OrderError(Exception):
                    pass
                def handler(event, context):
                    raise OrderError("no stock")
                """);
        Map<?, ?> error = lambda.failed("f", "{}");
        assertEquals("OrderError", error.get("errorType"));
        assertEquals("no stock", error.get("errorMessage"));
        assertEquals(
                List.of("  File \"/var/task/app.py\", line 4, in handler\n"
                        + "    raise OrderError(\"no stock\")\n"),
                error.get("stackTrace"));
    }

    @Test
    void aModuleThatIsNotThereIsToldToTheCaller() throws Exception {
        lambda.python("import nowhere_to_be_found\n");
        Map<?, ?> error = lambda.failed("f", "{}");
        assertEquals("Runtime.ImportModuleError", error.get("errorType"));
        assertEquals(
                "Unable to import module 'app': No module named 'nowhere_to_be_found'",
                error.get("errorMessage"));
    }

    @Test
    void aFunctionThatTakesTooLongIsEndedAndTheNextEventGetsANewProcess() throws Exception {
        lambda.python("""
                import time
                def handler(event, context):
                    time.sleep(event["seconds"])
                    return "slept"
                """);
        functions
                .administration()
                .updateSettings(LocalLambda.name("f"), one -> timeout(one, 5), Optional.empty());
        Map<?, ?> error = lambda.failed("f", "{\"seconds\": 600}");
        assertEquals("Sandbox.Timedout", error.get("errorType"));
        assertTrue(error.get("errorMessage")
                .toString()
                .matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 5.00 seconds"));
        assertEquals(Json.parse("\"slept\""), lambda.returned("f", "{\"seconds\": 0}"));
    }

    @Test
    void aProcessThatEndsIsAnError() throws Exception {
        lambda.python("""
                import os
                def handler(event, context):
                    os._exit(event)
                """);
        Map<?, ?> error = lambda.failed("f", "3");
        assertEquals("Runtime.ExitError", error.get("errorType"));
        assertTrue(error.get("errorMessage")
                .toString()
                .endsWith("Error: Runtime exited with error: exit status 3"));
        assertTrue(lambda.failed("f", "0")
                .get("errorMessage")
                .toString()
                .endsWith("Error: Runtime exited without providing a reason"));
    }

    @Test
    void aResultBeyondSixMegabytesIsAnError() throws Exception {
        lambda.python("""
                def handler(event, context):
                    return "x" * event
                """);
        assertEquals(
                Map.of(
                        "errorType",
                        "Function.ResponseSizeTooLarge",
                        "errorMessage",
                        "Response payload size exceeded maximum allowed payload size (6291556 bytes)."),
                lambda.failed("f", "6291556"));
        assertEquals(3, ((String) lambda.returned("f", "3").value()).length());
    }

    @Test
    void printedLinesAreInTheLogAndItsTail() throws Exception {
        lambda.python("""
                def handler(event, context):
                    print("order", event)
                    raise KeyError("sku")
                """);
        Invoked invoked = functions.call(LocalLambda.call("f", "17")).invoked();
        assertTrue(invoked.log().text().contains("\norder 17\n"), invoked.log().text());
        String log = Files.readString(folder.resolve("functions/logs/f.log"));
        assertTrue(log.startsWith("START RequestId: "), log);
        assertTrue(log.contains("\nREPORT RequestId: "), log);
    }

    @Test
    void processesGrowWithDemandToTheLimitAndAreUsedAgain() throws Exception {
        Path seen = Files.createDirectory(folder.resolve("seen"));
        lambda.python("""
                import os, time
                def handler(event, context):
                    open(os.path.join(event, str(os.getpid())), "w").close()
                    while len(os.listdir(event)) < 2:
                        time.sleep(0.01)
                    return os.getpid()
                """);
        Callable<Json> one = () -> lambda.returned("f", Json.of(seen.toString()).text());
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
        lambda.python("def handler(event, context): return 1\n");
        functions.administration().limitConcurrency(LocalLambda.name("f"), OptionalInt.of(0));
        var refused = assertThrows(
                FunctionRefused.class, () -> functions.call(LocalLambda.call("f", "{}")));
        assertEquals("TooManyRequestsException", refused.code().text());
        assertEquals("Rate Exceeded.", refused.getMessage());
    }

    @Test
    void aVersionStaysAsItWasPublished() throws Exception {
        lambda.python("def handler(event, context): return 'old'\n");
        var administration = functions.administration();
        assertEquals(
                "1",
                administration
                        .publish(LocalLambda.name("f"), Optional.empty(), Optional.empty())
                        .version());
        assertEquals(
                "1",
                administration
                        .publish(LocalLambda.name("f"), Optional.empty(), Optional.empty())
                        .version());
        administration.createAlias(
                LocalLambda.name("f"), "live", new AliasSettings("1", Map.of(), ""));
        administration.updateCode(
                LocalLambda.name("f"),
                Zip.of(Map.of("app.py", "def handler(event, context): return 'new'\n")),
                Optional.empty(),
                Publication.NONE);
        assertEquals(Json.parse("\"new\""), lambda.returned("f", "{}"));
        assertEquals(Json.parse("\"old\""), lambda.returned("f:live", "{}"));
        assertEquals(
                Json.parse("\"old\""),
                lambda.returned("arn:aws:lambda:us-east-1:123456789012:function:f:1", "{}"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        var refused = assertThrows(
                FunctionRefused.class,
                () -> functions.call(LocalLambda.call("123456789012:function:g:7", "{}")));
        assertEquals("ResourceNotFoundException", refused.code().text());
        assertEquals(
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:g:7",
                refused.getMessage());
    }

    @Test
    void functionsOutliveTheServer() throws Exception {
        lambda.python("def handler(event, context): return 'still here'\n");
        close();
        open();
        assertEquals(Json.parse("\"still here\""), lambda.returned("f", "{}"));
    }

    @Test
    void anEventIsDeliveredWithoutACallerThatWaits() throws Exception {
        Path seen = folder.resolve("seen");
        lambda.python("def handler(event, context): open(event, 'w').close()\n");
        functions.send(LocalLambda.call("f", Json.of(seen.toString()).text()));
        while (!Files.exists(seen)) {
            Thread.sleep(5);
        }
    }

    @Test
    void nodeFunctionsReturnPromisesOrCallBack() throws Exception {
        assumeTrue(LocalLambda.isThere("node"), "no node on the PATH");
        lambda.create("modern", "nodejs20.x", "app.handler", Zip.of(Map.of("app.mjs", """
                export const handler = async (event, context) => ({ event, name: context.functionName });
                """)));
        lambda.create("older", "nodejs20.x", "src/app.handler", Zip.of(Map.of("src/app.js", """
                exports.handler = (event, context, callback) => setTimeout(() => callback(null, event.n + 1), 5);
                """)));
        assertEquals(
                Json.parse("{\"event\": {\"a\": \"ü\"}, \"name\": \"modern\"}"),
                lambda.returned("modern", "{\"a\": \"ü\"}"));
        assertEquals(Json.parse("42"), lambda.returned("older", "{\"n\": 41}"));
    }

    @Test
    void nodeErrorsHaveTheNameThatTheirAuthorGave() throws Exception {
        assumeTrue(LocalLambda.isThere("node"), "no node on the PATH");
        lambda.create("f", "nodejs20.x", "app.handler", Zip.of(Map.of("app.js", """
                class OrderError extends Error { constructor(m) { super(m); this.name = 'OrderError'; } }
                exports.handler = async (event) => { if (event === 1) throw 'just text'; throw new OrderError('no stock'); };
                """)));
        Map<?, ?> error = lambda.failed("f", "{}");
        assertEquals("OrderError", error.get("errorType"));
        assertEquals("no stock", error.get("errorMessage"));
        List<?> trace = (List<?>) error.get("trace");
        assertEquals("OrderError: no stock", trace.getFirst());
        assertTrue(trace.get(1).toString().contains("/var/task/app.js:2"), trace.toString());
        assertEquals(
                Map.of("errorType", "string", "errorMessage", "just text", "trace", List.of()),
                lambda.failed("f", "1"));
    }

    @Test
    void javaFunctionsRunWithLambdasOwnClient() throws Exception {
        lambda.create(
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
        assertEquals(
                Json.parse("{\"id\": 7, \"function\": \"f\"}"),
                lambda.returned("f", "{\"id\": 7}"));
        Map<?, ?> error = lambda.failed("f", "{\"fail\": true}");
        assertEquals("orders.Orders$OrderError", error.get("errorType"));
        assertEquals("no stock", error.get("errorMessage"));
        awaitLogged("order 7");
    }

    @Test
    void javaProcessesShareNoFileOfTheMachine() throws Exception {
        lambda.create(
                "f", "java21", "orders.Loaded::path", JavaCode.zip(folder, "orders.Loaded", """
                package orders;
                import java.nio.file.*;
                import java.util.Map;
                public class Loaded {
                    public boolean path(Map<String, Object> event) throws Exception {
                        return Files.readString(Path.of("/proc/self/maps")).contains("/tmp/.libaws-lambda-jni.so");
                    }
                }
                """));
        assertEquals(Json.parse("false"), lambda.returned("f", "{}"));
    }

    /// Lines reach the log through a pipe, in their own time.
    private void awaitLogged(String text) throws Exception {
        Path log = folder.resolve("functions/logs/f.log");
        Instant patience = Instant.now().plusSeconds(300);
        while (!Files.readString(log).contains(text) && Instant.now().isBefore(patience)) {
            Thread.sleep(10);
        }
        assertTrue(Files.readString(log).contains(text), () -> text + " is not in " + log);
    }

    @Test
    void aJavaProcessTakesOneEventAfterTheOther() throws Exception {
        lambda.create(
                "f", "java21", "orders.Count::next", JavaCode.zip(folder, "orders.Count", """
                package orders;
                public class Count {
                    private static int calls;
                    public int next(Object event) { return ++calls; }
                }
                """));
        assertEquals(Json.parse("1"), lambda.returned("f", "{}"));
        assertEquals(Json.parse("2"), lambda.returned("f", "{}"));
        assertEquals(Json.parse("3"), lambda.returned("f", "{}"));
    }

    @Test
    void anExecutableBootstrapSpeaksTheApiItself() throws Exception {
        assumeTrue(LocalLambda.isThere("curl"), "no curl on the PATH");
        lambda.create("f", "provided.al2023", "unused", Zip.executable(folder, "bootstrap", """
                #!/bin/sh
                api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
                while event=$(curl -s -D headers.$$ $api/next); do
                    id=$(tr -d '\\r' <headers.$$ | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
                    curl -s -d "{\\"echo\\": $event}" $api/$id/response >/dev/null
                done
                """));
        assertEquals(Json.parse("{\"echo\": [1, 2]}"), lambda.returned("f", "[1, 2]"));
        assertEquals(Json.parse("{\"echo\": 3}"), lambda.returned("f", "3"));
    }

    @Test
    void aBootstrapThatIsNotThereIsNamed() throws Exception {
        lambda.create("f", "provided.al2023", "unused", Zip.of(Map.of("readme", "nothing")));
        Map<?, ?> error = lambda.failed("f", "{}");
        assertEquals("Runtime.InvalidEntrypoint", error.get("errorType"));
        assertTrue(error.get("errorMessage")
                .toString()
                .endsWith("Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap]"));
    }

    @Test
    void somethingThatIsNoZipFileIsRefused() {
        var refused = assertThrows(
                FunctionRefused.class,
                () -> lambda.create(
                        "f",
                        "python3.12",
                        "app.handler",
                        "no zip".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "Could not unzip uploaded file. Please check your file, then try to upload again.",
                refused.getMessage());
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
}
