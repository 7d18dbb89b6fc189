package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Functions of the configuration, here as classes in this process.
class DeclaredFunctionsTest {
    private static final String SOURCE = """
            package orders;
            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;
            import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
            import java.io.*;
            import java.util.*;
            public class Orders implements RequestHandler<Orders.Order, Orders.Order> {
                public static class Order {
                    private String id;
                    private int count;
                    public String getId() { return id; }
                    public void setId(String id) { this.id = id; }
                    public int getCount() { return count; }
                    public void setCount(int count) { this.count = count; }
                }
                public Order handleRequest(Order order, Context context) {
                    order.setCount(order.getCount() + 1);
                    order.setId(context.getFunctionName() + "/" + order.getId());
                    return order;
                }
                public List<Integer> twice(List<Integer> numbers) {
                    return numbers.stream().map(n -> n * 2).toList();
                }
                public String fail(Map<String, Object> event) {
                    throw new IllegalArgumentException("no " + event.get("sku"));
                }
                public String sleep(Map<String, Object> event) throws InterruptedException {
                    Thread.sleep(60_000);
                    return "awake";
                }
                public static class Streams implements RequestStreamHandler {
                    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                        in.transferTo(out);
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private KeyValueStore store;
    private Functions functions;

    @BeforeEach
    void open() throws Exception {
        Path classes = JavaCode.folder(folder, "orders.Orders", SOURCE);
        store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        functions = Functions.open(
                new Surroundings(
                        new SystemWorld(),
                        new Place("aws", "us-east-1", "123456789012"),
                        folder.resolve("functions"),
                        Map::of,
                        2),
                store,
                List.of(
                        declared("orders", "orders.Orders", classes),
                        declared("twice", "orders.Orders::twice", classes),
                        declared("fail", "orders.Orders::fail", classes),
                        declared("sleep", "orders.Orders::sleep", classes),
                        declared("streams", "orders.Orders$Streams", classes),
                        declared("absent", "orders.Absent", classes)));
    }

    @AfterEach
    void close() {
        functions.close();
        store.close();
    }

    @Test
    void aRequestHandlerGetsItsOwnTypesAndTheContext() throws Exception {
        assertEquals(
                Json.parse("{\"id\": \"orders/a\", \"count\": 3}"),
                returned("orders", "{\"id\": \"a\", \"count\": 2}"));
    }

    @Test
    void aPlainMethodIsEnough() throws Exception {
        assertEquals(Json.parse("[2, 4]"), returned("twice", "[1, 2]"));
    }

    @Test
    void aStreamHandlerSeesTheBytes() throws Exception {
        assertEquals(Json.parse("{\"ü\": null}"), returned("streams", "{\"ü\": null}"));
    }

    @Test
    void anExceptionIsAnErrorWithItsFullName() throws Exception {
        Map<?, ?> error = failed("fail", "{\"sku\": \"x\"}");
        assertEquals("java.lang.IllegalArgumentException", error.get("errorType"));
        assertEquals("no x", error.get("errorMessage"));
        assertEquals(List.of("orders.Orders.fail(Orders.java:25)"), error.get("stackTrace"));
    }

    @Test
    void aClassThatIsNotThereIsAnError() throws Exception {
        Map<?, ?> error = failed("absent", "{}");
        assertEquals("java.lang.ClassNotFoundException", error.get("errorType"));
        assertEquals("Class not found: orders.Absent", error.get("errorMessage"));
    }

    @Test
    void oneThatTakesTooLongIsGivenUp() throws Exception {
        assertEquals("Sandbox.Timedout", failed("sleep", "{}").get("errorType"));
    }

    @Test
    void whatTheConfigurationDeclaresIsChangedThere() {
        var refused = assertThrows(FunctionRefused.class, () -> functions
                .administration()
                .delete(FunctionName.of("orders", Optional.empty())));
        assertEquals(
                "The function orders is declared in the configuration file of the server. Change it there.",
                refused.getMessage());
    }

    private static Function declared(String name, String handler, Path classes) {
        var settings = new FunctionSettings(
                "java25",
                handler,
                "role",
                "",
                handler.endsWith("sleep") ? 1 : 60,
                128,
                Map.of(),
                Map.of());
        return Function.declared(
                name,
                settings,
                new FunctionCode.InProcess(Optional.of(classes)),
                Instant.EPOCH,
                OptionalInt.empty());
    }

    private Json returned(String function, String event) throws Exception {
        Invoked invoked = invoke(function, event);
        assertInstanceOf(Invoked.Returned.class, invoked, () -> text(invoked));
        return Json.parse(text(invoked));
    }

    private Map<?, ?> failed(String function, String event) throws Exception {
        Invoked invoked = invoke(function, event);
        assertInstanceOf(Invoked.Failed.class, invoked, () -> text(invoked));
        return (Map<?, ?>) Json.parse(text(invoked)).value();
    }

    private Invoked invoke(String function, String event) throws Exception {
        return functions
                .call(new FunctionCall(
                        function,
                        Optional.empty(),
                        event.getBytes(StandardCharsets.UTF_8),
                        Optional.empty()))
                .invoked();
    }

    private static String text(Invoked invoked) {
        return new String(invoked.payload(), StandardCharsets.UTF_8);
    }
}
