package dev.mapwright.adapters.keyvalue;

import java.util.ArrayList;
import java.util.List;

/// Changes that are written together or not at all. Handed to [KeyValueStore#write] once, then left
/// alone.
public final class Batch {
    private final List<Step> steps = new ArrayList<>();
    private final List<Runnable> reactions = new ArrayList<>();
    private long bytes;

    public sealed interface Step {
        Space space();

        record Put(Space space, byte[] key, byte[] value) implements Step {}

        record Delete(Space space, byte[] key) implements Step {}

        /// `from` <= key < `to`.
        record DeleteRange(Space space, byte[] from, byte[] to) implements Step {}
    }

    public Batch put(Space space, byte[] key, byte[] value) {
        bytes += key.length + value.length;
        steps.add(new Step.Put(space, key, value));
        return this;
    }

    public Batch delete(Space space, byte[] key) {
        bytes += key.length;
        steps.add(new Step.Delete(space, key));
        return this;
    }

    public Batch deleteRange(Space space, byte[] from, byte[] to) {
        bytes += from.length + to.length;
        steps.add(new Step.DeleteRange(space, from, to));
        return this;
    }

    /// Has `reaction` run by the writer right after this batch became durable and visible, before
    /// its receipt says so, and in the order of the batches. It must be quick: nothing is written
    /// meanwhile.
    public Batch whenCommitted(Runnable reaction) {
        reactions.add(reaction);
        return this;
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    void react() {
        reactions.forEach(Runnable::run);
    }

    List<Step> steps() {
        return steps;
    }

    /// Keys and values, which is what a batch weighs in the writer's queue.
    long bytes() {
        return bytes;
    }
}
