package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What FIFO queues were sent in the last five minutes, by deduplication id. Kept twice: by id, and
/// by time to be forgotten. Called under the queue's `sending` lock.
final class Deduplication {
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
    static final Duration INTERVAL = Duration.ofMinutes(5);

    /// So many old ones are forgotten with each new one.
    private static final int FORGOTTEN_AT_ONCE = 20;

    private static final byte BY_ID = 0;
    private static final byte BY_TIME = 1;

    private final Space space;

    Deduplication(KeyValueStore store) {
        this.space = store.space("queues.deduplication");
    }

    /// The answer that the first message with an id got.
    record Sent(String messageId, long sequence) {}

    Optional<Sent> find(Queue queue, String id, Instant now) {
        return space.get(idKey(queue, id)).flatMap(stored -> {
            var buffer = ByteBuffer.wrap(stored);
            long forgottenAt = buffer.getLong();
            long sequence = buffer.getLong();
            String messageId = StandardCharsets.UTF_8.decode(buffer).toString();
            return forgottenAt > now.toEpochMilli()
                    ? Optional.of(new Sent(messageId, sequence))
                    : Optional.empty();
        });
    }

    void remember(Batch batch, Queue queue, String id, Sent sent, Instant now) {
        long forgottenAt = now.plus(INTERVAL).toEpochMilli();
        byte[] messageId = sent.messageId().getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(2 * Long.BYTES + messageId.length)
                .putLong(forgottenAt)
                .putLong(sent.sequence())
                .put(messageId)
                .array();
        batch.put(space, idKey(queue, id), value)
                .put(space, timeKey(queue, forgottenAt, id), new byte[0]);
        forgetOld(batch, queue, now);
    }

    void forgetAll(Batch batch, Queue queue) {
        batch.deleteRange(space, start(queue), end(queue));
    }

    private void forgetOld(Batch batch, Queue queue, Instant now) {
        byte[] from = timeKey(queue, 0, "");
        byte[] to = timeKey(queue, now.toEpochMilli(), "");
        try (Space.Scan scan = space.scan(from, to, Space.Direction.FORWARD)) {
            for (int i = 0; i < FORGOTTEN_AT_ONCE && scan.next(); i++) {
                byte[] key = scan.key();
                int idStart = Integer.BYTES + 1 + Long.BYTES;
                String id = new String(key, idStart, key.length - idStart, StandardCharsets.UTF_8);
                batch.delete(space, key);
                if (find(queue, id, now).isEmpty()) {
                    batch.delete(space, idKey(queue, id));
                }
            }
        }
    }

    private static byte[] idKey(Queue queue, String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + 1 + text.length)
                .putInt(queue.definition().number())
                .put(BY_ID)
                .put(text)
                .array();
    }

    private static byte[] timeKey(Queue queue, long forgottenAt, String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + 1 + Long.BYTES + text.length)
                .putInt(queue.definition().number())
                .put(BY_TIME)
                .putLong(forgottenAt)
                .put(text)
                .array();
    }

    private static byte[] start(Queue queue) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt(queue.definition().number())
                .array();
    }

    private static byte[] end(Queue queue) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt(queue.definition().number() + 1)
                .array();
    }
}
