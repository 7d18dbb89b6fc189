package dev.mapwright.adapters.tables.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.tables.local.item.TableException;

import org.junit.jupiter.api.Test;

import java.util.Map;

class TableAdministrationTest extends TableFixture {
    @Test
    void aTableIsActiveAtOnceAndDescribed() throws Exception {
        createSorted();
        assertAnswer("""
                {"Table": {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                                                    {"AttributeName": "pos", "AttributeType": "N"}],
                  "TableName": "Sorted", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"},
                                                       {"AttributeName": "pos", "KeyType": "RANGE"}],
                  "TableStatus": "ACTIVE", "CreationDateTime": 1778051289.25,
                  "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0,
                                            "WriteCapacityUnits": 0},
                  "TableSizeBytes": 0, "ItemCount": 0,
                  "TableArn": "arn:aws:dynamodb:us-east-1:123456789012:table/Sorted",
                  "TableId": "%s",
                  "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST",
                                         "LastUpdateToPayPerRequestDateTime": 1778051289.25},
                  "DeletionProtectionEnabled": false}}""".formatted(tableId()), call("DescribeTable", """
                {"TableName": "arn:aws:dynamodb:us-east-1:123456789012:table/Sorted"}"""));
    }

    @Test
    void aDeletedTableLeavesNothingForTheNextOneOfItsName() throws Exception {
        createSimple();
        call("PutItem", """
                {"TableName": "Simple", "Item": {"id": {"S": "a"}}}""");
        call("DeleteTable", """
                {"TableName": "Simple"}""");
        assertEquals(
                "Requested resource not found: Table: Simple not found",
                refused("DescribeTable", """
                {"TableName": "Simple"}""").getMessage());
        reopen();
        createSimple();
        assertAnswer("""
                {"Items": [], "Count": 0, "ScannedCount": 0}""", call("Scan", """
                {"TableName": "Simple"}"""));
    }

    @Test
    void aTableCannotBeMadeTwice() throws Exception {
        createSimple();
        var refusal = assertThrows(TableException.class, this::createSimple);
        assertEquals("ResourceInUseException", refusal.code());
        assertEquals("Table already exists: Simple", refusal.getMessage());
    }

    @Test
    void billingModeChangesAndSurvivesARestart() throws Exception {
        createSimple();
        call("UpdateTable", """
                {"TableName": "Simple", "BillingMode": "PROVISIONED",
                 "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}}""");
        reopen();
        var table = (Map<?, ?>) object(call("DescribeTable", """
                {"TableName": "Simple"}""").text()).get("Table");
        assertEquals(
                "PROVISIONED", ((Map<?, ?>) table.get("BillingModeSummary")).get("BillingMode"));
        assertEquals(6, ((Map<?, ?>) table.get("ProvisionedThroughput")).get("WriteCapacityUnits"));
    }

    @Test
    void namesAreListedInPages() throws Exception {
        createSimple();
        createSorted();
        assertAnswer("""
                {"TableNames": ["Simple"], "LastEvaluatedTableName": "Simple"}""", call("ListTables", """
                {"Limit": 1}"""));
        assertAnswer("""
                {"TableNames": ["Sorted"]}""", call("ListTables", """
                {"ExclusiveStartTableName": "Simple"}"""));
    }

    @Test
    void tagsAndTimeToLiveAreKept() throws Exception {
        createSimple();
        String arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Simple";
        call("TagResource", """
                {"ResourceArn": "%s", "Tags": [{"Key": "team", "Value": "blue"}, {"Key": "x", "Value": "y"}]}""".formatted(arn));
        call("UntagResource", """
                {"ResourceArn": "%s", "TagKeys": ["x"]}""".formatted(arn));
        call("UpdateTimeToLive", """
                {"TableName": "Simple", "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true}}""");
        reopen();
        assertAnswer("""
                {"Tags": [{"Key": "team", "Value": "blue"}]}""", call("ListTagsOfResource", """
                {"ResourceArn": "%s"}""".formatted(arn)));
        assertAnswer("""
                {"TimeToLiveDescription": {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}}""", call("DescribeTimeToLive", """
                        {"TableName": "Simple"}"""));
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() throws Exception {
        createSimple();
        assertRefused(
                "The parameter 'GlobalSecondaryIndexUpdates' of UpdateTable is not supported by Mapwright's"
                        + " DynamoDB",
                "UpdateTable",
                """
                {"TableName": "Simple", "GlobalSecondaryIndexUpdates": []}""");
        var refusal = refused("ExecuteStatement", "{}");
        assertEquals("UnknownOperationException", refusal.code());
        assertEquals(
                "The operation 'ExecuteStatement' is not supported by Mapwright's DynamoDB",
                refusal.getMessage());
    }

    private Object tableId() throws InterruptedException {
        return ((Map<?, ?>) object(call("DescribeTable", """
                {"TableName": "Sorted"}""").text()).get("Table")).get("TableId");
    }
}
