package dev.mapwright.engine.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord.Counts;

import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsItemsAndChildrenSideBySide() {
        tally.knowAtLeast(25, 3);
        tally.dispatched(10);
        tally.dispatched(10);
        tally.ended(Status.FAILED, 10);

        assertEquals(new Counts(5, 10, 0, 10, 0, 0, 0, 0, 0), tally.items());
        assertEquals(new Counts(1, 1, 0, 1, 0, 0, 0, 0, 0), tally.executions());
        assertEquals(25, tally.items().total());
    }

    @Test
    void countsNothingTwiceWhenItIsReadAgain() {
        tally.knowAtLeast(100, 10);
        tally.knowAtLeast(20, 2);
        tally.knowAtLeast(30, 3);

        assertEquals(100, tally.items().pending());
        assertEquals(10, tally.executions().pending());
    }

    @Test
    void countsFailedTimedOutAndAbortedItemsAsFailures() {
        for (var how :
                new Status[] {Status.SUCCEEDED, Status.FAILED, Status.TIMED_OUT, Status.ABORTED}) {
            tally.dispatched(2);
            tally.ended(how, 2);
        }

        assertEquals(6, tally.failedItems());
        assertEquals(new Counts(0, 0, 2, 2, 2, 2, 0, 0, 0), tally.items());
    }

    @Test
    void showsOneResultForEachChildOnceTheyAreWritten() {
        tally.knowAtLeast(7, 4);
        tally.dispatched(2);
        tally.ended(Status.SUCCEEDED, 2);

        assertEquals(7, tally.itemsWritten().resultsWritten());
        assertEquals(4, tally.executionsWritten().resultsWritten());
    }
}
