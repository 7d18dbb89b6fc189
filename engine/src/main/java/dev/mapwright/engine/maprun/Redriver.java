package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Message.EarlierChild;
import dev.mapwright.engine.maprun.Message.NoEarlierChildren;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.util.OptionalLong;

/// The strand that looks up, one after another, the children of earlier generations, as long as the
/// owner has room for them.
final class Redriver implements World.Body {
    private final Children children;
    private final EarlierChildren.Range range;
    private final Inbox<Message> owner;
    private final QueueRoom room;

    Redriver(Children children, EarlierChildren.Range range, Inbox<Message> owner, QueueRoom room) {
        this.children = children;
        this.range = range;
        this.owner = owner;
        this.room = room;
    }

    /// What becomes of a child of an earlier generation.
    enum Turn {
        RUNS_AGAIN,
        STAYS
    }

    @Override
    public void run() throws InterruptedException {
        var earlier = EarlierChildren.find(children, range);
        for (OptionalLong next = earlier.next(range.from());
                next.isPresent();
                next = earlier.next(next.getAsLong() + 1)) {
            Execution child = children.load(next.getAsLong());
            room.take(child.input().text().length());
            owner.put(new EarlierChild(child, turn(child)));
        }
        owner.put(new NoEarlierChildren());
    }

    private Turn turn(Execution child) {
        return child.status() != Execution.Status.SUCCEEDED
                        && children.launcher().isRedrivable(child)
                ? Turn.RUNS_AGAIN
                : Turn.STAYS;
    }
}
