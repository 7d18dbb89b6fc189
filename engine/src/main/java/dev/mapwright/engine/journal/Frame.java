package dev.mapwright.engine.journal;

import java.util.Optional;

/// One flow of control: the execution itself, one Parallel branch, or one inline Map iteration.
/// `openedBy` is the id of the event that forked it, so a loop that forks twice makes two sets of
/// frames.
public record Frame(Optional<Frame> outer, long openedBy, int index) {
    public static final Frame ROOT = new Frame(Optional.empty(), 0, 0);

    public Frame inner(long forkedBy, int position) {
        return new Frame(Optional.of(this), forkedBy, position);
    }

    /// Whether this frame was forked by `other`, at any depth.
    public boolean isInside(Frame other) {
        Optional<Frame> around = outer;
        while (around.isPresent()) {
            if (around.get().equals(other)) {
                return true;
            }
            around = around.get().outer();
        }
        return false;
    }
}
