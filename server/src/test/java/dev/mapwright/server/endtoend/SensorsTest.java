package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Athena unloads CSV to Parquet, a Distributed Map reads the files that its manifest names, and
/// children hand their rows to Firehose, whose objects Athena reads again.
class SensorsTest {
    private static final int BUFFER_SECONDS = 900;

    private static final String MACHINE = """
            {"QueryLanguage": "JSONata", "StartAt": "Unload", "States": {
              "Unload": {"Type": "Task", "Next": "Each",
                "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
                "Arguments": {"WorkGroup": "primary", "QueryString": "{% \\"UNLOAD (SELECT deviceid, temperature, deviceid AS device FROM sensors) TO 's3://iot-data/parquet/' WITH (format = 'PARQUET', compression = 'NONE', partitioned_by = ARRAY['device'])\\" %}"},
                "Output": {"manifest": "{% $substringAfter($states.result.QueryExecution.ResultConfiguration.OutputLocation, 's3://iot-data/') & '-manifest.csv' %}"}},
              "Each": {"Type": "Map", "End": true, "MaxConcurrency": 50,
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                  "ReaderConfig": {"InputType": "PARQUET", "ManifestType": "ATHENA_DATA"},
                  "Arguments": {"Bucket": "iot-data", "Key": "{% $states.input.manifest %}"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Put", "States": {"Put": {"Type": "Task", "End": true,
                    "Resource": "arn:aws:states:::aws-sdk:firehose:putRecord",
                    "Arguments": {"DeliveryStreamName": "readings",
                      "Record": {"Data": "{% $string($states.input) %}"}}}}}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void carriesEachRowFromCsvThroughParquetToJson() throws Exception {
        try (var served = serve();
                var client = served.client();
                var athena = athena(served.endpoint());
                var firehose = firehose(served.endpoint())) {
            client.makeBucket("iot-data");
            client.makeBucket("iot-results");
            putRows(client);
            athena.updateWorkGroup(update -> update.workGroup("primary")
                    .configurationUpdates(changes -> changes.resultConfigurationUpdates(
                            result -> result.outputLocation("s3://iot-data"))));
            succeed(athena, """
                    CREATE EXTERNAL TABLE sensors (deviceid string, temperature double)
                    ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://iot-data/daily/'
                    TBLPROPERTIES ('skip.header.line.count' = '1')""");
            createStream(firehose);
            Answer ended = run(client);
            assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
            assertEquals(0, served.stop());
        }
        try (var again = serve();
                var athena = athena(again.endpoint())) {
            succeed(athena, """
                    CREATE EXTERNAL TABLE delivered (deviceid string, temperature double)
                    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
                    LOCATION 's3://iot-results/'""");
            QueryExecution query = succeed(
                    athena,
                    "SELECT deviceid, count(*), sum(temperature) FROM delivered GROUP BY 1 ORDER BY 1");
            assertEquals(
                    List.of(
                            List.of("deviceid", "_col1", "_col2"),
                            List.of("sensor-001", "2", "40.5"),
                            List.of("sensor-002", "1", "30.25")),
                    rows(athena, query.queryExecutionId()));
        }
    }

    @Test
    void losesNoAcknowledgedRecordWhenItIsKilled() throws Exception {
        try (var served = serve();
                var client = served.client();
                var firehose = firehose(served.endpoint())) {
            client.makeBucket("iot-results");
            client.makeBucket("iot-data");
            createStream(firehose);
            firehose.putRecordBatch(batch -> batch.deliveryStreamName("readings")
                    .records(record("{\"temperature\":1}"), record("{\"temperature\":2}")));
            firehose.putRecord(put ->
                    put.deliveryStreamName("readings").record(record("{\"temperature\":3}")));
            served.kill();
        }
        try (var again = serve()) {
            assertEquals(0, again.stop());
        }
        try (var again = serve();
                var athena = athena(again.endpoint())) {
            athena.updateWorkGroup(update -> update.workGroup("primary")
                    .configurationUpdates(changes -> changes.resultConfigurationUpdates(
                            result -> result.outputLocation("s3://iot-data"))));
            succeed(athena, """
                    CREATE EXTERNAL TABLE delivered (temperature int)
                    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
                    LOCATION 's3://iot-results/'""");
            QueryExecution query = succeed(athena, "SELECT sum(temperature) AS t FROM delivered");
            assertEquals(
                    List.of(List.of("t"), List.of("6")), rows(athena, query.queryExecutionId()));
        }
    }

    @Test
    void refusesByNameWhatItDoesNotHave() throws Exception {
        try (var served = serve();
                var athena = athena(served.endpoint());
                var firehose = firehose(served.endpoint())) {
            var noPlace = assertThrows(
                    InvalidRequestException.class,
                    () -> athena.startQueryExecution(start -> start.queryString("SELECT 1")));
            assertTrue(
                    noPlace.getMessage().startsWith("No output location provided."),
                    noPlace.getMessage());
            var backup = assertThrows(
                    InvalidArgumentException.class,
                    () -> firehose.createDeliveryStream(create -> create.deliveryStreamName(
                                    "readings")
                            .splunkDestinationConfiguration(splunk -> splunk.hecToken("x")
                                    .hecEndpoint("x")
                                    .hecEndpointType("Raw")
                                    .s3Configuration(s3 -> s3.bucketARN("arn:aws:s3:::b")
                                            .roleARN("arn:aws:iam::123456789012:role/r")))));
            assertTrue(
                    backup.getMessage()
                            .startsWith(
                                    "SplunkDestinationConfiguration is not supported by Mapwright's Firehose"),
                    backup.getMessage());
        }
    }

    @Test
    void answersParametersAndSecretsOfTheConfigurationAndOfClients() throws Exception {
        try (var served = serve()) {
            var address = address(served.endpoint());
            try (var ssm = SdkClients.build(SsmClient.builder(), address, Retrying.NONE);
                    var secrets = SdkClients.build(
                            SecretsManagerClient.builder(), address, Retrying.NONE)) {
                assertEquals(
                        "localhost",
                        ssm.getParameter(get -> get.name("/db/host"))
                                .parameter()
                                .value());
                ssm.putParameter(put -> put.name("/db/port").value("5432").type("String"));
                ssm.putParameter(put -> put.name("/db/port").value("5433").overwrite(true));
                assertEquals(
                        List.of("/db/host=localhost", "/db/port=5433"),
                        ssm.getParametersByPath(get -> get.path("/db")).parameters().stream()
                                .map(one -> one.name() + "=" + one.value())
                                .toList());
                assertEquals(
                        "hush",
                        secrets.getSecretValue(get -> get.secretId("password")).secretString());
                secrets.createSecret(create ->
                        create.name("key").secretBinary(SdkBytes.fromUtf8String("bytes")));
                assertEquals(
                        "bytes",
                        secrets.getSecretValue(get -> get.secretId("key"))
                                .secretBinary()
                                .asUtf8String());
                assertThrows(
                        software.amazon.awssdk.services.secretsmanager.model
                                .ResourceNotFoundException.class,
                        () -> secrets.getSecretValue(get -> get.secretId("nothing")));
            }
        }
    }

    private Served serve() throws Exception {
        Path file = Files.writeString(
                folder.resolve("mapwright.properties"),
                "parameter./db/host = localhost\nsecret.password = hush\n");
        return Served.on(folder.resolve("data"), "--config", file.toString());
    }

    private void putRows(ServiceClient client) throws Exception {
        client.putObject(
                "iot-data",
                "daily/2025-11-06/sensor-001.csv",
                Files.writeString(
                        folder.resolve("one.csv"),
                        "deviceid,temperature\nsensor-001,20.25\nsensor-001,20.25\n"));
        client.putObject(
                "iot-data",
                "daily/2025-11-06/sensor-002.csv",
                Files.writeString(
                        folder.resolve("two.csv"), "deviceid,temperature\nsensor-002,30.25\n"));
    }

    private static void createStream(FirehoseClient firehose) {
        firehose.createDeliveryStream(create -> create.deliveryStreamName("readings")
                .extendedS3DestinationConfiguration(to -> to.bucketARN("arn:aws:s3:::iot-results")
                        .roleARN("arn:aws:iam::123456789012:role/r")
                        .fileExtension(".json")
                        .bufferingHints(
                                hints -> hints.sizeInMBs(1).intervalInSeconds(BUFFER_SECONDS))
                        .processingConfiguration(processing -> processing
                                .enabled(true)
                                .processors(one ->
                                        one.type(ProcessorType.APPEND_DELIMITER_TO_RECORD)))));
    }

    private static Record record(String text) {
        return Record.builder().data(SdkBytes.fromUtf8String(text)).build();
    }

    private static Address address(URI endpoint) {
        return new Address.Endpoint(
                endpoint,
                "us-east-1",
                Optional.of(new Address.Keys("test", "test", Optional.empty())));
    }

    private static AthenaClient athena(URI endpoint) {
        return SdkClients.build(AthenaClient.builder(), address(endpoint), Retrying.NONE);
    }

    private static FirehoseClient firehose(URI endpoint) {
        return SdkClients.build(FirehoseClient.builder(), address(endpoint), Retrying.NONE);
    }

    private static QueryExecution succeed(AthenaClient athena, String query) throws Exception {
        String id =
                athena.startQueryExecution(start -> start.queryString(query)).queryExecutionId();
        while (true) {
            QueryExecution now =
                    athena.getQueryExecution(get -> get.queryExecutionId(id)).queryExecution();
            QueryExecutionState state = now.status().state();
            if (state == QueryExecutionState.SUCCEEDED) {
                return now;
            }
            assertTrue(
                    state == QueryExecutionState.QUEUED || state == QueryExecutionState.RUNNING,
                    now.status().toString());
            Thread.sleep(20);
        }
    }

    private static List<List<String>> rows(AthenaClient athena, String id) {
        List<Row> rows = athena.getQueryResults(get -> get.queryExecutionId(id))
                .resultSet()
                .rows();
        return rows.stream()
                .map(row ->
                        row.data().stream().map(datum -> datum.varCharValue()).toList())
                .toList();
    }

    private static Answer run(ServiceClient client) throws Exception {
        var preparation = new Preparation(client);
        String machine = preparation.machine("sensors", Json.parse(MACHINE).text());
        return preparation.awaitEnd(preparation.start(machine));
    }
}
