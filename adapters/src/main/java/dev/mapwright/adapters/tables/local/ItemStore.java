package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.StoredItem;
import dev.mapwright.adapters.tables.local.item.TableException;
import dev.mapwright.engine.store.Receipt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Items and index entries in the key-value store. Changes of one item happen one after the other;
/// readers see only what is durable.
///
/// A change holds its stripe's lock while it reads, decides and hands its batch in, not while the
/// batch travels to the disk: a value on its way waits in `pending`, where the next change of the
/// same item finds it. So a counter that everybody updates advances many times in one group commit.
/// An answer that rests on a pending value, such as a failed condition, is given only when that
/// value is durable.
final class ItemStore {
    /// Part of the stored format: tallies are kept per stripe.
    static final int STRIPES = 64;

    private final KeyValueStore store;
    private final Space items;
    private final Space entries;
    private final Space tallies;
    private final ConcurrentMap<ItemKey, Pending> pending = new ConcurrentHashMap<>();
    private final List<ReentrantLock> locks =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    ItemStore(KeyValueStore store) {
        this.store = store;
        this.items = store.space("tables.items");
        this.entries = store.space("tables.entries");
        this.tallies = store.space("tables.tallies");
    }

    /// Decides what becomes of an item, given what it is. Throws when a condition fails.
    @FunctionalInterface
    interface Change {
        Optional<M> apply(Optional<M> before);
    }

    /// One item to change, and how.
    record Step(Table table, byte[] key, Change change) {}

    /// What a change found and left.
    record Changed(Optional<M> before, Optional<M> after) {
        /// A condition that was only checked hands the very same item back; a deleted item may
        /// never have been there.
        boolean isNothing() {
            return before.isPresent() && after.isPresent()
                    ? before.get() == after.get()
                    : before.isEmpty() && after.isEmpty();
        }
    }

    /// Changes that are handed in but perhaps not durable yet.
    ///
    /// @param keys of the items whose new `values` are pending until then
    record UnderWay(
            List<Changed> changes, Receipt receipt, List<ItemKey> keys, List<Pending> values) {}

    record ItemKey(byte[] bytes) {
        int stripe() {
            return Math.floorMod(hashCode(), STRIPES);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ItemKey(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            int hash = Arrays.hashCode(bytes);
            return hash ^ hash >>> 16;
        }
    }

    record Pending(Optional<M> value, Receipt receipt) {}

    /// The item as far as it is durable.
    Optional<M> read(Table table, byte[] key) {
        if (table.isDropped()) {
            throw notFound();
        }
        return items.get(key).map(StoredItem::read);
    }

    Space items() {
        return items;
    }

    Space entries() {
        return entries;
    }

    /// Changes one item and waits until that is durable.
    Changed change(Step step) throws InterruptedException {
        UnderWay underWay = begin(step);
        finish(underWay);
        return underWay.changes().getFirst();
    }

    /// Changes one item. Follow with [#finish].
    UnderWay begin(Step step) throws InterruptedException {
        return begin(List.of(step), refusals -> refusals.getFirst().orElseThrow());
    }

    /// Changes all of them or, when some are refused, none. Follow with [#finish].
    ///
    /// @param refusal makes one refusal from those of the steps
    UnderWay begin(
            List<Step> steps, Function<List<Optional<TableException>>, TableException> refusal)
            throws InterruptedException {
        List<ItemKey> keys = steps.stream().map(step -> new ItemKey(step.key())).toList();
        List<ReentrantLock> held = lock(keys);
        TableException refused;
        Receipt grounds;
        try {
            return apply(steps, keys, refusal);
        } catch (TableException e) {
            refused = e;
            grounds = pendingReceipt(keys);
        } finally {
            held.forEach(ReentrantLock::unlock);
        }
        grounds.await();
        throw refused;
    }

