package dev.mapwright.engine.maprun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.RunFact.Checkpointed;
import dev.mapwright.engine.maprun.RunFact.Counted;
import dev.mapwright.engine.maprun.RunFact.Dispatched;
import dev.mapwright.engine.maprun.RunFact.Ended;
import dev.mapwright.engine.maprun.RunFact.Halted;
import dev.mapwright.engine.maprun.RunFact.ReadTo;
import dev.mapwright.engine.maprun.RunFact.Reason;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ProgressTest {
    private static final Settings SETTINGS = new Settings(3, Optional.of(5L), Optional.of(2.5));
    private static final RunPlan EXPORTED = new RunPlan(
            new Dataset.StateItems(Json.EMPTY_ARRAY),
            Optional.empty(),
            Optional.of(Json.EMPTY_OBJECT),
            Optional.empty());

    private final Progress progress = new Progress(SETTINGS, EXPORTED);

    @Test
    void aRedriveTakesUnsuccessfulChildrenUpInOrderAndThenWhatIsUnread() {
        apply(
                new ReadTo("v"),
                new Dispatched(0, 0, 2),
                new Dispatched(1, 2, 2),
                new Dispatched(2, 4, 2),
                new Ended(0, Status.SUCCEEDED),
                new Ended(1, Status.FAILED),
                new Ended(2, Status.ABORTED),
                new RunFact.Exported(),
                new RunFact.Finished(new Ending.Failed(Failure.of("E"))),
                new RunFact.Redriven(1, 9, 5));
        assertEquals(9, progress.tally().knownItems());
        assertEquals(2, progress.tally().pendingRedrive());
        assertEquals(0, progress.tally().failedItems());
        assertEquals(Optional.of(0), progress.exportedBefore());
        apply(
                new RunFact.Redispatched(1, 2, Status.FAILED),
                new RunFact.Retained(2, 2, Status.ABORTED));
        var counts = progress.tally().items();
        assertEquals(
                List.of(3L, 2L, 2L, 0L, 2L),
                List.of(
                        counts.pending(),
                        counts.running(),
                        counts.succeeded(),
                        counts.failed(),
                        counts.aborted()));
        assertEquals(2, counts.failuresNotRedrivable());
        assertEquals(2, progress.tally().failedItems());
        assertFalse(progress.isRedriving());
        assertEquals(3, progress.unread().batch());

        var line = new Encoder();
        progress.write(line);
        var again = new Progress(SETTINGS, EXPORTED);
        again.read(new Decoder(line.toBytes()));
        assertEquals(counts, again.tally().items());
        assertEquals(1, again.generation());
    }

    @Test
    void knowsWhatIsOpenWhatIsUnreadAndWhatTheSinkHasNot() {
        apply(
                new ReadTo("start"),
                new Dispatched(0, 0, 2),
                new Dispatched(1, 2, 2),
                new Dispatched(2, 4, 1),
                new ReadTo("after 5"),
                new Ended(1, Status.SUCCEEDED),
                new Ended(0, Status.FAILED),
                new Checkpointed(1, Json.ofText("{\"part\":1}")));

        assertArrayEquals(new long[] {2}, progress.open());
        assertEquals(new BatchSource.Start(Optional.of("after 5"), 3, 5), progress.unread());
        assertArrayEquals(new long[] {0}, progress.endings().after(1));
        assertEquals(2, progress.endings().last());
        assertEquals(Optional.of(Json.ofText("{\"part\":1}")), progress.checkpoint());
    }

    @Test
    void isExhaustedWhenEveryCountedItemIsDispatched() {
        apply(new Dispatched(0, 0, 2), new Counted(3, 2));
        assertEquals(1, progress.tally().items().pending());
        apply(new Dispatched(1, 2, 1));

        assertTrue(progress.isExhausted());
    }

    @Test
    void refusesAnEndingOfAChildThatIsNotRunning() {
        var broken = assertThrows(
                IllegalStateException.class, () -> apply(new Ended(7, Status.SUCCEEDED)));

        assertEquals("the child of batch 7 ended, but it was not running", broken.getMessage());
    }

    @Test
    void standsTheSameAfterASnapshot() {
        apply(
                new ReadTo("p"),
                new Dispatched(0, 0, 300),
                new Dispatched(1, 300, 1),
                new Ended(0, Status.TIMED_OUT),
                new Counted(1_000_000, 70),
                new Halted(Reason.FAILED, Failure.of("E", "c"), 400));
        var writer = new Encoder();
        progress.write(writer);

        var restored = new Progress(new Settings(0, Optional.empty(), Optional.empty()), EXPORTED);
        restored.read(new Decoder(writer.toBytes()));

        assertEquals(SETTINGS, restored.settings());
        assertEquals(progress.tally().items(), restored.tally().items());
        assertEquals(progress.tally().executions(), restored.tally().executions());
        assertArrayEquals(new long[] {1}, restored.open());
        assertEquals(progress.unread(), restored.unread());
        assertArrayEquals(new long[] {0}, restored.endings().after(0));
        assertEquals(progress.halted(), restored.halted());
    }

    @Test
    void everyFactIsReadAsItWasWritten() {
        var facts = List.of(
                new ReadTo("s3://b/k \"etag\" 2817"),
                new Dispatched(123_456, 9_999_999_999L, 77),
                new Ended(1, Status.SUCCEEDED),
                new Ended(2, Status.FAILED),
                new Ended(3, Status.TIMED_OUT),
                new Ended(400_000, Status.ABORTED),
                new Counted(100_000_000, 1),
                new RunFact.SettingsChanged(new Settings(0, Optional.empty(), Optional.of(0.5))),
                new Checkpointed(12, Json.ofText("{\"a\":\"é\"}")),
                new Halted(
                        Reason.STOPPED,
                        new Failure(Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE),
                new Halted(
                        Reason.UNWRITABLE, Failure.of("States.ResultWriterFailed", "no bucket"), 0),
                new RunFact.Finished(new Ending.Succeeded(Json.ofText("[1]"))),
                new RunFact.Finished(new Ending.Aborted(Failure.of("E"))));
        var writer = new Encoder();
        facts.forEach(fact -> FactCodec.write(fact, writer));
        var reader = new Decoder(writer.toBytes());

        for (var fact : facts) {
            assertEquals(fact, FactCodec.read(reader.octet(), reader));
        }
    }

    /// Lines written by this version must be read by every later one.
    @Test
    void aLineIsTheseBytes() {
        var writer = new Encoder();
        FactCodec.write(new Dispatched(200, 400, 2), writer);
        FactCodec.write(new Ended(3, Status.FAILED), writer);
        FactCodec.write(new ReadTo("ab"), writer);

        assertArrayEquals(
                new byte[] {3, (byte) 0xc8, 1, (byte) 0x90, 3, 2, 17, 3, 2, 2, 'a', 'b'},
                writer.toBytes());
    }

    private void apply(RunFact... facts) {
        for (var fact : facts) {
            progress.apply(fact);
        }
    }
}
