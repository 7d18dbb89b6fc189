package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The built-in Lambda with real processes, two of each function.
final class LocalLambda implements AutoCloseable {
    private static final String ROLE = "arn:aws:iam::123456789012:role/r";
    private static final int TIMEOUT_SECONDS = 60;

    private final KeyValueStore store;
    private final Functions functions;

    LocalLambda(Path folder) throws Exception {
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

    Functions functions() {
        return functions;
    }

    @Override
    public void close() {
        functions.close();
        store.close();
    }

    void python(String code) throws Exception {
        assumeTrue(isThere("python3"), "no python3 on the PATH");
        create("f", "python3.12", "app.handler", Zip.of(Map.of("app.py", code)));
    }

    void create(String name, String runtime, String handler, byte[] zip) throws Exception {
        create(name, runtime, handler, zip, Map.of());
    }

    void create(
            String name,
            String runtime,
            String handler,
            byte[] zip,
            Map<String, String> environment)
            throws Exception {
        var settings = new FunctionSettings(
                runtime, handler, ROLE, "", TIMEOUT_SECONDS, 128, environment, Map.of());
        functions.administration().create(name(name), settings, zip, Map.of(), Publication.NONE);
    }

    Json returned(String function, String event) throws Exception {
        Invoked invoked = functions.call(call(function, event)).invoked();
        var returned = assertInstanceOf(
                Invoked.Returned.class,
                invoked,
                () -> text(invoked) + invoked.log().text());
        return Json.parse(text(returned));
    }

    Map<?, ?> failed(String function, String event) throws Exception {
        Invoked invoked = functions.call(call(function, event)).invoked();
        assertInstanceOf(Invoked.Failed.class, invoked, () -> text(invoked));
        return (Map<?, ?>) Json.parse(text(invoked)).value();
    }

    static String text(Invoked invoked) {
        return new String(invoked.payload(), StandardCharsets.UTF_8);
    }

    static FunctionCall call(String function, String event) {
        return new FunctionCall(
                function,
                Optional.empty(),
                event.getBytes(StandardCharsets.UTF_8),
                Optional.empty());
    }

    static FunctionName name(String text) throws FunctionRefused {
        return FunctionName.of(text, Optional.empty());
    }

    static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
