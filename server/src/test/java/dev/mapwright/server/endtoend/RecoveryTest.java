package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.server.client.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// The process is killed in the middle of a map run, and started again on the same folder.
class RecoveryTest {
    private static final int ROWS = 100_000;

    private static final String MACHINE = """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "Each", "End": true,
              "MaxConcurrency": 100,
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                "Parameters": {"Bucket": "rows-in", "Key": "rows.csv"}},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Put", "States": {"Put": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::dynamodb:putItem",
                  "Parameters": {"TableName": "rows", "Item": {"pk": {"S.$": "$.number"}}}}}},
              "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                "Parameters": {"Bucket": "rows-in", "Prefix": "results"}}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void everyRowIsThereOnceAndTheLedgerBalances() throws Exception {
        Path data = folder.resolve("data");
        String execution;
        try (var served = Served.on(data);
                var client = served.client()) {
            var preparation = new Preparation(client);
            execution = begin(preparation);
            awaitSome(preparation, execution);
            served.kill();
        }
        try (var served = Served.on(data);
                var client = served.client()) {
            var preparation = new Preparation(client);
            Answer ended = preparation.awaitEnd(execution);
            assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
            Answer items = preparation.mapRun(execution).orElseThrow().object("itemCounts");
            assertEquals(ROWS, items.number("total"));
            assertEquals(ROWS, items.number("succeeded"));
            assertEquals(0, items.number("pending") + items.number("running"));
            assertEquals(ROWS, preparation.items("rows").size());
            Answer files = preparation.manifest(ended).object("ResultFiles");
            assertEquals(List.of(), files.objects("FAILED"));
            assertEquals(ROWS, preparation.children("rows-in", files.objects("SUCCEEDED")));
            assertEquals(0, served.stop());
        }
    }

    private String begin(Preparation preparation) throws Exception {
        preparation.rows("rows-in", "rows.csv", ROWS, folder);
        preparation.table("rows");
        return preparation.start(preparation.machine("rows", MACHINE));
    }

    private static void awaitSome(Preparation preparation, String execution) throws Exception {
        while (preparation
                        .mapRun(execution)
                        .map(run -> run.object("itemCounts").number("succeeded"))
                        .orElse(0L)
                <= ROWS / 10) {
            Thread.sleep(10);
        }
    }
}
