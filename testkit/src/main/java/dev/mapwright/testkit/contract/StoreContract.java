package dev.mapwright.testkit.contract;

import static dev.mapwright.testkit.contract.StoreSamples.BOOM;
import static dev.mapwright.testkit.contract.StoreSamples.INPUT;
import static dev.mapwright.testkit.contract.StoreSamples.LABELLED;
import static dev.mapwright.testkit.contract.StoreSamples.MACHINE;
import static dev.mapwright.testkit.contract.StoreSamples.OTHER_RUN;
import static dev.mapwright.testkit.contract.StoreSamples.RUN;
import static dev.mapwright.testkit.contract.StoreSamples.START;
import static dev.mapwright.testkit.contract.StoreSamples.aborted;
import static dev.mapwright.testkit.contract.StoreSamples.child;
import static dev.mapwright.testkit.contract.StoreSamples.childOf;
import static dev.mapwright.testkit.contract.StoreSamples.entered;
import static dev.mapwright.testkit.contract.StoreSamples.execution;
import static dev.mapwright.testkit.contract.StoreSamples.exited;
import static dev.mapwright.testkit.contract.StoreSamples.failed;
import static dev.mapwright.testkit.contract.StoreSamples.line;
import static dev.mapwright.testkit.contract.StoreSamples.redriven;
import static dev.mapwright.testkit.contract.StoreSamples.run;
import static dev.mapwright.testkit.contract.StoreSamples.runLine;
import static dev.mapwright.testkit.contract.StoreSamples.started;
import static dev.mapwright.testkit.contract.StoreSamples.succeeded;
import static dev.mapwright.testkit.contract.StoreSamples.within;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.LeaseLost;
import dev.mapwright.engine.journal.Note;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.ExecutionQuery.Of;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.RunLine;
import dev.mapwright.engine.store.Store;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What every [Store] does. Its adapters inherit these tests and those of its listings.
public abstract class StoreContract extends StoreListingContract {
    @Test
    protected void aWriteIsThereAsAWhole() throws Exception {
        Store store = emptyStore();
        Execution execution = execution("monday", 0);
        store.write(List.of(
                        new Change.PutExecution(execution),
                        new Change.Append(execution.arn(), 0, List.of(line(1, started()))),
                        new Change.PutDocument(new Document("machine", "orders", INPUT))))
                .await();
        assertEquals(Optional.of(execution), store.execution(execution.arn()));
        assertEquals(List.of(line(1, started())), store.journal(execution.arn(), 1, 10));
        assertEquals(Optional.of(INPUT), store.document("machine", "orders"));
    }

    @Test
    protected void aRecordComesBackWithEveryFieldItHad() throws Exception {
        Store store = emptyStore();
        Execution running = execution("monday", 0);
        var full = new Execution(
                running.arn(),
                MACHINE,
                "monday",
                Type.STANDARD,
                "definition-1",
                "arn:role",
                INPUT,
                Status.FAILED,
                START,
                Optional.of(START.plusSeconds(9)),
                Optional.empty(),
                Optional.of(BOOM),
                Optional.empty(),
                Optional.of(new Execution.Redriven(3, START.plusSeconds(5))),
                Optional.of(MACHINE + ":1"),
                Optional.of(MACHINE + ":live"),
                Optional.of("Root=1-2-3"));
        store.write(List.of(new Change.PutExecution(full))).await();
        Execution found = store.execution(running.arn()).orElseThrow();
        assertEquals(full, found);
        assertEquals("{ \"order\" : 1.0 }", found.input().text());
    }

    @Test
    protected void awaitingAWriteAwaitsEveryWriteBefore() throws Exception {
        Store store = emptyStore();
        for (int i = 0; i < 99; i++) {
            store.write(List.of(numbered(i)));
        }
        store.write(List.of(numbered(99))).await();
        assertEquals(
                100, store.documents("n", "", 1_000, Optional.empty()).items().size());
    }

