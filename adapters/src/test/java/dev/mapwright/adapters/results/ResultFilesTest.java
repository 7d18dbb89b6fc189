package dev.mapwright.adapters.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.results.ResultFiles.Limits;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ChildResult;
import dev.mapwright.engine.maprun.ResultSink;
import dev.mapwright.engine.maprun.ResultSink.Progress;
import dev.mapwright.engine.maprun.ResultWriter.Generation;
import dev.mapwright.engine.maprun.WriteFailed;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.testkit.objects.MemoryObjectStore;
import dev.mapwright.testkit.objects.MemoryObjectStore.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ResultFilesTest {
    private static final String RUN =
            "arn:aws:states:us-east-1:123456789012:mapRun:m/label:run-uuid";
    private static final String ACCOUNT = "123456789012";
    private static final int PART_BYTES = 5 * 1024 * 1024;

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

    @Test
    void writesResultsAsAwsDoes() throws Exception {
        ResultSink sink =
                open(Map.of("Bucket", "b", "Prefix", "p"), Generation.FIRST, Optional.empty());
        sink.accept(succeeded(1, "{\"n\": 1}"));
        sink.accept(failed(2, Status.TIMED_OUT, Failure.of("States.Timeout")));
        sink.accept(failed(3, Status.FAILED, Failure.of("E", "why")));
        sink.acceptPending(json("{\"n\":4}"));

        Json details = sink.finish();

        assertEquals("{\"Bucket\":\"b\",\"Key\":\"p/run-uuid/manifest.json\"}", details.text());
        assertEquals(
                "[{\"ExecutionArn\":\"arn:child:1\",\"Input\":\"{\\\"i\\\":1}\",\"InputDetails\":{\"Included\":true},"
                        + "\"Name\":\"child-1\",\"Output\":\"{\\\"n\\\": 1}\",\"OutputDetails\":{\"Included\":true},"
                        + "\"RedriveCount\":0,\"RedriveStatus\":\"NOT_REDRIVABLE\","
                        + "\"RedriveStatusReason\":\"Execution is SUCCEEDED and cannot be redriven\","
                        + "\"StartDate\":\"2026-09-23T22:58:19.314Z\",\"StateMachineArn\":\"arn:machine/label\","
                        + "\"Status\":\"SUCCEEDED\",\"StopDate\":\"2026-09-23T22:58:20.000Z\"}]",
                objects.text("b", "p/run-uuid/SUCCEEDED_0.json"));
        assertEquals(
                "[{\"Error\":\"States.Timeout\",\"ExecutionArn\":\"arn:child:2\",\"Input\":\"{\\\"i\\\":2}\","
                        + "\"InputDetails\":{\"Included\":true},\"Name\":\"child-2\",\"OutputDetails\":{\"Included\":true},"
                        + "\"RedriveCount\":0,\"RedriveStatus\":\"REDRIVABLE_BY_MAP_RUN\","
                        + "\"StartDate\":\"2026-09-23T22:58:19.314Z\",\"StateMachineArn\":\"arn:machine/label\","
                        + "\"Status\":\"TIMED_OUT\",\"StopDate\":\"2026-09-23T22:58:20.000Z\"},"
                        + "{\"Cause\":\"why\",\"Error\":\"E\",\"ExecutionArn\":\"arn:child:3\",\"Input\":\"{\\\"i\\\":3}\","
                        + "\"InputDetails\":{\"Included\":true},\"Name\":\"child-3\",\"OutputDetails\":{\"Included\":true},"
                        + "\"RedriveCount\":0,\"RedriveStatus\":\"REDRIVABLE_BY_MAP_RUN\","
                        + "\"StartDate\":\"2026-09-23T22:58:19.314Z\",\"StateMachineArn\":\"arn:machine/label\","
                        + "\"Status\":\"FAILED\",\"StopDate\":\"2026-09-23T22:58:20.000Z\"}]",
                objects.text("b", "p/run-uuid/FAILED_0.json"));
        assertEquals(
                "[{\"Input\":\"{\\\"n\\\":4}\",\"InputDetails\":{\"Included\":true},\"Status\":\"PENDING\"}]",
                objects.text("b", "p/run-uuid/PENDING_0.json"));
        assertEquals(
                "{\"DestinationBucket\":\"b\",\"MapRunArn\":\"" + RUN + "\",\"ResultFiles\":{"
                        + "\"FAILED\":[{\"Key\":\"p/run-uuid/FAILED_0.json\",\"Size\":"
                        + size("p/run-uuid/FAILED_0.json")
                        + "}],\"PENDING\":[{\"Key\":\"p/run-uuid/PENDING_0.json\",\"Size\":"
                        + size("p/run-uuid/PENDING_0.json")
                        + "}],\"SUCCEEDED\":[{\"Key\":\"p/run-uuid/SUCCEEDED_0.json\","
                        + "\"Size\":" + size("p/run-uuid/SUCCEEDED_0.json") + "}]}}",
                objects.text("b", "p/run-uuid/manifest.json"));
        assertEquals("binary/octet-stream", objects.contentType("b", "p/run-uuid/FAILED_0.json"));
        assertEquals(
                "application/octet-stream", objects.contentType("b", "p/run-uuid/manifest.json"));
        assertTrue(objects.head("b", "p/run-uuid/FAILED_0.json", Optional.empty())
                .etag()
                .endsWith("-1\""));
        assertEquals(0, objects.openUploads());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            COMPACT ~ JSON  ~ [[10,{"copy": 10}],20]
            FLATTEN ~ JSON  ~ [10,{"copy":10},20]
            COMPACT ~ JSONL ~ [10,{"copy": 10}]⏎20⏎
            FLATTEN ~ JSONL ~ 10⏎{"copy":10}⏎20⏎
            """)
    void transformsOutputs(String transformation, String type, String expected) throws Exception {
        ResultSink sink = open(
                Map.of("Bucket", "b", "Transformation", transformation, "OutputType", type),
                Generation.FIRST,
                Optional.empty());
        sink.accept(succeeded(1, "[10,{\"copy\": 10}]"));
        sink.accept(succeeded(2, "20"));
        sink.finish();

        String extension = type.equals("JSONL") ? "jsonl" : "json";
        assertEquals(
                expected.replace('⏎', '\n'),
                objects.text("b", "run-uuid/SUCCEEDED_0." + extension));
        assertEquals(
                List.of("run-uuid/SUCCEEDED_0." + extension, "run-uuid/manifest.json"),
                objects.keys("b"));
    }

    @Test
    void keepsAnEntryOnOneLine() throws Exception {
        ResultSink sink = open(
                Map.of("Bucket", "b", "Transformation", "COMPACT", "OutputType", "JSONL"),
                Generation.FIRST,
                Optional.empty());
        sink.accept(succeeded(1, "{\n  \"a\": 1\n}"));
        sink.finish();

        assertEquals("{\"a\":1}\n", objects.text("b", "run-uuid/SUCCEEDED_0.jsonl"));
    }

    @ParameterizedTest
    @CsvSource({"p, p/run-uuid/", "p/, p/run-uuid/", "a/b, a/b/run-uuid/", "'', run-uuid/"})
    void putsOneSlashAfterThePrefix(String prefix, String folder) throws Exception {
        open(Map.of("Bucket", "b", "Prefix", prefix), Generation.FIRST, Optional.empty())
                .finish();

        assertEquals(List.of(folder + "manifest.json"), objects.keys("b"));
        assertEquals(
                "{\"DestinationBucket\":\"b\",\"MapRunArn\":\"" + RUN
                        + "\",\"ResultFiles\":{\"FAILED\":[],\"PENDING\":[],\"SUCCEEDED\":[]}}",
                objects.text("b", folder + "manifest.json"));
    }

    @Test
    void listsTheSuccessesOfAllGenerationsAfterARedrive() throws Exception {
        ResultSink first = open(Map.of("Bucket", "b"), Generation.FIRST, Optional.empty());
        first.accept(succeeded(1, "1"));
        first.accept(failed(2, Status.FAILED, Failure.of("E")));
        first.finish();
        ResultSink second =
                open(Map.of("Bucket", "b"), new Generation(2, Optional.of(0)), Optional.empty());
        second.accept(succeeded(3, "2"));

        assertEquals(
                "{\"Bucket\":\"b\",\"Key\":\"run-uuid/Redrive-2/manifest.json\"}",
                second.finish().text());

        var manifest = (Map<?, ?>)
                json(objects.text("b", "run-uuid/Redrive-2/manifest.json")).value();
        var files = (Map<?, ?>) manifest.get("ResultFiles");
        assertEquals(
                List.of("run-uuid/SUCCEEDED_0.json", "run-uuid/Redrive-2/SUCCEEDED_0.json"),
                ((List<?>) files.get("SUCCEEDED"))
                        .stream().map(file -> ((Map<?, ?>) file).get("Key")).toList());
        assertEquals(List.of(), files.get("FAILED"));
    }

    @Test
    void listsNoEarlierFilesWhereEverySuccessComesAgain() throws Exception {
        ResultSink first = open(Map.of("Bucket", "b"), Generation.FIRST, Optional.empty());
        first.accept(succeeded(1, "1"));
        first.finish();
        ResultSink second =
                open(Map.of("Bucket", "b"), new Generation(1, Optional.empty()), Optional.empty());
        second.accept(succeeded(1, "1"));
        second.finish();

        assertEquals(
                "{\"DestinationBucket\":\"b\",\"MapRunArn\":\"" + RUN
                        + "\",\"ResultFiles\":{\"FAILED\":[],\"PENDING\":[],\"SUCCEEDED\":"
                        + "[{\"Key\":\"run-uuid/Redrive-1/SUCCEEDED_0.json\",\"Size\":%d}]}}"
                                .formatted(size("run-uuid/Redrive-1/SUCCEEDED_0.json")),
                objects.text("b", "run-uuid/Redrive-1/manifest.json"));
    }

    @Test
    void beginsANewFileAtTheLimit() throws Exception {
        var writer = new ResultFiles(objects, ACCOUNT, new Limits(10, PART_BYTES, 100));
        ResultSink sink = writer.open(RUN, Generation.FIRST, target("COMPACT"), Optional.empty());
        for (int i = 1; i <= 5; i++) {
            sink.accept(succeeded(i, "\"" + i + i + "\""));
        }
        sink.finish();

        assertEquals("[\"11\"]", objects.text("b", "run-uuid/SUCCEEDED_0.json"));
        assertEquals(5 + 1, objects.keys("b").size());
    }

    /// 120 results of 200 kB, a failure between them now and then, in parts of 5 MiB: stopped after
    /// every one, with and without the last answer lost.
    @ParameterizedTest
    @ValueSource(ints = {1, 25, 26, 27, 40, 60, 79, 80, 81, 119, 120})
    void isExactAfterACrash(int crashAfter) throws Exception {
        List<ChildResult> results = results();
        Map<String, String> expected = written(results, Optional.empty());
        var kept = Optional.<Json>empty();
        ResultSink crashing = bigSink(kept);
        for (ChildResult result : results.subList(0, crashAfter)) {
            kept = crashing.accept(result).map(Progress::checkpoint).or(either(kept));
        }

        assertEquals(expected, written(results, kept.map(ResultFilesTest::reread)));
    }

    /// Short of a part, and too long for a checkpoint.
    @Test
    void coversNoEndingsOfAStatusThatIsNotKept() throws Exception {
        var writer = new ResultFiles(objects, ACCOUNT, new Limits(1 << 30, PART_BYTES, 100));
        ResultSink sink = writer.open(RUN, Generation.FIRST, target("NONE"), Optional.empty());
        sink.accept(succeeded(1, "1"));
        sink.accept(failed(2, Status.FAILED, Failure.of("E", "x".repeat(200))));

        Progress reached =
                sink.accept(succeeded(3, "\"" + "x".repeat(PART_BYTES) + "\"")).orElseThrow();

        assertEquals(0, reached.covered());
        ResultSink resumed = writer.open(
                RUN, Generation.FIRST, target("NONE"), Optional.of(reached.checkpoint()));
        assertEquals(0, resumed.covered());
    }

    @Test
    void isExactWhenItCrashedAfterTheLastUpload() throws Exception {
        List<ChildResult> results = results();
        Map<String, String> expected = written(results, Optional.empty());
        var kept = Optional.<Json>empty();
        ResultSink crashing = bigSink(kept);
        for (ChildResult result : results) {
            kept = crashing.accept(result).map(Progress::checkpoint).or(either(kept));
        }
        objects.fail(new Fault("put", "InternalError", false));
        assertThrows(WriteFailed.class, crashing::finish);

        assertTrue(kept.isPresent());
        assertEquals(expected, written(results, kept.map(ResultFilesTest::reread)));
    }

    @Test
    void completesAnUploadWhoseAnswerWasLost() throws Exception {
        objects.fail(new Fault("completeUpload", "InternalError", true));
        ResultSink sink = open(
                Map.of("Bucket", "b", "Transformation", "COMPACT"),
                Generation.FIRST,
                Optional.empty());
        sink.accept(succeeded(1, "1"));

        sink.finish();

        assertEquals("[1]", objects.text("b", "run-uuid/SUCCEEDED_0.json"));
    }

    @Test
    void leavesTheSameBytesWhenItIsFinishedTwice() throws Exception {
        ResultSink sink = open(Map.of("Bucket", "b"), Generation.FIRST, Optional.empty());
        sink.accept(succeeded(1, "1"));
        Json first = sink.finish();
        String manifest = objects.text("b", "run-uuid/manifest.json");

        assertEquals(first, sink.finish());
        assertEquals(manifest, objects.text("b", "run-uuid/manifest.json"));
    }

    @Test
    void saysWhyNothingCanBeWritten() throws Exception {
        ResultSink sink = open(Map.of("Bucket", "b"), Generation.FIRST, Optional.empty());
        sink.accept(succeeded(1, "1"));
        objects.fail(new Fault("beginUpload", "AccessDenied", false));

        assertEquals(
                "The results cannot be written to s3://b/run-uuid/SUCCEEDED_0.json: AccessDenied: "
                        + "The test asked beginUpload to fail",
                assertThrows(WriteFailed.class, sink::finish).getMessage());
    }

    @Test
    void findsOutAtFirstThatNothingCanBeWritten() {
        assertEquals(
                "The results cannot be written to s3://none/run-uuid/manifest.json: NoSuchBucket:"
                        + " The specified bucket does not exist",
                refusal(Map.of("Bucket", "none")));
        assertEquals(0, objects.openUploads());
        assertEquals(List.of(), objects.keys("b"));
    }

    @Test
    void refusesParametersThatItDoesNotKnow() {
        assertEquals(
                "The ResultWriter names no Bucket: {\"Bucket\":\"\"}",
                refusal(Map.of("Bucket", "")));
        assertEquals(
                "The parameter Key of a ResultWriter is not supported; supported are"
                        + " [Bucket, ExpectedBucketOwner, Prefix]",
                refusal(Map.of("Bucket", "b", "Key", "k")));
        assertEquals(
                "The parameter Prefix of a ResultWriter must be a string, but was 5",
                refusal(Map.of("Bucket", "b", "Prefix", 5)));
        assertEquals(
                "Transformation is NONE, COMPACT or FLATTEN, but was X",
                refusal(Map.of("Bucket", "b", "Transformation", "X")));
    }

    @Test
    void writesOnlyIntoABucketOfTheOwnerThatIsExpected() throws Exception {
        open(
                Map.of("Bucket", "b", "ExpectedBucketOwner", ACCOUNT),
                Generation.FIRST,
                Optional.empty());

        assertEquals(
                "The bucket b belongs to the account 123456789012, not to ExpectedBucketOwner"
                        + " 210987654321",
                refusal(Map.of("Bucket", "b", "ExpectedBucketOwner", "210987654321")));
    }

    private String refusal(Map<String, Object> target) {
        return assertThrows(
                        WriteFailed.class, () -> open(target, Generation.FIRST, Optional.empty()))
                .getMessage();
    }

    private static List<ChildResult> results() {
        var results = new ArrayList<ChildResult>();
        for (int i = 1; i <= 120; i++) {
            results.add(
                    i % 40 == 5
                            ? failed(i, Status.FAILED, Failure.of("E", "failure " + i))
                            : succeeded(
                                    i, "\"" + (char) ('a' + i % 26) + "x".repeat(200_000) + "\""));
        }
        return results;
    }

    /// Feeds what a checkpoint does not cover, finishes, and reads what is there.
    private Map<String, String> written(List<ChildResult> results, Optional<Json> checkpoint)
            throws Exception {
        ResultSink sink = bigSink(checkpoint);
        for (ChildResult result : results) {
            if (result.number() > sink.covered()) {
                sink.accept(result);
            }
        }
        sink.finish();
        var written = new java.util.TreeMap<String, String>();
        for (String key : objects.keys("b")) {
            written.put(key, objects.text("b", key));
        }
        return written;
    }

    private ResultSink bigSink(Optional<Json> checkpoint) throws Exception {
        return new ResultFiles(objects, ACCOUNT, new Limits(12_000_000, PART_BYTES, 1_000))
                .open(RUN, Generation.FIRST, target("COMPACT"), checkpoint);
    }

    private static java.util.function.Supplier<Optional<Json>> either(Optional<Json> kept) {
        return () -> kept;
    }

    private static Json reread(Json checkpoint) {
        return Json.ofText(checkpoint.text());
    }

    private ResultSink open(
            Map<String, Object> target, Generation generation, Optional<Json> checkpoint)
            throws Exception {
        return new ResultFiles(objects, ACCOUNT).open(RUN, generation, Json.of(target), checkpoint);
    }

    private static Json target(String transformation) {
        return Json.of(Map.of("Bucket", "b", "Transformation", transformation));
    }

    private long size(String key) throws Exception {
        return objects.content("b", key).length;
    }

    private static ChildResult succeeded(long number, String output) {
        return new ChildResult(
                number,
                running(number)
                        .ended(
                                Status.SUCCEEDED,
                                end(),
                                Optional.of(Json.ofText(output)),
                                Optional.empty()));
    }

    private static ChildResult failed(long number, Status status, Failure failure) {
        return new ChildResult(
                number,
                running(number).ended(status, end(), Optional.empty(), Optional.of(failure)));
    }

    private static Instant end() {
        return Instant.parse("2026-09-23T22:58:20Z");
    }

    private static Execution running(long number) {
        return new Execution(
                "arn:child:" + number,
                "arn:machine/label",
                "child-" + number,
                Execution.Type.STANDARD,
                "definition",
                "arn:role",
                Json.ofText("{\"i\":" + number + "}"),
                Status.RUNNING,
                Instant.parse("2026-09-23T22:58:19.314Z"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Json json(String text) throws Exception {
        return Json.parse(text);
    }
}
