package dev.mapwright.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.sql.Transfers.Transfer;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class TransfersTest {
    private final SimulatedWorld world = new SimulatedWorld(3);
    private final List<Integer> carried = new ArrayList<>();

    /// 20 transfers of a second each, 8 at a time.
    @Test
    void someAreCarriedSideBySide() {
        world.run(() -> {
            Instant start = world.now();
            run(20, -1);
            assertEquals(20, carried.size());
            assertEquals(3, Duration.between(start, world.now()).toSeconds());
        });
    }

    @Test
    void nothingBeginsAfterTheFirstFailure() {
        world.run(() -> {
            var failed =
                    assertThrows(QueryFailed.class, () -> new Transfers(world).run(list(20, 5)));
            assertEquals("HIVE_CANNOT_OPEN_SPLIT: Error opening 5", failed.getMessage());
            assertTrue(carried.size() < 16, carried.toString());
        });
    }

    private void run(int count, int failing) throws InterruptedException {
        try {
            new Transfers(world).run(list(count, failing));
        } catch (QueryFailed | IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<Transfer> list(int count, int failing) {
        var transfers = new ArrayList<Transfer>();
        for (int i = 0; i < count; i++) {
            int number = i;
            transfers.add(() -> {
                world.sleepUntil(world.now().plusSeconds(1));
                if (number == failing) {
                    throw new QueryFailed("HIVE_CANNOT_OPEN_SPLIT", "Error opening " + number);
                }
                carried.add(number);
            });
        }
        return transfers;
    }
}
