package dev.mapwright.adapters.keyvalue;

import java.util.ArrayList;
import java.util.List;

/// Changes that are written together or not at all.
public final class Batch {
    private final List<Step> steps = new ArrayList<>();

    public sealed interface Step {
        record Put(Space space, byte[] key, byte[] value) implements Step {}

        record Delete(Space space, byte[] key) implements Step {}

        /// `from` <= key < `to`.
        record DeleteRange(Space space, byte[] from, byte[] to) implements Step {}
    }

    public Batch put(Space space, byte[] key, byte[] value) {
        steps.add(new Step.Put(space, key, value));
        return this;
    }

    public Batch delete(Space space, byte[] key) {
        steps.add(new Step.Delete(space, key));
        return this;
    }

    public Batch deleteRange(Space space, byte[] from, byte[] to) {
        steps.add(new Step.DeleteRange(space, from, to));
        return this;
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    List<Step> steps() {
        return steps;
    }
}
