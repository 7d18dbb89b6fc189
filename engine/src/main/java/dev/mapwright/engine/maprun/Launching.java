package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.maprun.Message.ChildrenEnded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.List;

/// The strand that starts children, each as soon as its creation is durable. The owner never waits
/// for the disk, and all that it hands over during one wait shares the next. What is under way is
/// bounded by the places.
final class Launching implements World.Body {
    private final Children children;
    private final Inbox<Order> orders;
    private final Inbox<Message> owner;

    Launching(Children children, Inbox<Order> orders, Inbox<Message> owner) {
        this.children = children;
        this.orders = orders;
        this.owner = owner;
    }

    /// Orders are carried out one after another, so that no child is stopped before it was started.
    sealed interface Order {
        /// New children, once `created` says that they are stored.
        record Launch(Receipt created, List<Execution> children) implements Order {}

        /// Children of an earlier generation, once `recorded` says that they run again.
        record Relaunch(Receipt recorded, List<Execution> children) implements Order {}

        /// Children that were running when the process died. One that has ended since is reported
        /// at once.
        record Resume(long[] batches) implements Order {}

        record Stop(long[] batches, Failure why) implements Order {}
    }

    @Override
    public void run() throws InterruptedException {
        while (true) {
            switch (orders.take(Instant.MAX).orElseThrow()) {
                case Order.Launch(Receipt created, List<Execution> stored) -> {
                    created.await();
                    children.launcher().launch(stored, this::ended);
                }
                case Order.Relaunch(Receipt recorded, List<Execution> stored) -> {
                    recorded.await();
                    stored.forEach(this::relaunch);
                }
                case Order.Resume(long[] batches) -> {
                    for (long batch : batches) {
                        resume(children.load(batch));
                    }
                }
                case Order.Stop(long[] batches, Failure why) -> {
                    for (long batch : batches) {
                        stop(children.load(batch), why);
                    }
                }
            }
        }
    }

    private void relaunch(Execution child) {
        children.launcher().relaunch(child, this::ended);
    }

    private void resume(Execution child) {
        children.launcher().resume(child, this::ended);
    }

    private void ended(List<Execution> ended) {
        owner.put(new ChildrenEnded(ended));
    }

    private void stop(Execution child, Failure why) {
        if (!child.status().hasEnded()) {
            children.launcher().stop(child, why);
        }
    }
}
