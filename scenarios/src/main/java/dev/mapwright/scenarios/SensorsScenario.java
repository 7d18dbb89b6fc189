package dev.mapwright.scenarios;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;

import dev.mapwright.asl.json.Json;
import dev.mapwright.scenarios.SensorReadings.Reading;

import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Sensors: Athena unloads a day's CSV files as Parquet, each row goes through a function and a
/// delivery stream. After "Orchestrating big data processing with AWS Step Functions Distributed
/// Map".
final class SensorsScenario implements Scenario {
    private static final String DATA = "iot-data";
    private static final String RESULTS = "iot-results";
    private static final String ROLE = "arn:aws:iam::123456789012:role/mapwright-scenario";
    private static final int BUFFER_SECONDS = 15;
    private static final Duration DELIVERY_PATIENCE = Duration.ofMinutes(5);
    private static final Duration QUERY_PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private static final String TABLE = """
            CREATE EXTERNAL TABLE iot.readings (deviceid string, `timestamp` string, temperature double,
              humidity double, batterylevel double, latitude double, longitude double)
            ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' STORED AS TEXTFILE
            LOCATION 's3://iot-data/daily-data/' TBLPROPERTIES ('skip.header.line.count'='1')""";

    private static final List<Unload> UNLOADS = List.of(
            new Unload(
                    "csv", "format = 'TEXTFILE', field_delimiter = ',', compression = 'NONE'", """
                    "InputType": "CSV", "CSVHeaderLocation": "GIVEN",
                    "CSVHeaders": ["deviceid", "temperature"]"""),
            new Unload(
                    "jsonl", "format = 'JSON', compression = 'NONE'", "\"InputType\": \"JSONL\""));

    @Override
    public String name() {
        return "sensors";
    }

    @Override
    public String about() {
        return "Athena UNLOAD to Parquet, its manifest's rows through a function into Firehose";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        functions.create("analyze", "sensors", "handler", Map.of());
        stage.bucket(DATA);
        stage.bucket(RESULTS);
        var readings = new SensorReadings(stage.seed(), (int) stage.size().of(5, 500, 50_000));
        for (int device = 1; device <= readings.devices(); device++) {
            stage.put(DATA, readings.key(device), readings.text(device));
        }
        AthenaClient athena = stage.client(AthenaClient.builder());
        athena.updateWorkGroup(request -> request.workGroup("primary")
                .configurationUpdates(updates -> updates.resultConfigurationUpdates(
                        result -> result.outputLocation("s3://" + DATA))));
        query(athena, "CREATE DATABASE iot");
        query(athena, TABLE);
        deliveryStream(stage);

        String machine = stage.machine("sensors", Stage.resource("sensors.asl.json"));
        Ended ended = stage.run(machine, "{\"bucket\": \"%s\"}".formatted(DATA));
        report.equal("outcome", "SUCCEEDED", ended.outcome() + ended.cause());
        long rows = (long) readings.devices() * SensorReadings.HOURS;
        var invariants = new Invariants(stage, report);
        invariants.hold(ended.run(), rows);
        report.figure("rows", rows / ended.seconds(), "rows/s");
        inputsHold(report, invariants.exported(ended.run(), ended, "analytics-results/"), rows);
        deliveredHolds(stage, report, readings, rows);
        queryHolds(athena, report, readings);
        for (Unload unload : UNLOADS) {
            unload.runs(stage, athena, report, readings);
        }
        missingFile(stage, report);
    }

    private static void deliveryStream(Stage stage) {
        FirehoseClient firehose = stage.client(FirehoseClient.builder());
        firehose.createDeliveryStream(request -> request.deliveryStreamName("analyses")
                .extendedS3DestinationConfiguration(to -> to.bucketARN("arn:aws:s3:::" + RESULTS)
                        .roleARN(ROLE)
                        .fileExtension(".json")
                        .bufferingHints(
                                hints -> hints.sizeInMBs(1).intervalInSeconds(BUFFER_SECONDS))
                        .processingConfiguration(processing -> processing
                                .enabled(true)
                                .processors(processor -> processor
                                        .type(ProcessorType.APPEND_DELIMITER_TO_RECORD)
                                        .parameters(parameter -> parameter
                                                .parameterName(ProcessorParameterName.DELIMITER)
                                                .parameterValue("\\n"))))));
    }

    /// The delivered lines, asked by SQL.
    private static void queryHolds(AthenaClient athena, Report report, SensorReadings readings)
            throws InterruptedException {
        query(athena, """
                CREATE EXTERNAL TABLE iot.analyses (deviceid string, anomalycount int)
                ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
                LOCATION 's3://%s/%d/'""".formatted(RESULTS, Year.now(ZoneOffset.UTC).getValue()));
        String id = query(athena, "SELECT count(*) FROM iot.analyses WHERE anomalycount = 1");
        String count = athena.getQueryResults(request -> request.queryExecutionId(id))
                .resultSet()
                .rows()
                .getLast()
                .data()
                .getFirst()
                .varCharValue();
        long expected = 0;
        for (int device = 1; device <= readings.devices(); device++) {
            expected += readings.readings(device).stream()
                    .filter(reading -> reading.anomalies() == 1)
                    .count();
        }
        report.equal("readings with one anomaly, by a query", Long.toString(expected), count);
    }

