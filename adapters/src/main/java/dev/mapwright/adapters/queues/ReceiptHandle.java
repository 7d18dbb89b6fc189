package dev.mapwright.adapters.queues;

import java.nio.ByteBuffer;
import java.util.Base64;

/// Which receive of which message: what a receiver shows to delete it.
record ReceiptHandle(int queueNumber, long sequence, int receives) {
    private static final int BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putInt(queueNumber)
                .putLong(sequence)
                .putInt(receives)
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Refuses one that this queue has not given.
    static ReceiptHandle of(String text, Queue queue) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw SqsErrors.invalidHandle(text);
        }
        if (bytes.length != BYTES) {
            throw SqsErrors.invalidHandle(text);
        }
        var buffer = ByteBuffer.wrap(bytes);
        var handle = new ReceiptHandle(buffer.getInt(), buffer.getLong(), buffer.getInt());
        if (handle.queueNumber != queue.definition().number()) {
            throw SqsErrors.invalidHandle(text);
        }
        return handle;
    }
}
