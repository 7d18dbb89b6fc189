package dev.mapwright.benchmarks;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.store.embedded.EmbeddedStore;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionEnded;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionStarted;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.StateEntered;
import dev.mapwright.engine.journal.HistoryEvent.StateExited;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.RunLine;
import dev.mapwright.engine.store.Store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// How much passes through the embedded store alone, without an engine: commits of 1 KB, and
/// children of map runs as the engine writes them. Prints a line per case: what, durability, per
/// second, and the processor time of all threads, which a busy machine distorts less.
///
/// Arguments: a folder to measure in (its file system matters), and the seconds per case.
public final class StoreThroughput {
    private static final int COMMITTERS = 1_000;
    private static final int CHILDREN_AT_ONCE = 1_000;
    private static final String MACHINE =
            "arn:aws:states:us-east-1:123456789012:stateMachine:orders/Each";
    private static final String RUN =
            "arn:aws:states:us-east-1:123456789012:mapRun:orders/Each:0f3a1f5e-6a52-4c0c-9f0e-6f4f3b2a1c0d";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Json INPUT = Json.ofText("{\"id\":\"" + "i".repeat(190) + "\"}");
    private static final Json OUTPUT = Json.ofText("{\"ok\":\"" + "o".repeat(90) + "\"}");

    private final Path folder;
    private final long nanos;

    private StoreThroughput(Path folder, long seconds) {
        this.folder = folder;
        this.nanos = seconds * 1_000_000_000;
    }

    /// One round of work for a strand; the number tells it apart from all others.
    private interface Round {
        void run(long number) throws InterruptedException;
    }

    public static void main(String[] arguments) throws Exception {
        var measure = new StoreThroughput(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        for (Durability durability : Durability.values()) {
            measure.commits(durability);
            for (Type type : Type.values()) {
                measure.children(durability, type);
            }
        }
    }

    private void commits(Durability durability) throws Exception {
        with(durability, store -> {
            var space = store.space("commits");
            byte[] value = new byte[1024];
            measure(
                    "commits of 1 KB",
                    durability,
                    COMMITTERS,
                    number -> store.commit(new Batch()
                            .put(space, ByteBuffer.allocate(8).putLong(number).array(), value)));
        });
    }

    private void children(Durability durability, Type type) throws Exception {
        with(durability, keyValues -> {
            var store = new EmbeddedStore(keyValues);
            measure(
                    type + " children",
                    durability,
                    CHILDREN_AT_ONCE,
                    number -> live(store, type, number));
        });
    }

    /// A child with one Pass state: its dispatch is awaited, its end is not, as in a map run.
    private static void live(Store store, Type type, long batch) throws InterruptedException {
        Execution child = child(type, batch);
        var dispatch = new ArrayList<Change>();
        dispatch.add(new Change.AppendRun(RUN, List.of(new RunLine(2 * batch + 1, new byte[40]))));
        dispatch.add(new Change.PutExecution(child));
        if (type == Type.STANDARD) {
            dispatch.add(append(
                    child,
                    line(
                            1,
                            new ExecutionStarted(
                                    INPUT, "arn:role", Optional.empty(), Optional.empty()))));
        }
        store.write(dispatch).await();
        var end = new ArrayList<Change>();
        if (type == Type.STANDARD) {
            end.add(append(
                    child,
                    line(2, new StateEntered(Kind.PASS, "P", INPUT)),
                    line(3, new StateExited(Kind.PASS, "P", OUTPUT, Map.of(), Optional.empty())),
                    line(4, new ExecutionEnded(new Ending.Succeeded(OUTPUT)))));
        }
        end.add(new Change.PutExecution(child.ended(
                Status.SUCCEEDED, START.plusMillis(5), Optional.of(OUTPUT), Optional.empty())));
        end.add(new Change.AppendRun(RUN, List.of(new RunLine(2 * batch + 2, new byte[20]))));
        Receipt receipt = store.write(end);
        if (batch % CHILDREN_AT_ONCE == 0) {
            receipt.await();
        }
    }

    private static Execution child(Type type, long batch) {
        var name = ChildName.of(RUN, batch);
        return new Execution(
                name.arn(MACHINE, type),
                MACHINE,
                name.name(type),
                type,
                "definition-1",
                "arn:role",
                INPUT,
                Status.RUNNING,
                START,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Execution.Child(RUN, "Each", batch, batch, 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Change append(Execution child, Recorded... lines) {
        return new Change.Append(child.arn(), 0, List.of(lines));
    }

    private static Recorded line(long sequence, Entry entry) {
        return new Recorded(sequence, sequence, sequence - 1, START, Frame.ROOT, entry);
    }

    /// The first half of the time warms up.
    private void measure(String what, Durability durability, int strands, Round round)
            throws InterruptedException {
        var next = new AtomicLong();
        var counted = new AtomicLong();
        long begin = System.nanoTime();
        long cpuBefore = cpuNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < strands; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                long elapsed = 0;
                while (elapsed < 2 * nanos) {
                    try {
                        round.run(next.getAndIncrement());
                    } catch (InterruptedException e) {
                        return;
                    }
                    elapsed = System.nanoTime() - begin;
                    if (elapsed > nanos) {
                        counted.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double micros = (cpuNanos() - cpuBefore) / 1e3 / next.get();
        System.out.printf(
                "%-20s %-6s %,9d /s %6.1f us of processor time each%n",
                what, durability, counted.get() * 1_000_000_000 / nanos, micros);
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private interface Use {
        void run(KeyValueStore store) throws Exception;
    }

    private void with(Durability durability, Use use) throws Exception {
        Path own = Files.createTempDirectory(Files.createDirectories(folder), "store");
        try (var store = KeyValueStore.open(own, durability)) {
            use.run(store);
        }
        try (var files = Files.walk(own)) {
            files.sorted(Comparator.reverseOrder()).forEach(StoreThroughput::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new IllegalStateException("Could not delete " + file, e);
        }
    }
}
