package dev.mapwright.testkit.contract;

import static dev.mapwright.testkit.contract.StoreSamples.BOOM;
import static dev.mapwright.testkit.contract.StoreSamples.INPUT;
import static dev.mapwright.testkit.contract.StoreSamples.MACHINE;
import static dev.mapwright.testkit.contract.StoreSamples.OTHER_RUN;
import static dev.mapwright.testkit.contract.StoreSamples.OUTPUT;
import static dev.mapwright.testkit.contract.StoreSamples.RUN;
import static dev.mapwright.testkit.contract.StoreSamples.START;
import static dev.mapwright.testkit.contract.StoreSamples.child;
import static dev.mapwright.testkit.contract.StoreSamples.childOf;
import static dev.mapwright.testkit.contract.StoreSamples.endedAt;
import static dev.mapwright.testkit.contract.StoreSamples.execution;
import static dev.mapwright.testkit.contract.StoreSamples.failed;
import static dev.mapwright.testkit.contract.StoreSamples.line;
import static dev.mapwright.testkit.contract.StoreSamples.redriven;
import static dev.mapwright.testkit.contract.StoreSamples.run;
import static dev.mapwright.testkit.contract.StoreSamples.started;
import static dev.mapwright.testkit.contract.StoreSamples.succeeded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.ExecutionQuery.Of;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/// What the listings of every [Store] do. A store says how it is made and how its process dies.
abstract class StoreListingContract {
    /// A store with nothing in it.
    protected abstract Store emptyStore() throws Exception;

    /// What a new process finds after the one with `store` was killed at this moment.
    protected abstract Store afterKill(Store store) throws Exception;

    @Test
    protected void aMachinesExecutionsAreListedNewestFirstAndInPages() throws Exception {
        Store store = emptyStore();
        for (int i = 0; i < 5; i++) {
            put(store, execution("day-" + i, i));
        }
        put(store, child(0));
        assertEquals(
                List.of("day-4", "day-3", "day-2", "day-1", "day-0"),
                names(store, new Of.Machine(MACHINE), Optional.empty()));
        assertEquals(List.of(), names(store, new Of.Machine(MACHINE + "x"), Optional.empty()));
        assertPages(List.of(2, 2, 1), store, new Of.Machine(MACHINE), 2);
    }

    @Test
    protected void listingsByStatusFollowEveryChangeOfStatus() throws Exception {
        Store store = emptyStore();
        Execution execution = execution("monday", 0);
        Execution failed = execution.ended(
                Status.FAILED, START.plusSeconds(1), Optional.empty(), Optional.of(BOOM));
        put(store, execution, failed);
        assertEquals(
                List.of("monday"),
                names(store, new Of.Machine(MACHINE), Optional.of(Status.FAILED)));
        assertEquals(List.of(), names(store, new Of.Machine(MACHINE), Optional.of(Status.RUNNING)));
        put(store, redriven(execution));
        assertEquals(List.of(), names(store, new Of.Machine(MACHINE), Optional.of(Status.FAILED)));
        assertEquals(
                List.of("monday"),
                names(store, new Of.Machine(MACHINE), Optional.of(Status.RUNNING)));
        put(store, succeeded(redriven(execution)));
        assertEquals(
                List.of("monday"),
                names(store, new Of.Machine(MACHINE), Optional.of(Status.SUCCEEDED)));
        assertEquals(List.of("monday"), names(store, new Of.Machine(MACHINE), Optional.empty()));
        assertEquals(List.of(), store.unfinished(10, Optional.empty()).items());
    }

    @Test
    protected void aMapRunsChildrenAreListedHighestBatchFirstAndInPages() throws Exception {
        Store store = emptyStore();
        for (long batch = 0; batch < 300; batch++) {
            put(store, child(batch));
        }
        put(store, childOf(OTHER_RUN, 7));
        assertEquals(
                LongStream.range(0, 300).mapToObj(i -> 299 - i).toList(),
                batches(store, Optional.empty()));
        assertPages(List.of(128, 128, 44), store, new Of.MapRun(RUN), 128);
    }

    /// Pages of running executions are those of all where all of them run.
    private static void assertPages(List<Integer> sizes, Store store, Of of, int limit) {
        for (var status : List.of(Optional.<Status>empty(), Optional.of(Status.RUNNING))) {
            assertEquals(
                    sizes,
                    pageSizes(token ->
                            store.executions(new ExecutionQuery(of, status, limit, token))));
        }
    }

    @Test
    protected void childrenAreListedByStatus() throws Exception {
        Store store = emptyStore();
        put(store, child(0), child(1), child(2), child(3));
        put(store, succeeded(child(1)), failed(child(2)), succeeded(child(3)));
        assertEquals(List.of(3L, 1L), batches(store, Optional.of(Status.SUCCEEDED)));
        assertEquals(List.of(2L), batches(store, Optional.of(Status.FAILED)));
        assertEquals(List.of(0L), batches(store, Optional.of(Status.RUNNING)));
        assertEquals(List.of(), batches(store, Optional.of(Status.ABORTED)));
        put(store, redriven(child(2)));
        assertEquals(List.of(2L, 0L), batches(store, Optional.of(Status.RUNNING)));
        assertEquals(List.of(), batches(store, Optional.of(Status.FAILED)));
    }

    @Test
    protected void unfinishedExecutionsAreThoseWithoutAnEndAndNoChildren() throws Exception {
        Store store = emptyStore();
        put(store, execution("a", 0), execution("b", 1), execution("c", 2), child(0));
        put(store, succeeded(execution("b", 1)));
        List<String> names = all(token -> store.unfinished(1, token)).stream()
                .map(Execution::name)
                .sorted()
                .toList();
        assertEquals(List.of("a", "c"), names);
    }

