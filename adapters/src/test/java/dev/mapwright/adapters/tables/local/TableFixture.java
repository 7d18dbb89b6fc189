package dev.mapwright.adapters.tables.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.StoreUnavailable;
import dev.mapwright.adapters.tables.local.item.TableException;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Tables in a folder of their own, called with JSON texts.
abstract class TableFixture {
    static final Instant NOW = Instant.parse("2026-05-06T07:08:09.250Z");

    @TempDir
    Path folder;

    private KeyValueStore store;
    Tables tables;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = KeyValueStore.open(folder, KeyValueStore.Durability.OS);
        tables = new Tables(
                store, new Account("us-east-1", "123456789012"), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        store.close();
    }

    void reopen() throws StoreUnavailable {
        close();
        open();
    }

    /// Calls, and returns the response as JSON text.
    Json call(String operation, String request) throws InterruptedException {
        return Json.of(tables.call(operation, object(request)));
    }

    void assertAnswer(String expected, Json answer) {
        assertEquals(Json.ofText(expected), answer);
    }

    TableException refused(String operation, String request) {
        return assertThrows(TableException.class, () -> call(operation, request));
    }

    void assertRefused(String message, String operation, String request) {
        TableException refusal = refused(operation, request);
        assertEquals(message, refusal.getMessage());
        assertEquals("ValidationException", refusal.code());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) {
        return (Map<String, Object>) Json.ofText(json).value();
    }

    /// A table `Simple` with the partition key `id`.
    void createSimple() throws InterruptedException {
        call("CreateTable", """
                {"TableName": "Simple", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}""");
    }

    /// A table `Sorted` with partition key `id` (S) and sort key `pos` (N).
    void createSorted() throws InterruptedException {
        call("CreateTable", """
                {"TableName": "Sorted", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                                          {"AttributeName": "pos", "AttributeType": "N"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"},
                               {"AttributeName": "pos", "KeyType": "RANGE"}]}""");
    }
}
