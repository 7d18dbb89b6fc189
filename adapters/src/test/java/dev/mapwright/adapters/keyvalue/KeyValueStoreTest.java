package dev.mapwright.adapters.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.keyvalue.Space.Direction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class KeyValueStoreTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void keepsWhatWasCommittedAcrossAReopening(Durability durability) throws Exception {
        try (var store = KeyValueStore.open(folder, durability)) {
            store.commit(new Batch().put(store.space("fruit"), key("apple"), key("red")));
        }
        try (var store = KeyValueStore.open(folder, durability)) {
            assertEquals(Optional.of("red"), get(store.space("fruit"), "apple"));
            assertEquals(Optional.empty(), get(store.space("fruit"), "pear"));
        }
    }

    @Test
    void keepsSpacesApart() throws Exception {
        try (var store = KeyValueStore.open(folder, Durability.OS)) {
            store.commit(new Batch()
                    .put(store.space("a"), key("k"), key("1"))
                    .put(store.space("b"), key("k"), key("2")));
            assertEquals(Optional.of("1"), get(store.space("a"), "k"));
            assertEquals(Optional.of("2"), get(store.space("b"), "k"));
        }
    }

    @Test
    void scansARangeInBothDirections() throws Exception {
        try (var store = KeyValueStore.open(folder, Durability.OS)) {
            Space space = store.space("s");
            var batch = new Batch();
            List.of("a", "b", "c", "d").forEach(name -> batch.put(space, key(name), key(name)));
            store.commit(batch);

            assertEquals(
                    List.of("b", "c"), keys(space.scan(key("b"), key("d"), Direction.FORWARD)));
            assertEquals(
                    List.of("c", "b"), keys(space.scan(key("b"), key("d"), Direction.REVERSE)));
            assertEquals(
                    List.of("c", "d"), keys(space.scan(key("c"), new byte[0], Direction.FORWARD)));
            assertEquals(
                    List.of("d", "c"), keys(space.scan(key("c"), new byte[0], Direction.REVERSE)));
            assertEquals(List.of(), keys(space.scan(key("x"), key("y"), Direction.FORWARD)));
        }
    }

    @Test
    void comparesKeysAsUnsignedBytes() throws Exception {
        try (var store = KeyValueStore.open(folder, Durability.OS)) {
            Space space = store.space("s");
            store.commit(new Batch()
                    .put(space, new byte[] {(byte) 0x80}, key("high"))
                    .put(space, new byte[] {0x7f}, key("low")));
            try (var scan = space.scan(new byte[0], new byte[0], Direction.FORWARD)) {
                assertTrue(scan.next());
                assertEquals("low", new String(scan.value(), UTF_8));
            }
        }
    }

    @Test
    void deletesKeysAndRanges() throws Exception {
        try (var store = KeyValueStore.open(folder, Durability.OS)) {
            Space space = store.space("s");
            var batch = new Batch();
            List.of("a", "b", "c", "d").forEach(name -> batch.put(space, key(name), key(name)));
            store.commit(batch);
            store.commit(
                    new Batch().delete(space, key("d")).deleteRange(space, key("a"), key("c")));
            assertEquals(List.of("c"), keys(space.scan(key("a"), new byte[0], Direction.FORWARD)));
        }
    }

    @Test
    void appliesBatchesInTheOrderInWhichTheyWereHandedIn() throws Exception {
        try (var store = KeyValueStore.open(folder, Durability.FSYNC)) {
            Space space = store.space("s");
            for (int i = 0; i < 1_000; i++) {
                store.write(new Batch().put(space, key("counter"), key("" + i)));
            }
            store.commit(new Batch().put(space, key("end"), key("")));
            assertEquals(Optional.of("999"), get(space, "counter"));
        }
    }

    @Test
    void aSecondOpeningIsRefusedWithTheFolderAndTheRemedy() throws Exception {
        try (var store = KeyValueStore.open(folder, Durability.OS)) {
            var refused = assertThrows(
                    StoreUnavailable.class, () -> KeyValueStore.open(folder, Durability.OS));
            assertTrue(refused.getMessage()
                    .startsWith("The data folder " + folder + " is in use by another process"));
            assertTrue(
                    refused.getMessage().endsWith("Stop that process, or choose another folder."));
        }
    }

    @Test
    void aFolderWithSomethingElseIsRefused() throws Exception {
        Files.writeString(folder.resolve("holiday.jpg"), "");
        var refused = assertThrows(
                StoreUnavailable.class, () -> KeyValueStore.open(folder, Durability.OS));
        assertEquals(
                "The folder " + folder
                        + " holds something else: it has holiday.jpg, but no mapwright.data. "
                        + "Choose an empty folder, or one that Mapwright has made.",
                refused.getMessage());
    }

    @Test
    void aFolderOfALaterFormatIsRefused() throws Exception {
        Files.writeString(folder.resolve("mapwright.data"), "Mapwright data, format 3\n");
        var refused = assertThrows(
                StoreUnavailable.class, () -> KeyValueStore.open(folder, Durability.OS));
        assertTrue(refused.getMessage().contains("'Mapwright data, format 3'"));
        assertTrue(refused.getMessage().contains("'Mapwright data, format 1' to 2"));
    }

    @Test
    void aFolderOfTheFormatBeforeIsTakenOver() throws Exception {
        Files.writeString(folder.resolve("mapwright.data"), "Mapwright data, format 1\n");
        KeyValueStore.open(folder, Durability.OS).close();
        assertEquals(
                "Mapwright data, format 2\n", Files.readString(folder.resolve("mapwright.data")));
    }

    @Test
    void aFolderWhoseClaimWasCutShortIsClaimedAnew() throws Exception {
        Files.writeString(folder.resolve("mapwright.data.new"), "Mapwr");
        KeyValueStore.open(folder, Durability.OS).close();
        assertEquals(
                "Mapwright data, format 2\n", Files.readString(folder.resolve("mapwright.data")));
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "");
        var refused =
                assertThrows(StoreUnavailable.class, () -> KeyValueStore.open(file, Durability.OS));
        assertTrue(refused.getMessage().startsWith("The data folder " + file + " cannot be used"));
    }

    @Test
    void aTornTailOfTheLogIsForgottenAndNothingElse() throws Exception {
        Path log = killedAfterWriting(100);
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 5));
        try (var store = KeyValueStore.open(folder.resolve("copy"), Durability.OS)) {
            assertEquals(Optional.of("value"), get(store.space("s"), "098"));
            assertEquals(Optional.empty(), get(store.space("s"), "099"));
        }
    }

    @Test
    void damageInsideTheLogIsRefused() throws Exception {
        Path log = killedAfterWriting(100);
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(log, bytes);
        var refused = assertThrows(
                StoreUnavailable.class,
                () -> KeyValueStore.open(folder.resolve("copy"), Durability.OS));
        assertTrue(
                refused.getMessage()
                        .startsWith("The data in " + folder.resolve("copy") + " is damaged"),
                refused.getMessage());
    }

    @Test
    void aClosedStoreRefusesReadersAndWriters() throws Exception {
        var store = KeyValueStore.open(folder, Durability.OS);
        Space space = store.space("s");
        store.close();
        assertThrows(IllegalStateException.class, () -> space.get(key("k")));
        assertThrows(
                IllegalStateException.class,
                () -> store.write(new Batch().delete(space, key("k"))));
    }

    /// Copies the files of a store that is still open, which is what SIGKILL leaves; returns the
    /// copy's log.
    private Path killedAfterWriting(int count) throws Exception {
        Path alive = folder.resolve("alive");
        Path copy = folder.resolve("copy");
        try (var store = KeyValueStore.open(alive, Durability.OS)) {
            Space space = store.space("s");
            for (int i = 0; i < count; i++) {
                store.commit(new Batch().put(space, key("%03d".formatted(i)), key("value")));
            }
            copy(alive, copy);
        }
        try (var files = Files.list(copy.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(java.util.Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private static Optional<String> get(Space space, String key) {
        return space.get(key(key)).map(value -> new String(value, UTF_8));
    }

    private static List<String> keys(Space.Scan scan) {
        var keys = new ArrayList<String>();
        try (scan) {
            while (scan.next()) {
                keys.add(new String(scan.key(), UTF_8));
            }
        }
        return keys;
    }
}
