package dev.mapwright.engine.task;

import dev.mapwright.engine.world.World;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens that this process's tasks wait on. What it does not know may still be waited on: a
/// former process's, whose execution has not come that far again.
public final class TaskTokens {
    private final World world;
    private final Map<String, TaskMailbox> open = new ConcurrentHashMap<>();

    public TaskTokens(World world) {
        this.world = world;
    }

    public TaskMailbox open(String token) {
        var mailbox = new TaskMailbox(world);
        open.put(token, mailbox);
        return mailbox;
    }

    public Optional<TaskMailbox> find(String token) {
        return Optional.ofNullable(open.get(token));
    }

    /// @param reply for whoever still waits for one
    public void close(String token, TaskMailbox.Reply reply) {
        TaskMailbox mailbox = open.remove(token);
        if (mailbox != null) {
            mailbox.close(reply);
        }
    }
}
