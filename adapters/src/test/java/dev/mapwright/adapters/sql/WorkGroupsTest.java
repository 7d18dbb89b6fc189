package dev.mapwright.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.sql.WorkGroup.Enforcement;
import dev.mapwright.adapters.sql.WorkGroup.Metrics;
import dev.mapwright.adapters.sql.WorkGroup.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

class WorkGroupsTest {
    @Test
    void aWorkgroupOfTheFirstFormatPublishesNoMetrics(@TempDir Path folder) throws Exception {
        try (KeyValueStore store = KeyValueStore.open(folder, Durability.OS)) {
            store.commit(new Batch().put(store.space("sql.workgroups"), utf8("daily"), utf8("""
                    {"name":"daily","description":"at night","state":"ENABLED",
                     "created":"2026-11-20T10:00:00Z","enforcement":"CLIENT_DECIDES"}""")));
            assertEquals(
                    Optional.of(new WorkGroup(
                            "daily",
                            "at night",
                            State.ENABLED,
                            Instant.parse("2026-11-20T10:00:00Z"),
                            Optional.empty(),
                            Enforcement.CLIENT_DECIDES,
                            Metrics.WITHHELD,
                            Optional.empty())),
                    new WorkGroups(store).find("daily"));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
