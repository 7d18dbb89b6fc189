package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;

import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Fan-out with generated inventory manifests: four distributed maps in a row, the last of which
/// runs once for each manifest, side by side. After "Monte Carlo simulation with Step Functions
/// Distributed Map".
final class FanOutScenario implements Scenario {
    private static final String BUCKET = "fan-out";
    private static final int ROWS_A_BATCH = 1_000;
    private static final int ROWS_A_FILE = 10;
    private static final int FILES_A_BATCH = 100;
    private static final int MANIFESTS_MAX = 3;
    private static final int VALUE_FACTOR = 7;

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public String about() {
        return "generated files, inventory manifests, and a map run for each manifest";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        for (var function : Map.of(
                        "write-data", "write_data",
                        "write-part", "write_part",
                        "write-manifests", "write_manifests",
                        "sum", "sum_values")
                .entrySet()) {
            functions.create(function.getKey(), "fanout", function.getValue(), Map.of());
        }
        stage.bucket(BUCKET);
        stage.bucket("fan-out-results");
        long rows = stage.size().of(3_000, 100_000, 1_000_000);
        seeds(stage, rows);
        runs(stage, report, rows, "MANIFEST", "{\"InputType\": \"MANIFEST\", \"MaxItems\": 0}");
        runs(stage, report, rows, "S3_INVENTORY", "{\"ManifestType\": \"S3_INVENTORY\"}");
        functions.overlapAtMost("write-manifests", 1, report);
        report.part("S3_INVENTORY beside an InputType");
        try {
            stage.machine(
                    "refused",
                    definition("{\"ManifestType\": \"S3_INVENTORY\", \"InputType\": \"CSV\"}"));
            report.holds("is refused", false, "accepted");
        } catch (SfnException refused) {
            String code = refused.awsErrorDetails().errorCode();
            report.equal("is refused", "InvalidDefinition", code);
        }
    }

    private static void seeds(Stage stage, long rows) throws IOException {
        Path file = stage.folder().resolve("seeds.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("seed\n");
            for (long row = 1; row <= rows; row++) {
                out.write(row + "\n");
            }
        }
        stage.put(BUCKET, "seeds.csv", file);
    }

    private static String definition(String readerConfig) throws IOException {
        return Stage.resource("fan-out.asl.json").replace("READER_CONFIG", readerConfig);
    }

    private static void runs(
            Stage stage, Report report, long rows, String name, String readerConfig)
            throws IOException, InterruptedException {
        report.part(name);
        String machine = stage.machine("fan-out-" + name, definition(readerConfig));
        Ended ended = stage.run(machine, "{}");
        runsHold(stage, report, rows, ended);
        if (stage.size() == Size.S) {
            report.part(name + ", killed in the middle");
            runsHold(stage, report, rows, stage.runKilled(machine, "{}", ended.seconds()));
        }
    }

    private static void runsHold(Stage stage, Report report, long rows, Ended ended) {
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        long files = Math.ceilDiv(rows, ROWS_A_FILE);
        long parts = Math.ceilDiv(files, FILES_A_BATCH);
        long manifests = Math.min(MANIFESTS_MAX, parts);
        report.equal(
                "map runs that are listed", 3 + manifests, (long) ended.runs().size());
        var invariants = new Invariants(stage, report);
        long aggregated = 0;
        for (DescribeMapRunResponse run : ended.runs()) {
            long items = run.itemCounts().total();
            switch (label(run)) {
                case "Simulate" -> {
                    invariants.hold(run, rows);
                    long children = run.executionCounts().total();
                    report.equal("batches of seeds", Math.ceilDiv(rows, ROWS_A_BATCH), children);
                }
                case "Inventory" -> invariants.hold(run, files);
                case "Manifests" -> invariants.hold(run, parts);
                default -> {
                    invariants.hold(run, items);
                    aggregated += items;
                }
            }
        }
        report.equal("items over all manifests", files, aggregated);
        sumHolds(stage, report, ended, rows);
    }

    /// `…:mapRun:MACHINE/LABEL:UUID`
    private static String label(DescribeMapRunResponse run) {
        String arn = run.mapRunArn();
        return arn.substring(arn.indexOf('/') + 1, arn.lastIndexOf(':'));
    }

    private static void sumHolds(Stage stage, Report report, Ended ended, long rows) {
        long sum = 0;
        var keys = new ArrayList<String>();
        var fields = new TreeSet<Object>();
        for (Object details : (List<?>) Json.ofText(ended.output()).value()) {
            for (Object output :
                    ResultFiles.of(stage, (Map<?, ?>) details).outputs(report).toList()) {
                var members = (Map<?, ?>) output;
                sum += ((Number) members.get("sum")).longValue();
                ((List<?>) members.get("keys")).forEach(key -> keys.add((String) key));
                fields.addAll((List<?>) members.get("fields"));
            }
        }
        report.equal("fields of the inventory's items", "[Bucket, Key]", fields.toString());
        report.equal(
                "different keys", (long) keys.size(), keys.stream().distinct().count());
        report.equal("sum of all values", VALUE_FACTOR * rows * (rows + 1) / 2, sum);
    }
}