    @Test
    protected void afterAKillWhatWasAwaitedIsThereAndTheRestAsAPrefix() throws Exception {
        Store store = emptyStore();
        Receipt awaited = Receipt.DONE;
        for (int i = 0; i < 100; i++) {
            Receipt receipt = store.write(List.of(numbered(i)));
            awaited = i == 49 ? receipt : awaited;
        }
        awaited.await();
        List<String> left =
                afterKill(store).documents("n", "", 1_000, Optional.empty()).items().stream()
                        .map(Document::key)
                        .toList();
        assertTrue(left.size() >= 50, left.size() + " of 50 awaited writes are there");
        assertEquals(
                LongStream.range(0, left.size()).mapToObj("%03d"::formatted).toList(), left);
    }

    @Test
    protected void afterAKillRecordsJournalsAndListingsAreAsTheyWere() throws Exception {
        Store store = emptyStore();
        Execution running = execution("running", 0);
        Execution ended = execution("ended", 1)
                .ended(Status.FAILED, START.plusSeconds(7), Optional.empty(), Optional.of(BOOM));
        put(
                store,
                running,
                ended,
                execution("ended", 1),
                ended,
                child(0),
                succeeded(child(0)),
                child(1));
        store.write(List.of(
                        new Change.PutMapRun(run(RUN, 0)),
                        new Change.AppendRun(RUN, List.of(runLine(1))),
                        new Change.Append(running.arn(), 0, List.of(line(1, started())))))
                .await();

        Store next = afterKill(store);
        assertEquals(Optional.of(running), next.execution(running.arn()));
        assertEquals(List.of(line(1, started())), next.journal(running.arn(), 1, 10));
        assertEquals(
                List.of("ended", "running"),
                names(next, new Of.Machine(MACHINE), Optional.empty()));
        assertEquals(
                List.of("running"),
                names(next, new Of.Machine(MACHINE), Optional.of(Status.RUNNING)));
        assertEquals(
                List.of("ended"), names(next, new Of.Machine(MACHINE), Optional.of(Status.FAILED)));
        assertEquals(List.of(1L, 0L), batches(next, Optional.empty()));
        assertEquals(List.of(1L), batches(next, Optional.of(Status.RUNNING)));
        assertEquals(List.of(0L), batches(next, Optional.of(Status.SUCCEEDED)));
        assertEquals(List.of(running), next.unfinished(10, Optional.empty()).items());
        assertEquals(Optional.of(run(RUN, 0)), next.mapRun(RUN));
        assertEquals(1, next.runLines(RUN, 1, 10).size());
    }

    @Test
    protected void creatingAnExecutionTwiceReturnsTheFirst() throws Exception {
        Store store = emptyStore();
        Execution first = execution("monday", 0);
        assertEquals(Optional.empty(), store.create(first, List.of(numbered(1))));
        assertEquals(
                Optional.of(first), store.create(execution("monday", 60), List.of(numbered(2))));
        assertEquals(Optional.of(first), store.execution(first.arn()));
        assertTrue(store.document("n", "001").isPresent());
        assertTrue(store.document("n", "002").isEmpty());
    }

    @Test
    protected void ofManyThatCreateAtOnceOneSucceeds() throws Exception {
        Store store = emptyStore();
        var answers = new ConcurrentLinkedQueue<Optional<Execution>>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
            Execution mine = execution("monday", i);
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    answers.add(store.create(mine, List.of()));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Execution created = store.execution(execution("monday", 0).arn()).orElseThrow();
        assertEquals(1, answers.stream().filter(Optional::isEmpty).count());
        assertEquals(19, answers.stream().filter(Optional.of(created)::equals).count());
    }

