package dev.mapwright.adapters.delivery;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.engine.store.Receipt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One stream's records that are taken and not yet delivered, in order. A record is kept behind the
/// time of its arrival.
final class Journal {
    private static final int TIME_BYTES = Long.BYTES;

    private final KeyValueStore store;
    private final Space records;
    private final Space deliveries;
    private final byte[] id;

    Journal(KeyValueStore store, String id) {
        this.store = store;
        this.records = store.space("delivery.records");
        this.deliveries = store.space("delivery.deliveries");
        this.id = id.getBytes(StandardCharsets.UTF_8);
    }

    interface Reader<E extends Exception> {
        void record(long number, Instant arrival, ByteBuffer content) throws E;
    }

    /// @param whenKept runs once they are durable
    Receipt append(long first, Instant arrival, List<byte[]> contents, Runnable whenKept) {
        var batch = new Batch();
        long number = first;
        for (byte[] content : contents) {
            byte[] value = ByteBuffer.allocate(TIME_BYTES + content.length)
                    .putLong(arrival.toEpochMilli())
                    .put(content)
                    .array();
            batch.put(records, key(number), value);
            number++;
        }
        return store.write(batch.whenCommitted(whenKept));
    }

    <E extends Exception> void read(long from, long to, Reader<E> reader) throws E {
        try (Space.Scan scan = records.scan(key(from), key(to), Space.Direction.FORWARD)) {
            while (scan.next()) {
                ByteBuffer key = ByteBuffer.wrap(scan.key());
                ByteBuffer value = ByteBuffer.wrap(scan.value());
                Instant arrival = Instant.ofEpochMilli(value.getLong());
                reader.record(key.getLong(key.capacity() - Long.BYTES), arrival, value);
            }
        }
    }

    /// Of the first record from `from` on.
    Optional<Instant> firstArrival(long from) {
        try (Space.Scan scan =
                records.scan(key(from), key(Long.MAX_VALUE), Space.Direction.FORWARD)) {
            return scan.next()
                    ? Optional.of(
                            Instant.ofEpochMilli(ByteBuffer.wrap(scan.value()).getLong()))
                    : Optional.empty();
        }
    }

    Optional<Delivery> delivery() {
        return deliveries.get(id).map(StreamRecord::readDelivery);
    }

    void begin(Delivery delivery) throws InterruptedException {
        store.commit(new Batch().put(deliveries, id, StreamRecord.write(delivery)));
    }

    void end(Delivery delivery) throws InterruptedException {
        store.commit(new Batch()
                .delete(deliveries, id)
                .deleteRange(records, key(delivery.from()), key(delivery.to())));
    }

    void deleteAll(Batch batch) {
        batch.delete(deliveries, id).deleteRange(records, key(0), key(Long.MAX_VALUE));
    }

    private byte[] key(long number) {
        return ByteBuffer.allocate(id.length + Long.BYTES)
                .put(id)
                .putLong(number)
                .array();
    }
}
