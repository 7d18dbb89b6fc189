package dev.mapwright.benchmarks;

import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionCode;
import dev.mapwright.adapters.functions.FunctionSettings;
import dev.mapwright.adapters.functions.Functions;
import dev.mapwright.adapters.functions.Surroundings;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.interpreter.Place;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One function without an engine.
final class BareFunction implements AutoCloseable {
    /// As many as the machines that the bars are about have processors.
    static final int PROCESSES = 2;

    private static final int CALLERS = 64;
    private static final int TIMEOUT_SECONDS = 60;
    private static final int MEMORY_MEGABYTES = 128;

    private static final byte[] EVENT =
            "{\"orderNumber\":\"17\",\"totalPrice\":\"12.50\"}".getBytes(StandardCharsets.UTF_8);

    private final KeyValueStore store;
    private final Functions functions;

    BareFunction(Workbench workbench, String runtime, String handler, FunctionCode code)
            throws Exception {
        var settings = new FunctionSettings(
                runtime,
                handler,
                "role",
                "",
                TIMEOUT_SECONDS,
                MEMORY_MEGABYTES,
                Map.of(),
                Map.of());
        Path folder = workbench.folder().resolve("bare");
        store = KeyValueStore.open(folder.resolve("store"), KeyValueStore.Durability.OS);
        functions = Functions.open(
                new Surroundings(
                        new SystemWorld(),
                        new Place("aws", "us-east-1", "123456789012"),
                        folder,
                        Map::of,
                        PROCESSES),
                store,
                List.of(Function.declared(
                        "echo", settings, code, Instant.EPOCH, OptionalInt.empty())));
    }

    /// As many events, from a few callers at once.
    void call(int events) throws Exception {
        var calls = new ArrayList<Future<?>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                int share = events / CALLERS + (caller < events % CALLERS ? 1 : 0);
                calls.add(callers.submit(() -> {
                    for (int event = 0; event < share; event++) {
                        call();
                    }
                    return share;
                }));
            }
        }
        for (Future<?> each : calls) {
            each.get();
        }
    }

    private void call() throws FunctionRefused, InterruptedException {
        var call = new FunctionCall("echo", Optional.empty(), EVENT, Optional.empty());
        if (functions.call(call).invoked() instanceof Invoked.Failed(byte[] error, var _)) {
            throw new IllegalStateException(new String(error, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        functions.close();
        store.close();
    }
}