    @Test
    protected void aJournalTakesLinesUnderTheNewestFenceOnly() throws Exception {
        Store store = emptyStore();
        String arn = execution("monday", 0).arn();
        store.write(List.of(new Change.Append(arn, 0, List.of(line(1, started())))));
        assertEquals(1, store.claim(arn));
        assertEquals(1, store.journal(arn, 1, 10).size());
        assertThrows(
                LeaseLost.class,
                () -> store.write(List.of(
                        numbered(1),
                        new Change.Append(
                                arn, 0, List.of(line(2, new Note.TokenIssued("stale")))))));
        store.write(List.of(
                        new Change.Append(arn, 1, List.of(line(2, new Note.TokenIssued("fresh"))))))
                .await();
        assertEquals(2, store.claim(arn));
        assertThrows(
                LeaseLost.class,
                () -> store.write(List.of(new Change.Append(arn, 1, List.of(line(3, started()))))));
        assertEquals(
                List.of(line(1, started()), line(2, new Note.TokenIssued("fresh"))),
                store.journal(arn, 1, 10));
        assertTrue(store.document("n", "001").isEmpty());
    }

    @Test
    protected void aJournalIsReadFromAnyLineOn() throws Exception {
        Store store = emptyStore();
        Execution execution = execution("monday", 0);
        String arn = execution.arn();
        put(store, execution);
        store.write(List.of(new Change.Append(
                arn, 0, List.of(line(1, started()), line(2, entered()), line(3, exited())))));
        store.write(List.of(
                        new Change.Append(arn, 0, List.of(line(4, entered()), line(5, exited())))))
                .await();
        store.write(List.of(new Change.Append(
                        execution("other", 0).arn(), 0, List.of(line(1, started())))))
                .await();
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), sequences(store.journal(arn, 1, 100)));
        assertEquals(List.of(3L, 4L), sequences(store.journal(arn, 3, 2)));
        assertEquals(List.of(5L), sequences(store.journal(arn, 5, 100)));
        assertEquals(List.of(), sequences(store.journal(arn, 6, 100)));
        assertEquals(line(2, entered()), store.journal(arn, 2, 1).getFirst());
    }

    @Test
    protected void childrenThatAreWrittenTogetherAreFoundOneByOne() throws Exception {
        Store store = emptyStore();
        put(store, children(0, 600));
        put(
                store,
                Stream.of(children(10, 600))
                        .map(child -> child.child().orElseThrow().batch() % 100 == 50
                                ? failed(child)
                                : succeeded(child))
                        .toArray(Execution[]::new));
        assertEquals(Optional.of(child(9)), store.execution(child(9).arn()));
        assertEquals(
                Optional.of(succeeded(child(10))), store.execution(child(10).arn()));
        assertEquals(Optional.of(failed(child(550))), store.execution(child(550).arn()));
        assertEquals(
                Optional.of(succeeded(child(599))), store.execution(child(599).arn()));
        assertEquals(Optional.empty(), store.execution(child(600).arn()));
        assertEquals(
                LongStream.range(0, 600).mapToObj(i -> 599 - i).toList(),
                batches(store, Optional.empty()));
        assertEquals(
                List.of(550L, 450L, 350L, 250L, 150L, 50L),
                batches(store, Optional.of(Status.FAILED)));
        assertEquals(
                List.of(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L),
                batches(store, Optional.of(Status.RUNNING)));
        assertEquals(
                List.of(128, 128, 128, 128, 72),
                pageSizes(token -> store.executions(new ExecutionQuery(
                        new Of.MapRun(RUN), Optional.of(Status.SUCCEEDED), 128, token))));
    }

    @Test
    protected void oneOfManyThatWereWrittenTogetherGoesOnByItself() throws Exception {
        Store store = emptyStore();
        put(store, children(0, 300));
        put(store, Stream.of(children(0, 300)).map(StoreSamples::failed).toArray(Execution[]::new));
        put(store, redriven(child(150)), redriven(child(299)));
        assertEquals(List.of(299L, 150L), batches(store, Optional.of(Status.RUNNING)));
        assertEquals(298, batches(store, Optional.of(Status.FAILED)).size());

        put(store, succeeded(redriven(child(150))), failed(redriven(child(299))));
        assertEquals(
                Optional.of(succeeded(redriven(child(150)))),
                store.execution(child(150).arn()));
        assertEquals(Optional.of(failed(child(149))), store.execution(child(149).arn()));
        assertEquals(List.of(), batches(store, Optional.of(Status.RUNNING)));
        assertEquals(List.of(150L), batches(store, Optional.of(Status.SUCCEEDED)));
        assertEquals(
                LongStream.range(0, 300)
                        .mapToObj(i -> 299 - i)
                        .filter(batch -> batch != 150)
                        .toList(),
                batches(store, Optional.of(Status.FAILED)));
    }

    @Test
    protected void aNewProcessKnowsWhoOfThoseThatWereWrittenTogetherRunsAgain() throws Exception {
        Store store = emptyStore();
        put(store, children(0, 300));
        put(store, Stream.of(children(1, 300)).map(StoreSamples::failed).toArray(Execution[]::new));
        put(store, redriven(child(150)), redriven(child(299)));
        Store next = afterKill(store);
        assertEquals(List.of(299L, 150L, 0L), batches(next, Optional.of(Status.RUNNING)));
        assertEquals(297, batches(next, Optional.of(Status.FAILED)).size());
        assertEquals(300, batches(next, Optional.empty()).size());
        assertEquals(
                Optional.of(redriven(child(150))), next.execution(child(150).arn()));
    }

    @Test
    protected void childrenOfAnAbortedRunThatAreLeftToFinishAreListedAndEnd() throws Exception {
        Store store = emptyStore();
        put(store, children(0, 3));
        put(store, failed(child(0)), failed(child(1)), failed(child(2)));
        put(store, redriven(child(1)));
        store.write(List.of(new Change.PutMapRun(aborted(run(RUN, 0), 1)))).await();
        assertEquals(List.of(1L), batches(store, Optional.of(Status.RUNNING)));

        put(store, succeeded(redriven(child(1))));
        assertEquals(List.of(), batches(store, Optional.of(Status.RUNNING)));
        assertEquals(List.of(1L), batches(store, Optional.of(Status.SUCCEEDED)));
        assertEquals(Optional.of(succeeded(redriven(child(1)))), store.execution(child(1).arn()));
    }

    private static Execution[] children(long from, long to) {
        return LongStream.range(from, to).mapToObj(StoreSamples::child).toArray(Execution[]::new);
    }

    @Test
    protected void aChildIsFoundByItsArnThroughItsWholeLife() throws Exception {
        Store store = emptyStore();
        for (Type type : Type.values()) {
            Execution child = child(RUN, 41, type);
            put(store, child);
            assertEquals(Optional.of(child), store.execution(child.arn()));
            put(store, failed(child));
            assertEquals(Optional.of(failed(child)), store.execution(child.arn()));
            put(store, redriven(child));
            assertEquals(Optional.of(redriven(child)), store.execution(child.arn()));
            put(store, succeeded(redriven(child)));
            assertEquals(Optional.of(succeeded(redriven(child))), store.execution(child.arn()));
            assertEquals(Optional.empty(), store.execution(child(RUN, 42, type).arn()));
        }
    }

    @Test
    protected void aChildHasItsJournal() throws Exception {
        Store store = emptyStore();
        Execution child = child(5);
        store.write(List.of(
                new Change.PutExecution(child),
                new Change.Append(child.arn(), 0, List.of(line(1, started())))));
        store.write(List.of(
                        new Change.Append(
                                child.arn(), 0, List.of(line(2, entered()), line(3, exited()))),
                        new Change.PutExecution(succeeded(child))))
                .await();
        assertEquals(
                List.of(line(1, started()), line(2, entered()), line(3, exited())),
                store.journal(child.arn(), 1, 10));
    }

    @Test
    protected void aMapRunComesBackWithEveryFieldItHad() throws Exception {
        Store store = emptyStore();
        MapRunRecord begun = run(RUN, 0);
        var ended = new MapRunRecord(
                RUN,
                begun.executionArn(),
                LABELLED,
                "Each",
                Type.EXPRESS,
                MapRunRecord.Status.FAILED,
                START,
                Optional.of(START.plusSeconds(60)),
                new MapRunRecord.Settings(7, Optional.of(10L), Optional.of(12.5)),
                Json.ofText("{\"a\": 1}"),
                new MapRunRecord.Counts(1, 2, 3, 4, 5, 6, 7, 8, 9),
                MapRunRecord.Counts.NONE,
                Optional.of(new Execution.Redriven(1, START)));
        store.write(List.of(new Change.PutMapRun(begun), new Change.PutMapRun(ended)))
                .await();
        assertEquals(Optional.of(ended), store.mapRun(RUN));
        assertEquals(Optional.empty(), store.mapRun(OTHER_RUN));
        assertEquals(
                List.of(ended),
                store.mapRuns(begun.executionArn(), 10, Optional.empty()).items());
    }

    @Test
    protected void linesOfAMapRunAreReadInOrderAndDroppedFromTheFront() throws Exception {
        Store store = emptyStore();
        store.write(
                List.of(new Change.AppendRun(RUN, List.of(runLine(1), runLine(2), runLine(3)))));
        store.write(List.of(
                        new Change.AppendRun(RUN, List.of(runLine(4))),
                        new Change.AppendRun(OTHER_RUN, List.of(runLine(1)))))
                .await();
        assertEquals(
                List.of(2L, 3L),
                store.runLines(RUN, 2, 2).stream().map(RunLine::sequence).toList());
        assertEquals(
                "line 2",
                new String(store.runLines(RUN, 2, 1).getFirst().content(), StandardCharsets.UTF_8));
        store.write(List.of(
                        new Change.CompactRun(RUN, 3),
                        new Change.AppendRun(RUN, List.of(runLine(5)))))
                .await();
        assertEquals(
                List.of(3L, 4L, 5L),
                store.runLines(RUN, 1, 10).stream().map(RunLine::sequence).toList());
        assertEquals(1, store.runLines(OTHER_RUN, 1, 10).size());
    }

    @Test
    protected void aDroppedMapRunTakesItsChildrenAlongAndNobodyElses() throws Exception {
        Store store = emptyStore();
        Execution child = child(3);
        MapRunRecord inner = within(child);
        put(store, child, succeeded(child), childOf(OTHER_RUN, 3));
        store.write(List.of(
                        new Change.Append(child.arn(), 0, List.of(line(1, started()))),
                        new Change.PutMapRun(run(RUN, 0)),
                        new Change.PutMapRun(run(OTHER_RUN, 0)),
                        new Change.PutMapRun(inner),
                        new Change.AppendRun(RUN, List.of(runLine(1)))))
                .await();
        assertEquals(List.of(inner), store.mapRunsWithin(RUN, 10));
        assertEquals(List.of(), store.mapRunsWithin(OTHER_RUN, 10));
        assertEquals(
                List.of(inner), store.mapRuns(child.arn(), 10, Optional.empty()).items());

        store.write(List.of(new Change.DropMapRun(inner.arn()))).await();
        assertEquals(List.of(), store.mapRunsWithin(RUN, 10));
        store.write(List.of(new Change.DropMapRun(RUN))).await();
        for (Store each : List.of(store, afterKill(store))) {
            assertEquals(Optional.empty(), each.mapRun(RUN));
            assertEquals(List.of(), each.runLines(RUN, 1, 10));
            assertEquals(Optional.empty(), each.execution(child.arn()));
            assertEquals(List.of(), each.journal(child.arn(), 1, 10));
            assertEquals(List.of(), batches(each, Optional.empty()));
            assertEquals(List.of(), batches(each, Optional.of(Status.SUCCEEDED)));
            assertTrue(each.execution(childOf(OTHER_RUN, 3).arn()).isPresent());
            assertEquals(
                    List.of(run(OTHER_RUN, 0)),
                    each.mapRuns(run(RUN, 0).executionArn(), 10, Optional.empty())
                            .items());
        }
    }

    private static List<Long> sequences(List<Recorded> lines) {
        return lines.stream().map(Recorded::sequence).toList();
    }

    private static Change numbered(int number) {
        return new Change.PutDocument(new Document("n", "%03d".formatted(number), Json.NULL));
    }
}