    /// The same rows in another format.
    private record Unload(String name, String format, String readerConfig) {
        void runs(Stage stage, AthenaClient athena, Report report, SensorReadings readings)
                throws InterruptedException {
            report.part("UNLOAD to " + name);
            String id = query(athena, """
                    UNLOAD (SELECT deviceid, temperature FROM iot.readings)
                    TO 's3://%s/unloaded-%s/' WITH (%s)""".formatted(DATA, name, format));
            String machine = stage.machine(
                    "unloaded-" + name, """
                    {"StartAt": "Rows", "States": {"Rows": {"Type": "Map", "End": true,
                      "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                        "ReaderConfig": {"ManifestType": "ATHENA_DATA", %s},
                        "Parameters": {"Bucket": "%s", "Key": "%s-manifest.csv"}},
                      "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                        "StartAt": "Row", "States": {"Row": {"Type": "Pass", "End": true}}},
                      "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                        "Parameters": {"Bucket": "%s", "Prefix": "unloaded"}}}}}""".formatted(readerConfig, DATA, id, RESULTS));
            Ended ended = stage.run(machine, "{}");
            report.equal("outcome", "SUCCEEDED", ended.outcome() + ended.cause());
            Map<Object, Long> rows = ResultFiles.of(stage, ended.outputMembers())
                    .outputs(report)
                    .collect(groupingBy(row -> ((Map<?, ?>) row).get("deviceid"), counting()));
            report.equal("devices", readings.devices(), rows.size());
            report.equal(
                    "rows of each", Set.of((long) SensorReadings.HOURS), Set.copyOf(rows.values()));
        }
    }

    /// @return the query's id
    private static String query(AthenaClient athena, String sql) throws InterruptedException {
        String id = athena.startQueryExecution(
                        request -> request.queryString(sql).workGroup("primary"))
                .queryExecutionId();
        long deadline = System.nanoTime() + QUERY_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            QueryExecutionStatus status = athena.getQueryExecution(
                            request -> request.queryExecutionId(id))
                    .queryExecution()
                    .status();
            if (status.state() == QueryExecutionState.SUCCEEDED) {
                return id;
            }
            if (status.state() == QueryExecutionState.FAILED) {
                throw new IllegalStateException(sql + ": " + status.stateChangeReason());
            }
            Thread.sleep(POLL);
        }
        throw new IllegalStateException("No end after %s: %s".formatted(QUERY_PATIENCE, sql));
    }

    /// Rows as objects with numbers, and the file that each is from.
    private static void inputsHold(Report report, ResultFiles results, long rows) {
        Map<Boolean, Long> inputs = results.outputs(report)
                .collect(partitioningBy(input -> isRow((Map<?, ?>) input), counting()));
        report.equal(
                "children exported whose input is a row of a Parquet file", rows, inputs.get(true));
        report.equal("children exported whose input is none", 0L, inputs.get(false));
    }

    private static boolean isRow(Map<?, ?> input) {
        var row = (Map<?, ?>) input.get("row");
        String source = (String) input.get("source");
        String folder = "s3://%s/daily-data-parquet/".formatted(DATA);
        return row.get("temperature") instanceof Number
                && row.get("batterylevel") instanceof Number
                && row.get("timestamp") instanceof String
                && !row.containsKey("deviceid_partition")
                && source.startsWith(folder)
                && source.contains("/deviceid_partition=" + row.get("deviceid") + "/");
    }

    /// Each delivered line is the analysis of one reading.
    private static void deliveredHolds(
            Stage stage, Report report, SensorReadings readings, long rows)
            throws InterruptedException {
        long deadline = System.nanoTime() + DELIVERY_PATIENCE.toNanos();
        List<Map<?, ?>> lines = delivered(stage);
        while (lines.size() < rows && System.nanoTime() < deadline) {
            Thread.sleep(POLL);
            lines = delivered(stage);
        }
        report.equal("lines delivered", rows, (long) lines.size());
        var found = new TreeMap<String, Integer>();
        for (Map<?, ?> line : lines) {
            String key = "%s %s %s"
                    .formatted(
                            line.get("deviceid"),
                            line.get("readingtimestamp"),
                            line.get("anomalycount"));
            found.merge(key, 1, Integer::sum);
        }
        var expected = new TreeMap<String, Integer>();
        long single = 0;
        for (int device = 1; device <= readings.devices(); device++) {
            for (Reading reading : readings.readings(device)) {
                int anomalies = reading.anomalies();
                single += anomalies == 1 ? 1 : 0;
                expected.merge(
                        "%s %s %d".formatted(reading.device(), reading.time(), anomalies),
                        1,
                        Integer::sum);
            }
        }
        report.holds(
                "delivered analyses are those of the readings",
                found.equals(expected),
                found.size());
        report.equal(
                "readings with one anomaly",
                single,
                lines.stream()
                        .filter(line -> ((Number) line.get("anomalycount")).intValue() == 1)
                        .count());
    }

    private static List<Map<?, ?>> delivered(Stage stage) {
        var lines = new ArrayList<Map<?, ?>>();
        for (S3Object object : stage.s3()
                .listObjectsV2Paginator(request -> request.bucket(RESULTS).prefix("20"))
                .contents()) {
            stage.get(RESULTS, object.key())
                    .lines()
                    .forEach(line -> lines.add((Map<?, ?>) Json.ofText(line).value()));
        }
        return lines;
    }

    private static void missingFile(Stage stage, Report report) throws InterruptedException {
        report.part("a manifest that names a missing file");
        stage.put(DATA, "broken-manifest.csv", "s3://%s/not/there.parquet\n".formatted(DATA));
        String definition = """
                {"StartAt": "Rows", "States": {"Rows": {"Type": "Map", "End": true,
                  "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                    "ReaderConfig": {"InputType": "PARQUET", "ManifestType": "ATHENA_DATA"},
                    "Parameters": {"Bucket": "%s", "Key": "broken-manifest.csv"}},
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                    "StartAt": "Row", "States": {"Row": {"Type": "Pass", "End": true}}}}}}""".formatted(DATA);
        Ended ended = stage.run(stage.machine("missing-file", definition), "{}");
        report.equal("error", "States.ItemReaderFailed", ended.error());
    }
}
