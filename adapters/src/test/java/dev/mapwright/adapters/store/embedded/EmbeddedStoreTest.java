package dev.mapwright.adapters.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.Store;
import dev.mapwright.testkit.contract.StoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

class EmbeddedStoreTest extends StoreContract {
    /// What random inputs of 2,000 children take, which no compression makes smaller.
    private static final long FULL_BYTES = 8_000_000;

    private static final Failure BOOM = Failure.of("Boom");

    @TempDir
    Path folder;

    private final List<KeyValueStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(KeyValueStore::close);
    }

    @Override
    protected Store emptyStore() throws Exception {
        return open(folder.resolve("alive"));
    }

    /// A copy of the files of a store that is still open is what SIGKILL leaves.
    @Override
    protected Store afterKill(Store store) throws Exception {
        Path alive = folder.resolve("alive");
        Path copy = folder.resolve("copy");
        try (var files = Files.walk(alive)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(alive.relativize(file).toString()));
            }
        }
        return open(copy);
    }

    private Store open(Path path) throws Exception {
        KeyValueStore keyValues = KeyValueStore.open(path, Durability.OS);
        opened.add(keyValues);
        return new EmbeddedStore(keyValues);
    }

    @Test
    void aChildUnderAnotherNameIsRefused() throws Exception {
        Store store = emptyStore();
        var child = new Execution.Child(
                "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1", "Each", 0, 0, 1);
        var misnamed = new Execution(
                "arn:aws:states:us-east-1:123456789012:execution:m/l:monday",
                "arn:aws:states:us-east-1:123456789012:stateMachine:m/l",
                "monday",
                Execution.Type.STANDARD,
                "d",
                "r",
                Json.NULL,
                Execution.Status.RUNNING,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(child),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var refused = assertThrows(
                IllegalStateException.class,
                () -> store.write(List.of(new Change.PutExecution(misnamed))));
        assertTrue(refused.getMessage()
                .startsWith("Expected batch 0 of " + child.mapRunArn() + " to be named"));
    }

    @Test
    void aChildThatWasWrittenWithOthersEndsInANewProcess() throws Exception {
        String run = "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1";
        Store store = emptyStore();
        store.write(LongStream.range(0, 3)
                        .<Change>mapToObj(
                                batch -> new Change.PutExecution(child(run, batch, Json.NULL)))
                        .toList())
                .await();
        Store next = afterKill(store);
        Execution ended = child(run, 1, Json.NULL)
                .ended(
                        Execution.Status.SUCCEEDED,
                        Instant.EPOCH,
                        Optional.of(Json.NULL),
                        Optional.empty());
        next.write(List.of(new Change.PutExecution(ended))).await();
        assertEquals(Optional.of(ended), next.execution(ended.arn()));
        assertEquals(
                List.of(2L, 0L),
                next
                        .executions(new ExecutionQuery(
                                new ExecutionQuery.Of.MapRun(run),
                                Optional.of(Execution.Status.RUNNING),
                                10,
                                Optional.empty()))
                        .items()
                        .stream()
                        .map(child -> child.child().orElseThrow().batch())
                        .toList());
    }

    /// Their failures were written many to an entry, which stays when they are redriven.
    @Test
    void aPageLooksAtABoundedNumberOfOutcomesThatNoLongerHold() throws Exception {
        String run = "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1";
        Store store = emptyStore();
        for (long first = 0; first < 25_000; first += 1_000) {
            List<Execution> children = LongStream.range(first, first + 1_000)
                    .mapToObj(batch -> child(run, batch, Json.NULL))
                    .toList();
            put(store, children);
            put(store, children.stream().map(EmbeddedStoreTest::failed).toList());
            put(
                    store,
                    children.stream()
                            .filter(child -> child.child().orElseThrow().batch() != 7)
                            .map(child -> failed(child).redriven(Instant.EPOCH))
                            .toList());
        }

        assertEquals(List.of(0, 0, 1), failedPageSizes(store, run));
    }

    private static List<Integer> failedPageSizes(Store store, String run) {
        var sizes = new ArrayList<Integer>();
        Optional<String> token = Optional.empty();
        do {
            var page = store.executions(new ExecutionQuery(
                    new ExecutionQuery.Of.MapRun(run),
                    Optional.of(Execution.Status.FAILED),
                    100,
                    token));
            sizes.add(page.items().size());
            token = page.nextToken();
        } while (token.isPresent());
        return sizes;
    }

    private static void put(Store store, List<Execution> executions) throws Exception {
        store.write(executions.stream().<Change>map(Change.PutExecution::new).toList())
                .await();
    }

    private static Execution failed(Execution child) {
        return child.ended(
                Execution.Status.FAILED, Instant.EPOCH, Optional.empty(), Optional.of(BOOM));
    }

    /// Children with a megabyte of input each: eight make a page, whatever was asked for.
    @Test
    void aPageOfLargeRecordsIsShort() throws Exception {
        String run = "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1";
        Store store = emptyStore();
        Json input = Json.of("x".repeat(1024 * 1024));
        for (long batch = 0; batch < 20; batch++) {
            put(store, List.of(failed(child(run, batch, input))));
        }

        assertEquals(List.of(8, 8, 4), failedPageSizes(store, run));
    }

    @Test
    void theRoomOfADroppedRunComesBack() throws Exception {
        Store store = emptyStore();
        String run = "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1";
        var random = new SplittableRandom(1);
        for (long batch = 0; batch < 2_000; batch++) {
            byte[] noise = new byte[4_000];
            random.nextBytes(noise);
            Json input = Json.of(Base64.getEncoder().encodeToString(noise));
            put(store, List.of(child(run, batch, input)));
        }
        reclaimUntil(store, bytes -> bytes >= FULL_BYTES);

        store.write(List.of(new Change.DropMapRun(run))).await();
        reclaimUntil(store, bytes -> bytes <= FULL_BYTES / 20);
    }

    /// It goes on beside its caller, one at a time.
    private void reclaimUntil(Store store, LongPredicate wanted) throws Exception {
        Path path = folder.resolve("alive");
        Instant patience = Instant.now().plusSeconds(300);
        store.reclaim();
        while (!wanted.test(tableBytes(path))) {
            assertTrue(Instant.now().isBefore(patience), tableBytes(path) + " bytes are in tables");
            Thread.sleep(50);
            store.reclaim();
        }
    }

    /// The write-ahead log aside, which is bounded by itself.
    private static long tableBytes(Path path) throws Exception {
        try (var files = Files.list(path.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static Execution child(String run, long batch, Json input) {
        String machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m/l";
        var name = ChildName.of(run, batch);
        return new Execution(
                name.arn(machine, Execution.Type.EXPRESS),
                machine,
                name.name(Execution.Type.EXPRESS),
                Execution.Type.EXPRESS,
                "d",
                "r",
                input,
                Execution.Status.RUNNING,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Execution.Child(run, "Each", batch, batch, 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aPageTokenThatNoListingReturnedIsRefused() throws Exception {
        Store store = emptyStore();
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> store.documents("kind", "", 10, Optional.of("?!")));
        assertEquals(
                "'?!' is no page token: pass one on as a listing returned it",
                refused.getMessage());
    }
}
