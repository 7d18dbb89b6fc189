package dev.mapwright.adapters.backlog;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/// Where one backlog lies in the store: what its messages say apart from where they stand, so that
/// the second can be read without the first. Keys are the backlog's number and the message's
/// sequence.
final class Shelf {
    private final Space standings;
    private final Space contents;
    private final int number;

    Shelf(KeyValueStore store, String name, int number) {
        this.standings = store.space(name + ".standings");
        this.contents = store.space(name + ".contents");
        this.number = number;
    }

    void put(Batch batch, Entry entry, byte[] content) {
        putStanding(batch, entry);
        batch.put(contents, key(entry.sequence), content);
    }

    void putStanding(Batch batch, Entry entry) {
        batch.put(standings, key(entry.sequence), entry.stored());
    }

    void delete(Batch batch, long sequence) {
        batch.delete(standings, key(sequence)).delete(contents, key(sequence));
    }

    void deleteAll(Batch batch) {
        batch.deleteRange(standings, key(0), end()).deleteRange(contents, key(0), end());
    }

    Optional<Entry> standing(long sequence) {
        return standings.get(key(sequence)).map(stored -> Entry.read(sequence, stored));
    }

    Optional<byte[]> content(long sequence) {
        return contents.get(key(sequence));
    }

    /// Shows all from a sequence on, in order, until `more` says no.
    void forEach(long from, Predicate<Entry> more) {
        try (Space.Scan scan = standings.scan(key(from), end(), Space.Direction.FORWARD)) {
            boolean wanted = true;
            while (wanted && scan.next()) {
                long sequence = ByteBuffer.wrap(scan.key()).getLong(Integer.BYTES);
                wanted = more.test(Entry.read(sequence, scan.value()));
            }
        }
    }

    private byte[] key(long sequence) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(number)
                .putLong(sequence)
                .array();
    }

    private byte[] end() {
        return key(Long.MAX_VALUE);
    }
}
