package dev.mapwright.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.Stage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

class EntryCodecTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Supplier<Json> NO_INPUT = () -> {
        throw new AssertionError("nothing refers to the input here");
    };
    private static final Failure BOOM = Failure.of("Boom", "it was loud");

    /// Every kind of entry, every ending, absent and present options, frames of three depths.
    private static final List<Entry> ENTRIES = List.of(
            new HistoryEvent.ExecutionStarted(
                    json("{\"order\":7}"), "arn:role", Optional.empty(), Optional.of("v:1")),
            new HistoryEvent.ExecutionRedriven(2),
            new HistoryEvent.StateEntered(Kind.TASK, "Charge", json("{\"order\":7}")),
            new HistoryEvent.TaskScheduled(
                    Flavor.LAMBDA,
                    "lambda",
                    "invoke",
                    json("{\"p\": \"ü€😀\"}"),
                    Optional.of(99_999_999L),
                    Optional.empty(),
                    Optional.of("arn:other")),
            new HistoryEvent.TaskStarted(
                    Flavor.ACTIVITY, "activity", "arn:a", Optional.of("worker-1")),
            new HistoryEvent.TaskNotStarted(Flavor.TASK, Stage.SUBMIT, "ecs", "runTask", BOOM),
            new HistoryEvent.TaskSubmitted("ecs", "runTask", json("[1,2]")),
            new HistoryEvent.TaskEnded(
                    Flavor.TASK,
                    "ecs",
                    "runTask",
                    new Ending.TimedOut(Failure.of("States.Timeout"))),
            new HistoryEvent.TaskEnded(
                    Flavor.LAMBDA, "lambda", "invoke", new Ending.Succeeded(json("1.50"))),
            new Note.WakeAt(Instant.parse("2027-01-01T00:00:00.000000001Z")),
            new Note.TokenIssued("token"),
            new Note.JobStarted("job-1", json("{\"JobId\":\"job-1\"}")),
            new Note.ForkFailed(BOOM, 12),
            new Note.ItemsChosen(json("[\"a\",\"b\"]"), 40),
            new HistoryEvent.BranchesStarted(Kind.MAP, 2),
            new HistoryEvent.IterationStarted("Each", 1),
            new HistoryEvent.IterationEnded("Each", 1, new Ending.Failed(BOOM)),
            new HistoryEvent.BranchesEnded(Kind.PARALLEL, new Ending.Succeeded(Json.NULL)),
            new HistoryEvent.MapRunStarted("arn:run"),
            new HistoryEvent.MapRunRedriven("arn:run", 1),
            new HistoryEvent.MapRunEnded(
                    new Ending.Failed(new Failure(Optional.empty(), Optional.empty()))),
            new HistoryEvent.QueryFailed("Pick", Optional.of("Output"), BOOM),
            new HistoryEvent.StateAborted(Kind.WAIT),
            new HistoryEvent.StateExited(
                    Kind.TASK,
                    "Charge",
                    json("{\"paid\":true}"),
                    Map.of("total", json("12345678901234567890")),
                    Optional.of("Ship")),
            new HistoryEvent.StateExited(
                    Kind.PASS, "Last", json("{\"paid\":true}"), Map.of(), Optional.empty()),
            new HistoryEvent.ExecutionEnded(new Ending.Aborted(Failure.of("Stopped", ""))),
            new Note.TaskAnswered(new Ending.Succeeded(json("[true]"))));

    /// Kinds that came later stand behind these.
    private static final int ENTRIES_OF_THE_FIRST_VERSION = 26;

    @Test
    void everyKindOfEntryComesBackAsItWas() {
        assertEquals(
                lines(), EntryCodec.decode(EntryCodec.encode(lines(), Optional.empty()), NO_INPUT));
    }

    @Test
    void theListAboveHasEveryKindOfEntry() {
        Set<Class<?>> kinds = ENTRIES.stream().map(Object::getClass).collect(Collectors.toSet());
        var all = new HashSet<Class<?>>(Arrays.asList(HistoryEvent.class.getPermittedSubclasses()));
        all.addAll(Arrays.asList(Note.class.getPermittedSubclasses()));
        assertEquals(all, kinds);
    }

    /// The file was written by the first version, and is never written again.
    @Test
    void bytesOfTheFirstVersionAreStillRead() throws IOException {
        byte[] golden = HexFormat.of().parseHex(resource("journal-1.hex").replace("\n", ""));
        assertEquals(
                lines().subList(0, ENTRIES_OF_THE_FIRST_VERSION),
                EntryCodec.decode(golden, () -> json("{\"order\":7}")));
    }

    @Test
    void aPayloadKeepsItsSpelling() {
        var spelled = new HistoryEvent.StateEntered(Kind.PASS, "P", Json.ofText("{ \"a\" : 1.0 }"));
        var decoded = EntryCodec.decode(
                EntryCodec.encode(List.of(line(1, spelled)), Optional.empty()), NO_INPUT);
        assertEquals(
                "{ \"a\" : 1.0 }",
                ((HistoryEvent.StateEntered) decoded.getFirst().entry()).input().text());
    }

    @Test
    void aPayloadThatPassesThroughIsWrittenOnce() {
        var payload = Json.ofText("\"" + "x".repeat(10_000) + "\"");
        List<Recorded> lines = List.of(
                line(1, new HistoryEvent.StateEntered(Kind.PASS, "P", payload)),
                line(
                        2,
                        new HistoryEvent.StateExited(
                                Kind.PASS, "P", payload, Map.of(), Optional.empty())),
                line(3, new HistoryEvent.ExecutionEnded(new Ending.Succeeded(payload))));
        byte[] bytes = EntryCodec.encode(lines, Optional.empty());
        assertTrue(bytes.length < 10_100, bytes.length + " bytes");
        assertEquals(lines, EntryCodec.decode(bytes, NO_INPUT));
    }

    @Test
    void theExecutionsInputIsLeftToItsRecord() {
        var input = Json.ofText("\"" + "x".repeat(10_000) + "\"");
        var entered = List.of(line(1, new HistoryEvent.StateEntered(Kind.PASS, "P", input)));
        byte[] bytes = EntryCodec.encode(entered, Optional.of(input));
        assertTrue(bytes.length < 100, bytes.length + " bytes");
        assertEquals(entered, EntryCodec.decode(bytes, () -> input));
    }

    @Test
    void truncatedBytesAreRefused() {
        byte[] bytes = EntryCodec.encode(lines(), Optional.empty());
        assertThrows(
                IllegalStateException.class,
                () -> EntryCodec.decode(Arrays.copyOf(bytes, bytes.length - 1), NO_INPUT));
    }

    @Test
    void aLaterFormatIsRefusedByItsNumber() {
        var refused = assertThrows(
                IllegalStateException.class, () -> EntryCodec.decode(new byte[] {2, 0}, NO_INPUT));
        assertEquals("Expected journal lines of format 1, found 2", refused.getMessage());
    }

    private static List<Recorded> lines() {
        var frames = List.of(
                Frame.ROOT, Frame.ROOT.inner(4, 1), Frame.ROOT.inner(4, 1).inner(300, 39));
        var lines = new ArrayList<Recorded>();
        for (int i = 0; i < ENTRIES.size(); i++) {
            boolean note = ENTRIES.get(i) instanceof Note;
            lines.add(new Recorded(
                    i + 1,
                    note ? 0 : 200 + i,
                    note ? 0 : 199 + i,
                    AT.plusMillis(i),
                    frames.get(i % frames.size()),
                    ENTRIES.get(i)));
        }
        return lines;
    }

    private static Recorded line(long sequence, Entry entry) {
        return new Recorded(sequence, sequence, sequence - 1, AT, Frame.ROOT, entry);
    }

    private static Json json(String text) {
        return Json.ofText(text);
    }

    private static String resource(String name) throws IOException {
        try (var stream = EntryCodecTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), US_ASCII);
        }
    }
}