    @Test
    protected void mapRunsOfAnExecutionAreListedNewestFirst() throws Exception {
        Store store = emptyStore();
        store.write(List.of(
                        new Change.PutMapRun(run(RUN, 0)), new Change.PutMapRun(run(OTHER_RUN, 1))))
                .await();
        String owner = run(RUN, 0).executionArn();
        assertEquals(
                List.of(OTHER_RUN, RUN),
                all(token -> store.mapRuns(owner, 1, token)).stream()
                        .map(MapRunRecord::arn)
                        .toList());
        assertEquals(List.of(), store.mapRuns(owner + "x", 10, Optional.empty()).items());
    }

    @Test
    protected void endedExecutionsAreListedByTheirEndAndDroppedWithAllTheyOwn() throws Exception {
        Store store = emptyStore();
        Execution first = endedAt(execution("first", 5), 10);
        Execution second = endedAt(execution("second", 0), 20);
        put(store, execution("first", 5), execution("second", 0), second, first, child(0));
        put(store, execution("running", 1), succeeded(child(0)));
        store.write(List.of(new Change.Append(first.arn(), 0, List.of(line(1, started())))))
                .await();
        assertEquals(
                List.of("first", "second"),
                all(token -> store.ended(START.plusSeconds(21), 1, token)).stream()
                        .map(Execution::name)
                        .toList());
        assertEquals(
                List.of(first),
                store.ended(START.plusSeconds(20), 10, Optional.empty()).items());

        store.write(List.of(new Change.DropExecution(first.arn()))).await();
        for (Store each : List.of(store, afterKill(store))) {
            assertEquals(Optional.empty(), each.execution(first.arn()));
            assertEquals(List.of(), each.journal(first.arn(), 1, 10));
            assertEquals(
                    List.of("running", "second"),
                    names(each, new Of.Machine(MACHINE), Optional.empty()));
            assertEquals(
                    List.of("second"),
                    names(each, new Of.Machine(MACHINE), Optional.of(Status.SUCCEEDED)));
            assertEquals(
                    List.of(second),
                    each.ended(START.plusSeconds(99), 10, Optional.empty()).items());
        }
        assertEquals(Optional.empty(), store.create(execution("first", 70), List.of()));
    }

    @Test
    protected void oneThatWasRedrivenIsListedByItsLastEnd() throws Exception {
        Store store = emptyStore();
        Execution execution = execution("monday", 0);
        put(store, execution, endedAt(execution, 10));
        put(store, redriven(execution));
        assertEquals(
                List.of(),
                store.ended(START.plusSeconds(99), 10, Optional.empty()).items());
        put(store, endedAt(redriven(execution), 50));
        assertEquals(
                List.of(),
                store.ended(START.plusSeconds(50), 10, Optional.empty()).items());
        assertEquals(
                1,
                store.ended(START.plusSeconds(51), 10, Optional.empty()).items().size());
    }

    @Test
    protected void documentsAreListedByPrefixInOrderOfTheirKeysAndDropped() throws Exception {
        Store store = emptyStore();
        for (String key : List.of("orders/2", "orders/1", "orders/10", "returns/1")) {
            store.write(List.of(new Change.PutDocument(new Document("version", key, INPUT))));
        }
        store.write(List.of(new Change.PutDocument(new Document("versions", "orders/3", INPUT))))
                .await();
        assertEquals(
                List.of("orders/1", "orders/10", "orders/2"),
                all(token -> store.documents("version", "orders/", 2, token)).stream()
                        .map(Document::key)
                        .toList());
        store.write(List.of(
                        new Change.DropDocument("version", "orders/10"),
                        new Change.PutDocument(new Document("version", "orders/1", OUTPUT))))
                .await();
        assertEquals(
                List.of("orders/1", "orders/2"),
                all(token -> store.documents("version", "orders/", 2, token)).stream()
                        .map(Document::key)
                        .toList());
        assertEquals(Optional.of(OUTPUT), store.document("version", "orders/1"));
        assertEquals(Optional.empty(), store.document("version", "orders/10"));
    }

    static void put(Store store, Execution... executions) throws InterruptedException {
        for (Execution execution : executions) {
            store.write(List.of(new Change.PutExecution(execution)));
        }
        store.write(List.of(new Change.PutDocument(new Document("put", "last", Json.NULL))))
                .await();
    }

    static List<String> names(Store store, Of of, Optional<Status> status) {
        return all(token -> store.executions(new ExecutionQuery(of, status, 3, token))).stream()
                .map(Execution::name)
                .toList();
    }

    static List<Long> batches(Store store, Optional<Status> status) {
        return all(token ->
                        store.executions(new ExecutionQuery(new Of.MapRun(RUN), status, 7, token)))
                .stream()
                .map(execution -> execution.child().orElseThrow().batch())
                .toList();
    }

    static <T> List<T> all(Function<Optional<String>, Page<T>> listing) {
        var items = new ArrayList<T>();
        Optional<String> token = Optional.empty();
        do {
            Page<T> page = listing.apply(token);
            items.addAll(page.items());
            token = page.nextToken();
        } while (token.isPresent());
        return items;
    }

    static <T> List<Integer> pageSizes(Function<Optional<String>, Page<T>> listing) {
        var sizes = new ArrayList<Integer>();
        Optional<String> token = Optional.empty();
        do {
            Page<T> page = listing.apply(token);
            sizes.add(page.items().size());
            token = page.nextToken();
        } while (token.isPresent());
        return sizes;
    }
}
