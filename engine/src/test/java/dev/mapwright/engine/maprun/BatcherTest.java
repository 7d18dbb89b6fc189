package dev.mapwright.engine.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.RunPlan.Batching;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class BatcherTest {
    private static final int PAYLOAD_MAX = 262_144;

    @Test
    void anItemIsTheInputWhenNothingIsBatched() throws ItemsFailed {
        var batches = batches(Optional.empty(), "10", "{ \"a\": 1 }");

        assertEquals(List.of("0+1 @1 10", "1+1 @2 { \"a\": 1 }"), batches);
    }

    @Test
    void fillsBatchesInOrderAndTheLastMayBeSmaller() throws ItemsFailed {
        var batches =
                batches(Optional.of(new Batching(2, PAYLOAD_MAX, Optional.empty())), "1", "2", "3");

        assertEquals(List.of("0+2 @2 {\"Items\":[1,2]}", "2+1 @3 {\"Items\":[3]}"), batches);
    }

    @Test
    void putsTheBatchInputFirst() throws ItemsFailed {
        var input = Json.ofText("{\"tag\":\"t\"}");

        var batches =
                batches(Optional.of(new Batching(5, PAYLOAD_MAX, Optional.of(input))), "1", "2");

        assertEquals(List.of("0+2 @2 {\"BatchInput\":{\"tag\":\"t\"},\"Items\":[1,2]}"), batches);
    }

    @Test
    void closesABatchThatTheNextItemDoesNotFitIntoByBytes() throws ItemsFailed {
        // {"Items":["é","é"]} has 21 bytes of UTF-8.
        var batches = batches(
                Optional.of(new Batching(0, 21, Optional.empty())), "\"é\"", "\"é\"", "\"é\"");

        assertEquals(
                List.of("0+2 @2 {\"Items\":[\"é\",\"é\"]}", "2+1 @3 {\"Items\":[\"é\"]}"), batches);
    }

    @Test
    void theSmallerOfBothLimitsWins() throws ItemsFailed {
        var batches = batches(
                Optional.of(new Batching(2, 17, Optional.empty())), "1", "2", "345", "6", "7");

        assertEquals(
                List.of(
                        "0+2 @2 {\"Items\":[1,2]}",
                        "2+2 @4 {\"Items\":[345,6]}",
                        "4+1 @5 {\"Items\":[7]}"),
                batches);
    }

    @Test
    void refusesAnItemThatAloneExceedsTheLimitAndNamesItsIndex() {
        var batching = Optional.of(new Batching(10, 20, Optional.empty()));

        var failed =
                assertThrows(ItemsFailed.class, () -> batches(batching, "1", "\"0123456789\""));

        assertEquals("States.DataLimitExceeded", failed.failure().name());
        assertEquals(
                "The item at index 1 makes a child execution input of 24 bytes, but the maximum is 20 bytes. "
                        + "Use an ItemSelector to pass less of the item.",
                failed.failure().cause().orElseThrow());
    }

    @Test
    void refusesAnUnbatchedItemAboveThePayloadQuota() {
        var text = '"' + "x".repeat(PAYLOAD_MAX - 1) + '"';

        var failed = assertThrows(ItemsFailed.class, () -> batches(Optional.empty(), text));

        assertEquals("States.DataLimitExceeded", failed.failure().name());
    }

    /// Each batch as `firstItem+itemCount @position input`.
    private static List<String> batches(Optional<Batching> batching, String... items)
            throws ItemsFailed {
        var batcher = new Batcher(batching, PAYLOAD_MAX, 0, 0);
        var ready = new ArrayList<ReadyBatch>();
        for (int index = 0; index < items.length; index++) {
            batcher.add(Json.ofText(items[index]), "@" + (index + 1)).ifPresent(ready::add);
        }
        batcher.finish().ifPresent(ready::add);
        return ready.stream().map(BatcherTest::described).toList();
    }

    private static String described(ReadyBatch ready) {
        var batch = ready.batch();
        assertEquals(batch.input().bytes(), ready.bytes());
        return "%d+%d %s %s"
                .formatted(
                        batch.firstItem(),
                        batch.itemCount(),
                        batch.position(),
                        batch.input().text());
    }
}
