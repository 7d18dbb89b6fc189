package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.request.RequestMembers;

import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;

/// What a receiver says of a message that he has: DeleteMessage, ChangeMessageVisibility and their
/// batches.
final class Settling {
    private static final int VISIBILITY_SECONDS_MAX = 43_200;

    private final KeyValueStore store;
    private final InstantSource clock;

    Settling(KeyValueStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A message that is gone already, or that somebody else has by now, is no error.
    Map<String, Object> delete(Queue queue, RequestMembers request) throws InterruptedException {
        var batch = new Batch();
        delete(batch, queue, request);
        store.commit(batch);
        return Map.of();
    }

    Map<String, Object> deleteAll(Queue queue, RequestMembers request) throws InterruptedException {
        var batch = new Batch();
        Map<String, Object> answer = Entries.each(Entries.of(request), entry -> {
            delete(batch, queue, entry);
            return Map.of();
        });
        store.commit(batch);
        return answer;
    }

    Map<String, Object> changeVisibility(Queue queue, RequestMembers request) {
        ReceiptHandle handle = ReceiptHandle.of(request.text("ReceiptHandle"), queue);
        OptionalInt seconds = request.number("VisibilityTimeout", 0, VISIBILITY_SECONDS_MAX);
        if (seconds.isEmpty()) {
            throw new SqsErrors().missing("VisibilityTimeout");
        }
        boolean had = queue.messages()
                .retake(
                        handle.sequence(),
                        handle.receives(),
                        clock.instant().plusSeconds(seconds.getAsInt()));
        if (!had) {
            throw SqsErrors.invalidValue(
                    "ReceiptHandle",
                    handle.text(),
                    "message does not exist or is not available for visibility timeout change");
        }
        return Map.of();
    }

    Map<String, Object> changeAllVisibilities(Queue queue, RequestMembers request)
            throws InterruptedException {
        return Entries.each(Entries.of(request), entry -> changeVisibility(queue, entry));
    }

    private static void delete(Batch batch, Queue queue, RequestMembers request) {
        ReceiptHandle handle = ReceiptHandle.of(request.text("ReceiptHandle"), queue);
        queue.messages().finish(batch, handle.sequence(), handle.receives());
    }
}
