package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.testkit.clients.MachineClients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The AWS CLI of the machine, told nothing but the endpoint.
class AwsCliTest {
    private static final String MACHINE = """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "Each", "End": true,
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                "Parameters": {"Bucket": "orders", "Key": "a//b/../rows.csv"}},
              "ItemBatcher": {"MaxItemsPerBatch": 10},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Keep", "States": {"Keep": {"Type": "Pass", "End": true}}},
              "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                "Parameters": {"Bucket": "orders", "Prefix": "results"}}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void uploadsRunsAndReadsTheResults() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("rows.csv"),
                "id\n"
                        + IntStream.range(0, 95)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("\n")));
        Path machine = Files.writeString(folder.resolve("machine.json"), MACHINE);
        try (var served = Served.on(folder.resolve("data"))) {
            var cli = new MachineClients(served.endpoint(), folder);
            cli.aws("s3", "mb", "s3://orders");
            cli.aws("s3", "cp", csv.toString(), "s3://orders/a//b/../rows.csv");
            String machineArn = states(
                    cli,
                    "stateMachineArn",
                    "create-state-machine",
                    "--name",
                    "rows",
                    "--definition",
                    "file://" + machine,
                    "--role-arn",
                    "arn:aws:iam::123456789012:role/r");
            String execution = states(
                    cli, "executionArn", "start-execution", "--state-machine-arn", machineArn);
            assertEquals("SUCCEEDED", awaitEnd(cli, execution));
            String run = states(
                    cli, "mapRuns[0].mapRunArn", "list-map-runs", "--execution-arn", execution);
            assertEquals(
                    "95\t95\t10",
                    states(
                            cli,
                            "[itemCounts.total,itemCounts.succeeded,executionCounts.total]",
                            "describe-map-run",
                            "--map-run-arn",
                            run));
            String children = states(
                    cli,
                    "executions[].executionArn",
                    "list-executions",
                    "--map-run-arn",
                    run,
                    "--status-filter",
                    "SUCCEEDED",
                    "--page-size",
                    "3");
            assertEquals(10, children.split("\\s+").length);
            assertEquals(
                    "ExecutionStarted\tPassStateEntered\tPassStateExited\tExecutionSucceeded",
                    states(
                            cli,
                            "events[].type",
                            "get-execution-history",
                            "--execution-arn",
                            children.split("\\s+")[0]));
            String files = cli.aws("s3", "ls", "--recursive", "s3://orders/results/");
            assertTrue(files.contains("/manifest.json"), files);
            assertTrue(files.contains("/SUCCEEDED_0.json"), files);
        }
    }

    @Test
    void makesAFunctionOfAZipFileAndInvokesIt() throws Exception {
        Path zip = folder.resolve("code.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("app.py"));
            out.write("""
                    def handler(event, context):
                        print("asked for", event["n"])
                        return {"twice": event["n"] * 2}
                    """.getBytes(StandardCharsets.UTF_8));
        }
        Path answer = folder.resolve("answer.json");
        Path event = Files.writeString(folder.resolve("event.json"), "{\"n\": 21}");
        try (var served = Served.on(folder.resolve("data"))) {
            var cli = new MachineClients(served.endpoint(), folder);
            cli.aws(
                    "lambda",
                    "create-function",
                    "--function-name",
                    "twice",
                    "--runtime",
                    "python3.12",
                    "--handler",
                    "app.handler",
                    "--role",
                    "arn:aws:iam::123456789012:role/r",
                    "--timeout",
                    "60",
                    "--zip-file",
                    "fileb://" + zip);
            String log = cli.aws(
                    "lambda",
                    "invoke",
                    "--function-name",
                    "twice",
                    "--payload",
                    "fileb://" + event,
                    "--log-type",
                    "Tail",
                    "--query",
                    "LogResult",
                    "--output",
                    "text",
                    answer.toString());
            assertEquals("{\"twice\": 42}", Files.readString(answer));
            byte[] tail = Base64.getDecoder().decode(log.strip());
            assertTrue(new String(tail, StandardCharsets.UTF_8).contains("\nasked for 21\n"), log);
        }
    }

    private static String awaitEnd(MachineClients cli, String execution) throws Exception {
        String status = "RUNNING";
        while (status.equals("RUNNING")) {
            status = states(cli, "status", "describe-execution", "--execution-arn", execution);
        }
        return status;
    }

    private static String states(MachineClients cli, String query, String... arguments)
            throws Exception {
        var all = new ArrayList<>(List.of("stepfunctions"));
        all.addAll(List.of(arguments));
        return cli.awsText(query, all.toArray(String[]::new));
    }
}
