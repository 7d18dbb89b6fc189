package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.RunPlan.Batching;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Makes children's inputs from selected items, in order: each its own, or `{"BatchInput": …,
/// "Items": […]}` filled until the next item would exceed the limit of items or of bytes. Texts are
/// put together, never trees.
final class Batcher {
    private static final String TAIL = "]}";

    private final boolean batched;
    private final int itemsMax;
    private final int bytesMax;
    private final String head;
    private final int frameBytes;
    private final StringBuilder open = new StringBuilder();

    private long batch;
    private long firstItem;
    private int itemCount;
    private int bytes;
    private String position = "";

    /// @param batch index of the next batch, and `firstItem` of its first item
    Batcher(Optional<Batching> batching, int payloadBytesMax, long batch, long firstItem) {
        this.batched = batching.isPresent();
        this.itemsMax = batching.map(Batcher::itemsMax).orElse(1);
        this.bytesMax = batching.map(
                        limits -> Math.min(limits.maxInputBytesPerBatch(), payloadBytesMax))
                .orElse(payloadBytesMax);
        this.head = batching.map(Batcher::head).orElse("");
        this.frameBytes =
                batched ? head.getBytes(StandardCharsets.UTF_8).length + TAIL.length() : 0;
        this.batch = batch;
        this.firstItem = firstItem;
    }

    private static int itemsMax(Batching batching) {
        return batching.maxItemsPerBatch() == 0 ? Integer.MAX_VALUE : batching.maxItemsPerBatch();
    }

    private static String head(Batching batching) {
        return batching.batchInput()
                .map(input -> "{\"BatchInput\":" + input.text() + ",\"Items\":[")
                .orElse("{\"Items\":[");
    }

    /// Adds the next item, and hands out the batch that it completes, or that it no longer fits
    /// into.
    ///
    /// @param positionAfter where the source goes on after this item
    Optional<ReadyBatch> add(Json item, String positionAfter) throws ItemsFailed {
        int itemBytes = item.bytes();
        if (frameBytes + itemBytes > bytesMax) {
            throw tooLarge(firstItem + itemCount, frameBytes + itemBytes);
        }
        if (!batched) {
            return alone(item, itemBytes, positionAfter);
        }
        if (itemCount > 0 && bytes + 1 + itemBytes > bytesMax) {
            var full = close();
            append(item, itemBytes, positionAfter);
            return full;
        }
        append(item, itemBytes, positionAfter);
        return itemCount == itemsMax ? close() : Optional.empty();
    }

    /// Keeps the text alone: a tree would weigh several times as much in the queue.
    private Optional<ReadyBatch> alone(Json item, int itemBytes, String positionAfter) {
        var input = Json.ofText(item.text());
        return Optional.of(new ReadyBatch(
                new Batch(batch++, firstItem++, 1, input, positionAfter), itemBytes));
    }

    /// The last batch, which may be smaller.
    Optional<ReadyBatch> finish() {
        return itemCount == 0 ? Optional.empty() : close();
    }

    /// Batches handed out so far, counted over the whole run.
    long batches() {
        return batch;
    }

    /// Items in those batches.
    long items() {
        return firstItem;
    }

    private void append(Json item, int itemBytes, String positionAfter) {
        if (itemCount == 0) {
            open.append(head);
            bytes = frameBytes + itemBytes;
        } else {
            open.append(',');
            bytes += 1 + itemBytes;
        }
        open.append(item.text());
        itemCount++;
        position = positionAfter;
    }

    private Optional<ReadyBatch> close() {
        var input = Json.ofText(open.append(TAIL).toString());
        var closed = new ReadyBatch(new Batch(batch, firstItem, itemCount, input, position), bytes);
        open.setLength(0);
        batch++;
        firstItem += itemCount;
        itemCount = 0;
        return Optional.of(closed);
    }

    private ItemsFailed tooLarge(long index, int inputBytes) {
        return new ItemsFailed(Failure.of(
                "States.DataLimitExceeded",
                ("The item at index %d makes a child execution input of %d bytes, but the maximum is %d bytes. "
                                + "Use an ItemSelector to pass less of the item.")
                        .formatted(index, inputBytes, bytesMax)));
    }
}
