package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.json.Json;

import java.util.Optional;

/// A run's batches in order, from some place on: source, selector and batcher in a row. Used by one
/// strand.
final class BatchSource implements AutoCloseable {
    private final ItemSource source;
    private final ItemSelector selector;
    private final Batcher batcher;
    private final long itemsMax;
    private long nextItem;

    private BatchSource(
            ItemSource source,
            ItemSelector selector,
            Batcher batcher,
            long nextItem,
            long itemsMax) {
        this.source = source;
        this.selector = selector;
        this.batcher = batcher;
        this.nextItem = nextItem;
        this.itemsMax = itemsMax;
    }

    /// Where reading begins.
    ///
    /// @param position absent when nothing was ever read
    record Start(Optional<String> position, long batch, long item) {}

    /// What is needed to open the batches of a run, as often as it takes.
    record Opener(RunPlan plan, ItemReaders readers, ItemSelector selector, Limits limits) {
        BatchSource open(Start start) throws ItemsFailed, InterruptedException {
            var batcher = new Batcher(
                    plan.batching(), limits.payloadBytesMax(), start.batch(), start.item());
            return new BatchSource(
                    source(start.position()), selector, batcher, start.item(), itemsMax());
        }

        /// How many items the dataset can have at most.
        long itemsMax() {
            return switch (plan.dataset()) {
                case Dataset.StateItems(Json items) ->
                    Math.min(StateItemSource.count(items), limits.itemsMax());
                case Dataset.Read read
                when read.maxItems() > 0 -> Math.min(read.maxItems(), limits.itemsMax());
                case Dataset.Read _ -> limits.itemsMax();
            };
        }

        private ItemSource source(Optional<String> position)
                throws ItemsFailed, InterruptedException {
            try {
                return switch (plan.dataset()) {
                    case Dataset.StateItems(Json items) -> new StateItemSource(items, position);
                    case Dataset.Read read
                    when read.maxItems() < 0 ->
                        throw new ReadFailed("field MaxItems must be positive");
                    case Dataset.Read read -> readers.find(read).open(read, position);
                };
            } catch (ReadFailed failed) {
                throw ItemsFailed.of(failed);
            }
        }
    }

    Optional<ReadyBatch> next() throws ItemsFailed, InterruptedException {
        try {
            while (nextItem < itemsMax) {
                var item = source.next();
                if (item.isEmpty()) {
                    break;
                }
                check(item.get());
                nextItem++;
                var ready = batcher.add(selector.select(item.get()), source.position());
                if (ready.isPresent()) {
                    return ready;
                }
            }
            return batcher.finish();
        } catch (ReadFailed failed) {
            throw ItemsFailed.of(failed);
        } catch (EvaluationFailed failed) {
            throw ItemsFailed.of(failed);
        }
    }

    private void check(Item item) {
        if (item.index() != nextItem) {
            throw new IllegalStateException("the item source returned index %d where %d comes next"
                    .formatted(item.index(), nextItem));
        }
    }

    /// Where this source stands before its first item: it names the version of the dataset.
    String position() {
        return source.position();
    }

    /// Items in the batches handed out so far, counted over the whole run.
    long items() {
        return batcher.items();
    }

    long batches() {
        return batcher.batches();
    }

    @Override
    public void close() {
        source.close();
    }
}