    /// Waits until the changes are durable. An interruption is reported afterwards: it cannot take
    /// them back.
    void finish(UnderWay underWay) throws InterruptedException {
        boolean interrupted = false;
        while (true) {
            try {
                underWay.receipt().await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        for (int i = 0; i < underWay.keys().size(); i++) {
            pending.remove(underWay.keys().get(i), underWay.values().get(i));
        }
        if (interrupted) {
            throw new InterruptedException("Interrupted while items were written");
        }
    }

    /// Several items at one moment.
    List<Optional<M>> readTogether(List<byte[]> wanted) throws InterruptedException {
        List<ItemKey> keys = wanted.stream().map(ItemKey::new).toList();
        List<ReentrantLock> held = lock(keys);
        List<Optional<M>> found;
        Receipt grounds;
        try {
            found = keys.stream().map(this::latest).toList();
            grounds = pendingReceipt(keys);
        } finally {
            held.forEach(ReentrantLock::unlock);
        }
        grounds.await();
        return found;
    }

    /// Deletes the table's items while nobody changes any.
    void deleteAll(Table table, Batch batch) throws InterruptedException {
        locks.forEach(ReentrantLock::lock);
        try {
            table.drop();
            byte[] prefix = KeyLayout.tablePrefix(table.definition());
            for (Space space : List.of(items, entries, tallies)) {
                batch.deleteRange(space, prefix, KeyLayout.after(prefix));
            }
            store.commit(batch);
        } finally {
            locks.forEach(ReentrantLock::unlock);
        }
    }

    void loadTallies(Table table) {
        byte[] prefix = KeyLayout.tablePrefix(table.definition());
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            int index = stripe;
            tallies.get(tallyKey(prefix, stripe))
                    .map(ByteBuffer::wrap)
                    .ifPresent(stored -> table.setTally(index, stored.getLong(), stored.getLong()));
        }
    }

    private UnderWay apply(
            List<Step> steps,
            List<ItemKey> keys,
            Function<List<Optional<TableException>>, TableException> refusal) {
        var changes = new ArrayList<Changed>(steps.size());
        var refusals = new ArrayList<Optional<TableException>>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            Optional<M> before = latest(keys.get(i));
            try {
                changes.add(new Changed(before, decide(steps.get(i), before)));
                refusals.add(Optional.empty());
            } catch (TableException refused) {
                changes.add(new Changed(before, before));
                refusals.add(Optional.of(refused));
            }
        }
        if (refusals.stream().anyMatch(Optional::isPresent)) {
            throw refusal.apply(refusals);
        }
        var batch = new Batch();
        var written = new ArrayList<Integer>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            if (!changes.get(i).isNothing()) {
                plan(batch, steps.get(i), keys.get(i), changes.get(i));
                written.add(i);
            }
        }
        if (written.isEmpty()) {
            return new UnderWay(changes, pendingReceipt(keys), List.of(), List.of());
        }
        Receipt receipt = store.write(batch);
        var values = new ArrayList<Pending>(written.size());
        for (int i : written) {
            var value = new Pending(changes.get(i).after(), receipt);
            values.add(value);
            pending.put(keys.get(i), value);
        }
        return new UnderWay(changes, receipt, written.stream().map(keys::get).toList(), values);
    }

    private static Optional<M> decide(Step step, Optional<M> before) {
        if (step.table().isDropped()) {
            throw notFound();
        }
        return step.change().apply(before);
    }

    private void plan(Batch batch, Step step, ItemKey key, Changed changed) {
        TableDefinition table = step.table().definition();
        changed.after()
                .ifPresentOrElse(
                        item -> batch.put(items, step.key(), StoredItem.write(item)),
                        () -> batch.delete(items, step.key()));
        for (IndexDefinition index : table.indexes()) {
            changed.before()
                    .filter(index::covers)
                    .ifPresent(
                            item -> batch.delete(entries, KeyLayout.entryKey(table, index, item)));
            changed.after()
                    .filter(index::covers)
                    .ifPresent(item -> batch.put(
                            entries,
                            KeyLayout.entryKey(table, index, item),
                            StoredItem.write(index.project(table.key(), item))));
        }
        tally(batch, step.table(), key.stripe(), changed);
    }

    private void tally(Batch batch, Table table, int stripe, Changed changed) {
        long count = table.itemCount(stripe) + one(changed.after()) - one(changed.before());
        long bytes = table.itemBytes(stripe) + size(changed.after()) - size(changed.before());
        table.setTally(stripe, count, bytes);
        batch.put(
                tallies,
                tallyKey(KeyLayout.tablePrefix(table.definition()), stripe),
                ByteBuffer.allocate(16).putLong(count).putLong(bytes).array());
    }

    private static int one(Optional<M> item) {
        return item.isPresent() ? 1 : 0;
    }

    private static int size(Optional<M> item) {
        return item.map(ItemSize::of).orElse(0);
    }

    private static byte[] tallyKey(byte[] prefix, int stripe) {
        return KeyLayout.concat(prefix, new byte[] {(byte) stripe});
    }

    private Optional<M> latest(ItemKey key) {
        Pending underWay = pending.get(key);
        return underWay != null ? underWay.value() : items.get(key.bytes()).map(StoredItem::read);
    }

    /// For an answer that changes nothing: waits for what it rests on.
    private Receipt pendingReceipt(List<ItemKey> keys) {
        List<Receipt> receipts = keys.stream()
                .map(pending::get)
                .filter(Objects::nonNull)
                .map(Pending::receipt)
                .toList();
        return receipts.isEmpty()
                ? Receipt.DONE
                : () -> {
                    for (Receipt receipt : receipts) {
                        receipt.await();
                    }
                };
    }

    /// In the order of the stripes, so that nobody waits in a circle.
    private List<ReentrantLock> lock(List<ItemKey> keys) {
        Stream<Integer> stripes = keys.stream().map(ItemKey::stripe);
        List<ReentrantLock> needed = stripes.distinct().sorted().map(locks::get).toList();
        needed.forEach(ReentrantLock::lock);
        return needed;
    }

    private static TableException notFound() {
        return Catalog.notFound();
    }
}
