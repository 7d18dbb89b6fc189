package dev.mapwright.adapters.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.world.SystemWorld;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What lies in data folders of format 1.
class FirstFormatTest {
    private static final Instant CHANGED = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder;

    private KeyValueStore store;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder, Durability.OS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aSecretHasTheOneVersionThatItHad() throws Exception {
        keep("secrets", "password", """
                {"name":"password","kind":"SecretString","text":"swordfish","description":"of the door",
                 "version":2,"versionId":"6a3f","changed":"2026-11-20T10:00:00Z"}""");
        var secrets = new Secrets(store, Map.of(), new SystemWorld());
        var version = new Secret.Version(
                "6a3f",
                new SecretValue(SecretValue.Kind.SecretString, "swordfish"),
                CHANGED,
                Set.of(Secret.CURRENT));
        assertEquals(
                Optional.of(new Secret(
                        "password",
                        "of the door",
                        Optional.empty(),
                        CHANGED,
                        CHANGED,
                        List.of(version))),
                secrets.find("password"));
    }

    @Test
    void aParameterKeepsItsDescription() throws Exception {
        keep("parameters", "/door", """
                {"name":"/door","kind":"String","text":"open","description":"of the house",
                 "version":3,"versionId":"6a3f","changed":"2026-11-20T10:00:00Z"}""");
        keep("parameters", "/gate", """
                {"name":"/gate","kind":"String","text":"shut","description":"",
                 "version":1,"versionId":"77b0","changed":"2026-11-20T10:00:00Z"}""");
        var values = new Values(store, Map.of(), new SystemWorld());
        assertEquals(
                Map.of(
                        "/door",
                        new Values.Value(
                                "/door",
                                "String",
                                "open",
                                Map.of("Description", "of the house"),
                                3,
                                CHANGED),
                        "/gate",
                        new Values.Value("/gate", "String", "shut", Map.of(), 1, CHANGED)),
                values.all());
    }

    private void keep(String space, String key, String value) throws InterruptedException {
        store.commit(new Batch().put(store.space(space), utf8(key), utf8(value)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
