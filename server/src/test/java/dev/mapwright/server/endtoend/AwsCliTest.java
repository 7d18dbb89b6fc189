package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        assumeTrue(isInstalled(), "no AWS CLI on this machine");
        Path csv = Files.writeString(
                folder.resolve("rows.csv"),
                "id\n"
                        + IntStream.range(0, 95)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("\n")));
        Path machine = Files.writeString(folder.resolve("machine.json"), MACHINE);
        try (var served = Served.on(folder.resolve("data"))) {
            var cli = new Cli(served.endpoint().toString());
            cli.run("s3", "mb", "s3://orders");
            cli.run("s3", "cp", csv.toString(), "s3://orders/a//b/../rows.csv");
            String machineArn = cli.text(
                    "stateMachineArn",
                    "create-state-machine",
                    "--name",
                    "rows",
                    "--definition",
                    "file://" + machine,
                    "--role-arn",
                    "arn:aws:iam::123456789012:role/r");
            String execution =
                    cli.text("executionArn", "start-execution", "--state-machine-arn", machineArn);
            assertEquals("SUCCEEDED", cli.awaitEnd(execution));
            String run =
                    cli.text("mapRuns[0].mapRunArn", "list-map-runs", "--execution-arn", execution);
            assertEquals(
                    "95\t95\t10",
                    cli.text(
                            "[itemCounts.total,itemCounts.succeeded,executionCounts.total]",
                            "describe-map-run",
                            "--map-run-arn",
                            run));
            String children = cli.text(
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
                    cli.text(
                            "events[].type",
                            "get-execution-history",
                            "--execution-arn",
                            children.split("\\s+")[0]));
            String files = cli.run("s3", "ls", "--recursive", "s3://orders/results/");
            assertTrue(files.contains("/manifest.json"), files);
            assertTrue(files.contains("/SUCCEEDED_0.json"), files);
        }
    }

    @Test
    void makesAFunctionOfAZipFileAndInvokesIt() throws Exception {
        assumeTrue(isInstalled(), "no AWS CLI on this machine");
        assumeTrue(isThere("python3"), "no python3 on this machine");
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
            var cli = new Cli(served.endpoint().toString());
            cli.run(
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
            String log = cli.run(
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

    private static boolean isInstalled() {
        return isThere("aws");
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private record Cli(String endpoint) {
        /// What a Step Functions command answers, cut down by a query.
        String text(String query, String... arguments) throws IOException, InterruptedException {
            var all = new ArrayList<>(List.of("stepfunctions"));
            all.addAll(List.of(arguments));
            all.addAll(List.of("--query", query, "--output", "text"));
            return run(all.toArray(String[]::new)).strip();
        }

        String awaitEnd(String execution) throws IOException, InterruptedException {
            String status = "RUNNING";
            while (status.equals("RUNNING")) {
                status = text("status", "describe-execution", "--execution-arn", execution);
            }
            return status;
        }

        String run(String... arguments) throws IOException, InterruptedException {
            var command = new ArrayList<>(List.of("aws"));
            command.addAll(List.of(arguments));
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL", endpoint,
                            "AWS_DEFAULT_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "test",
                            "AWS_SECRET_ACCESS_KEY", "test",
                            "AWS_PAGER", ""));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), command + ": " + output);
            return output;
        }
    }
}
