package dev.mapwright.engine.maprun;

import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.util.ArrayList;
import java.util.List;

/// The strands that one run has started, all of which end with it.
final class Strands {
    private final World world;
    private final String name;
    private final Inbox<Message> owner;
    private final List<Strand> started = new ArrayList<>();

    Strands(World world, String name, Inbox<Message> owner) {
        this.world = world;
        this.name = name;
        this.owner = owner;
    }

    Strand start(String task, World.Body body) {
        var strand = world.start(name + " " + task, () -> {
            try {
                body.run();
            } catch (RuntimeException broken) {
                owner.put(new Message.StrandBroken(broken));
            }
        });
        started.add(strand);
        return strand;
    }

    /// Cancels and joins them all.
    void end() throws InterruptedException {
        started.forEach(Strand::cancel);
        for (Strand strand : started) {
            strand.join();
        }
        started.clear();
    }
}
