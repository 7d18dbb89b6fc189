package dev.mapwright.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Store;
import dev.mapwright.testkit.contract.StoreContract;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class MemoryStoreTest extends StoreContract {
    @Override
    protected Store emptyStore() {
        return new MemoryStore();
    }

    @Override
    protected Store afterKill(Store store) {
        return ((MemoryStore) store).crash(new SimulatedWorld(1));
    }

    @Test
    void aWriteIsNotVisibleBeforeItIsDurable() {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        world.run(() -> {
            var receipt = store.write(List.of(numbered(1)));
            assertEquals(Optional.empty(), store.document("n", "1"));
            receipt.await();
            assertTrue(store.document("n", "1").isPresent());
        });
    }

    @Test
    void aWriteThatNobodyAwaitsBecomesDurableSoon() {
        var world = new SimulatedWorld(1);
        var store = new MemoryStore(world);
        world.run(() -> {
            store.write(List.of(numbered(1)));
            world.sleepUntil(world.now().plusMillis(100));
            assertTrue(store.document("n", "1").isPresent());
        });
    }

    /// Two strands write and await; whatever commit the process dies at, and whatever survives of
    /// what was under way, what was awaited is there.
    @Test
    void afterACrashAtAnyCommitEverythingAwaitedIsThere() {
        Set<Integer> leftovers = new HashSet<>();
        for (int crashAt = 1; crashAt <= 6; crashAt++) {
            for (long seed = 0; seed < 10; seed++) {
                var world = new SimulatedWorld(seed);
                int fatal = crashAt;
                var store = new MemoryStore(world, commit -> {
                    if (commit == fatal) {
                        world.crash();
                    }
                });
                var awaited = new ArrayList<String>();
                assertEquals(End.CRASHED, world.run(() -> {
                    var writer = world.start("writer", () -> writeAndAwait(store, 100, awaited));
                    writeAndAwait(store, 200, awaited);
                    writer.join();
                }));
                MemoryStore left = store.crash(new SimulatedWorld(seed, world.now()));
                for (String key : awaited) {
                    assertTrue(left.document("n", key).isPresent());
                }
                int there =
                        left.documents("n", "", 1_000, Optional.empty()).items().size();
                leftovers.add(there - awaited.size());
            }
        }
        assertTrue(
                leftovers.containsAll(Set.of(0, 1, 2)),
                "of what was under way, there were " + leftovers);
    }

    private static void writeAndAwait(Store store, int from, List<String> awaited)
            throws InterruptedException {
        for (int i = from; i < from + 20; i++) {
            store.write(List.of(numbered(i))).await();
            awaited.add("" + i);
        }
    }

    private static Change numbered(int number) {
        return new Change.PutDocument(new Document("n", "" + number, Json.NULL));
    }
}
