package dev.mapwright.adapters.tables.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class BatchesAndTransactionsTest extends TableFixture {
    @BeforeEach
    void table() throws InterruptedException {
        createSimple();
    }

    @Test
    void aBatchPutsDeletesAndGets() throws Exception {
        call("PutItem", """
                {"TableName": "Simple", "Item": {"id": {"S": "old"}}}""");
        assertAnswer("{\"UnprocessedItems\": {}}", call("BatchWriteItem", """
                {"RequestItems": {"Simple": [{"PutRequest": {"Item": {"id": {"S": "a"}, "v": {"N": "1"}}}},
                                             {"DeleteRequest": {"Key": {"id": {"S": "old"}}}}]}}"""));
        assertAnswer("""
                {"Responses": {"Simple": [{"v": {"N": "1"}}]}, "UnprocessedKeys": {}}""", call("BatchGetItem", """
                {"RequestItems": {"Simple": {"Keys": [{"id": {"S": "a"}}, {"id": {"S": "old"}}],
                                             "ProjectionExpression": "v"}}}"""));
    }

    @Test
    void aBatchNamesEachItemOnce() {
        assertRefused("Provided list of item keys contains duplicates", "BatchWriteItem", """
                {"RequestItems": {"Simple": [{"PutRequest": {"Item": {"id": {"S": "a"}}}},
                                             {"DeleteRequest": {"Key": {"id": {"S": "a"}}}}]}}""");
    }

    @Test
    void aBatchWritesAtMost25Items() {
        String put = "{\"PutRequest\": {\"Item\": {\"id\": {\"S\": \"%d\"}}}}";
        var puts = IntStream.range(0, 26).mapToObj(put::formatted).toList();
        assertRefused(
                "Too many items requested for the BatchWriteItem call",
                "BatchWriteItem",
                "{\"RequestItems\": {\"Simple\": [%s]}}".formatted(String.join(",", puts)));
    }

    @Test
    void aTransactionIsCarriedOutWholeOrNotAtAll() throws Exception {
        String transaction = """
                {"TransactItems": [
                  {"Put": {"TableName": "Simple", "Item": {"id": {"S": "a"}},
                           "ConditionExpression": "attribute_not_exists(id)"}},
                  {"Update": {"TableName": "Simple", "Key": {"id": {"S": "sum"}}, "UpdateExpression": "ADD v :one",
                              "ExpressionAttributeValues": {":one": {"N": "1"}}}}]}""";
        assertAnswer("{}", call("TransactWriteItems", transaction));
        var refusal = refused("TransactWriteItems", transaction);
        assertEquals("TransactionCanceledException", refusal.code());
        assertEquals(
                "Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [ConditionalCheckFailed, None]",
                refusal.getMessage());
        assertEquals(Json.ofText("""
                {"CancellationReasons": [
                  {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}, {"Code": "None"}]}"""), Json.of(refusal.extra()));
        assertAnswer("""
                {"Responses": [{"Item": {"id": {"S": "sum"}, "v": {"N": "1"}}}, {}]}""", call("TransactGetItems", """
                {"TransactItems": [{"Get": {"TableName": "Simple", "Key": {"id": {"S": "sum"}}}},
                                   {"Get": {"TableName": "Simple", "Key": {"id": {"S": "nobody"}}}}]}"""));
    }

    @Test
    void aTokenKeepsATransactionFromBeingMadeTwice() throws Exception {
        String transaction = """
                {"ClientRequestToken": "t1", "TransactItems": [
                  {"Update": {"TableName": "Simple", "Key": {"id": {"S": "sum"}}, "UpdateExpression": "ADD v :n",
                              "ExpressionAttributeValues": {":n": {"N": "%s"}}}}]}""";
        call("TransactWriteItems", transaction.formatted("1"));
        call("TransactWriteItems", transaction.formatted("1"));
        assertEquals(
                "IdempotentParameterMismatchException",
                refused("TransactWriteItems", transaction.formatted("2")).code());
        assertAnswer("""
                {"Item": {"id": {"S": "sum"}, "v": {"N": "1"}}}""", call("GetItem", """
                {"TableName": "Simple", "Key": {"id": {"S": "sum"}}}"""));
    }
}
