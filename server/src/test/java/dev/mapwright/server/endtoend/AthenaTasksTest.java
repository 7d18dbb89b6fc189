package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The Tasks `athena:*` against the built-in Athena.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AthenaTasksTest {
    /// Starts a query, asks about it until it has ended, and reads its rows.
    private static final String POLLING = """
            {"StartAt": "Start", "States": {
              "Start": {"Type": "Task", "Next": "Ask",
                "Resource": "arn:aws:states:::athena:startQueryExecution",
                "Parameters": {"QueryString": "SELECT * FROM (VALUES (1, 'one'), (2, NULL)) AS t (n, name) ORDER BY n",
                  "ResultConfiguration": {"OutputLocation": "s3://results/"}}},
              "Ask": {"Type": "Task", "Next": "Ended?", "ResultPath": "$.asked",
                "Resource": "arn:aws:states:::athena:getQueryExecution",
                "Parameters": {"QueryExecutionId.$": "$.QueryExecutionId"}},
              "Ended?": {"Type": "Choice", "Default": "Ask", "Choices": [
                {"Variable": "$.asked.QueryExecution.Status.State", "StringEquals": "SUCCEEDED", "Next": "Read"},
                {"Variable": "$.asked.QueryExecution.Status.State", "StringEquals": "FAILED", "Next": "Failed"}]},
              "Read": {"Type": "Task", "Next": "Stop",
                "Resource": "arn:aws:states:::athena:getQueryResults", "ResultPath": "$.read",
                "Parameters": {"QueryExecutionId.$": "$.QueryExecutionId"}},
              "Stop": {"Type": "Task", "End": true, "ResultPath": "$.stopped",
                "Resource": "arn:aws:states:::athena:stopQueryExecution",
                "Parameters": {"QueryExecutionId.$": "$.QueryExecutionId"}},
              "Failed": {"Type": "Fail"}}}
            """;

    private static final String WAITING = """
            {"StartAt": "Query", "States": {"Query": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
              "Parameters": {"QueryString.$": "$.query",
                "ResultConfiguration": {"OutputLocation": "s3://results/"}}}}}
            """;

    private Served served;
    private ServiceClient client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        served = Served.on(folder.resolve("data"));
        client = served.client();
        client.makeBucket("results");
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        served.close();
    }

    @Test
    void aQueryIsStartedAskedForReadAndStopped() throws Exception {
        Answer ended = run("polling", POLLING, Map.of());

        assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
        var output = (Map<?, ?>) Json.parse(ended.text("output")).value();
        var set = (Map<?, ?>) ((Map<?, ?>) output.get("read")).get("ResultSet");
        assertEquals(Json.parse("""
                        [{"Data": [{"VarCharValue": "n"}, {"VarCharValue": "name"}]},
                         {"Data": [{"VarCharValue": "1"}, {"VarCharValue": "one"}]},
                         {"Data": [{"VarCharValue": "2"}, {}]}]""").value(), set.get("Rows"));
        var columns = (List<?>) ((Map<?, ?>) set.get("ResultSetMetadata")).get("ColumnInfo");
        assertEquals("n", ((Map<?, ?>) columns.getFirst()).get("Name"));
        assertEquals("integer", ((Map<?, ?>) columns.getFirst()).get("Type"));
        assertTrue(output.containsKey("SdkHttpMetadata"), output.toString());
        assertTrue(((Map<?, ?>) output.get("stopped")).containsKey("SdkResponseMetadata"));
    }

    @Test
    void aTaskThatWaitsEndsWithTheQuery() throws Exception {
        Answer ended = run("waiting", WAITING, Map.of("query", "SELECT 1"));

        assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
        Answer query = Answer.of(Json.parse(ended.text("output"))).object("QueryExecution");
        String id = query.text("QueryExecutionId");
        assertEquals("SELECT 1", query.text("Query"));
        assertEquals(
                "s3://results/" + id + ".csv",
                query.object("ResultConfiguration").text("OutputLocation"));
        assertTrue(query.object("Status").number("SubmissionDateTime") > 1_000_000_000_000L);
    }

    @Test
    void aQueryThatFailsFailsTheTaskWithWhatIsKnownOfIt() throws Exception {
        Answer ended = run("waiting", WAITING, Map.of("query", "SELECT nothing FROM nowhere"));

        assertEquals("FAILED", ended.text("status"), ended.toString());
        assertEquals("States.TaskFailed", ended.text("error"));
        Answer query = Answer.of(Json.parse(ended.text("cause"))).object("QueryExecution");
        assertEquals("FAILED", query.object("Status").text("State"));
    }

    private Answer run(String name, String definition, Map<String, String> input) throws Exception {
        var preparation = new Preparation(client);
        String machine = preparation.machine(name, definition);
        return preparation.awaitEnd(preparation.start(machine, Json.of(input)));
    }
}
