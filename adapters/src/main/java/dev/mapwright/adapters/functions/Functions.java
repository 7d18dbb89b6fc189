package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.Trace;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// The built-in Lambda.
public final class Functions implements FunctionCalls {
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    public static final int PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;

    /// Processes that were not used for so long are ended.
    private static final Duration IDLE_MAX = Duration.ofMinutes(5);

    private static final Duration IDLE_LOOK = Duration.ofSeconds(30);
    private static final byte[] NO_EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    private final World world;
    private final Place place;
    private final Catalog catalog;
    private final Invokers invokers;
    private final FunctionAdministration administration;
    private final EventQueue events;
    private final Strand rest;

    /// Invocations under way, of each function that was ever called.
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    private Functions(
            Surroundings surroundings, KeyValueStore store, Catalog catalog, CodeFolders folders)
            throws IOException {
        this.world = surroundings.world();
        this.place = surroundings.place();
        this.catalog = catalog;
        this.invokers = new Invokers(surroundings, folders);
        this.administration = new FunctionAdministration(catalog, folders, invokers, surroundings);
        this.events = new EventQueue(
                store, world, (call, id) -> call(call, id, Instant.MAX).orElseThrow());
        this.rest = world.start("functions at rest", this::rest);
    }

    /// @param declared those of the configuration
    public static Functions open(
            Surroundings surroundings, KeyValueStore store, List<Function> declared)
            throws IOException {
        var folders = new CodeFolders(surroundings.folder().resolve("code"));
        var catalog = new Catalog(store, declared);
        folders.retain(catalog.stored().stream()
                .flatMap(Function::versions)
                .map(FunctionVersion::code)
                .filter(FunctionCode.Uploaded.class::isInstance)
                .map(code -> ((FunctionCode.Uploaded) code).sha256())
                .collect(Collectors.toSet()));
        return new Functions(surroundings, store, catalog, folders);
    }

    public FunctionAdministration administration() {
        return administration;
    }

    /// Takes up the events that a former process left. Their functions may call this server, so it
    /// has to answer by now.
    public void resume() {
        events.resume();
    }

    @Override
    public Optional<FunctionAnswer> call(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException {
        return call(call, world.uuid(), until);
    }

    private Optional<FunctionAnswer> call(FunctionCall call, UUID id, Instant until)
            throws FunctionRefused, InterruptedException {
        FunctionName name = FunctionName.of(call.function(), call.qualifier());
        FunctionAdministration.Found found = administration.draw(name);
        String arn = administration.arn(name.name(), name.qualifier());
        requireSize(call.payload());
        Function function = found.function();
        AtomicInteger count = underWay.computeIfAbsent(function.name(), _ -> new AtomicInteger());
        int others = count.getAndIncrement();
        try {
            if (function.concurrency().isPresent()
                    && others >= function.concurrency().getAsInt()) {
                throw new FunctionRefused(Code.TOO_MANY_REQUESTS, "Rate Exceeded.");
            }
            String requestId = id.toString();
            String trace = Trace.header(id, world.now());
            var invocation = new Invocation(
                    requestId,
                    trace,
                    arn,
                    call.payload().length == 0 ? NO_EVENT : call.payload(),
                    call.clientContext());
            Optional<Invoked> invoked =
                    invokers.of(function, found.version()).invoke(invocation, until);
            return invoked.map(answer ->
                    new FunctionAnswer(answer, requestId, trace, found.version().version()));
        } finally {
            count.decrementAndGet();
        }
    }

    private static void requireSize(byte[] payload) throws FunctionRefused {
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw new FunctionRefused(
                    Code.REQUEST_TOO_LARGE,
                    "Request must be smaller than %d bytes for the InvokeFunction operation"
                            .formatted(PAYLOAD_BYTES_MAX));
        }
    }

    /// Takes no longer than the disk.
    @Override
    public Optional<String> send(FunctionCall call, Instant until)
            throws FunctionRefused, InterruptedException {
        administration.find(FunctionName.of(call.function(), call.qualifier()));
        return Optional.of(events.add(call));
    }

    private void rest() throws InterruptedException {
        while (true) {
            world.sleepUntil(world.now().plus(IDLE_LOOK));
            invokers.rest(world.now().minus(IDLE_MAX));
        }
    }

    /// Ends all processes.
    @Override
    public void close() {
        rest.cancel();
        events.close();
        invokers.close();
    }
}
