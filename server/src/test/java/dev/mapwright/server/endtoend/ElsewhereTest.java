package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// One engine whose S3 and DynamoDB are those of another.
class ElsewhereTest {
    private static final String MACHINE = """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "Label": "Each", "Next": "Nested",
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                  "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                  "Parameters": {"Bucket": "rows", "Key": "rows.csv"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Put", "States": {
                    "Put": {"Type": "Task", "Next": "Get",
                      "Resource": "arn:aws:states:::dynamodb:putItem", "ResultPath": null,
                      "Parameters": {"TableName": "rows", "Item": {"pk": {"S.$": "$.number"}}}},
                    "Get": {"Type": "Task", "End": true,
                      "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
                      "Parameters": {"TableName": "rows", "Key": {"pk": {"S.$": "$.number"}}},
                      "OutputPath": "$.Item.pk.S"}}},
                "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                  "Parameters": {"Bucket": "rows", "Prefix": "results"}}},
              "Nested": {"Type": "Task", "Next": "Read",
                "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Parameters": {"StateMachineArn": "%s", "Input.$": "$.ResultWriterDetails"},
                "OutputPath": "$.Output"},
              "Read": {"Type": "Task", "End": true,
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Parameters": {"Bucket.$": "$.Bucket", "Key.$": "$.Key"},
                "ResultSelector": {"manifest.$": "States.StringToJson($.Body)"},
                "OutputPath": "$.manifest.ResultFiles.SUCCEEDED[0].Size"}}}
            """;

    @TempDir
    Path folder;

    @Test
    void readsWritesAndCallsAnotherServersServices() throws Exception {
        Path rows = Files.writeString(folder.resolve("rows.csv"), "number\none\ntwo\nthree\n");
        try (var other = Served.on(folder.resolve("other"));
                var there = other.client()) {
            there.makeBucket("rows");
            there.putObject("rows", "rows.csv", rows);
            new Preparation(there).table("rows");
            Path file = Files.writeString(
                    folder.resolve("mapwright.properties"),
                    "service.s3 = %1$s\nservice.dynamodb = %1$s\n".formatted(other.endpoint()));
            try (var served = Served.on(folder.resolve("data"), "--config", file.toString());
                    var client = served.client()) {
                Answer ended = run(new Preparation(client));

                assertEquals("SUCCEEDED", ended.text("status"), ended.toString());
                assertEquals(
                        3, there.dynamoDb("Scan", Map.of("TableName", "rows")).number("Count"));
                assertThrows(
                        CallFailed.class,
                        () -> client.dynamoDb("ListTables", Map.of()),
                        "this server has no DynamoDB of its own");
            }
        }
    }

    private static Answer run(Preparation preparation) throws Exception {
        String nested = preparation.machine("nested", """
                {"StartAt": "Same", "States": {"Same": {"Type": "Pass", "End": true}}}""");
        String machine = preparation.machine("rows", MACHINE.formatted(nested));
        return preparation.awaitEnd(preparation.start(machine));
    }
}
