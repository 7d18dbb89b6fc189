package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.interpreter.Halt;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Journal;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs children that only compute: one after the other, some dozens on a strand, and what they
/// leave behind is written and reported as one. They are over before anybody could want to stop one
/// of them, so that nobody keeps an eye on them one by one.
final class Crew {
    /// Most of what a strand, a write and a message cost is shared by then.
    private static final int CHILDREN_MAX = 64;

    /// Children with large inputs may compute for long: these get strands of their own.
    private static final int INPUT_CHARS_MAX = 64 * 1024;

    private final World world;
    private final Store store;
    private final Definitions definitions;
    private final Lives lives;
    private final ExecutionListener listener;
    private final Quotas quotas;
    private final Map<Execution.Type, AtomicInteger> running = new EnumMap<>(Execution.Type.class);
    private volatile boolean closed;

    Crew(
            World world,
            Store store,
            Definitions definitions,
            Lives lives,
            ExecutionListener listener,
            Quotas quotas) {
        this.world = world;
        this.store = store;
        this.definitions = definitions;
        this.lives = lives;
        this.listener = listener;
        this.quotas = quotas;
        for (Execution.Type type : Execution.Type.values()) {
            running.put(type, new AtomicInteger());
        }
    }

    /// @param children of one run, of which nothing but their start is recorded
    /// @param ended told of all of them, of some at a time, with the records as they were handed to
    ///     the store
    void begin(List<Execution> children, Consumer<List<Execution>> ended) {
        children.forEach(listener::started);
        running.get(children.getFirst().type()).addAndGet(children.size());
        int from = 0;
        while (from < children.size()) {
            int to = end(children, from);
            List<Execution> together = children.subList(from, to);
            world.start(together.getFirst().arn(), () -> run(together, ended));
            from = to;
        }
    }

    private static int end(List<Execution> children, int from) {
        int to = from;
        long chars = 0;
        do {
            chars += children.get(to).input().text().length();
            to++;
        } while (to < children.size() && to - from < CHILDREN_MAX && chars < INPUT_CHARS_MAX);
        return to;
    }

    private void run(List<Execution> children, Consumer<List<Execution>> ended) {
        var halt = new Halt();
        if (definitions.isDeleting(children.getFirst().machineArn())) {
            halt.machineDeleted();
        }
        var endings = new ArrayList<Execution>(children.size());
        var changes = new ArrayList<Change>(2 * children.size());
        for (Execution child : children) {
            switch (child.type()) {
                case EXPRESS ->
                    toEnd(child, new UnkeptJournal(world), halt).ifPresent(endings::add);
                case STANDARD -> {
                    var journal = journal(child);
                    toEnd(child, journal, halt).ifPresent(ending -> {
                        changes.add(journal.take());
                        endings.add(ending);
                    });
                }
            }
        }
        endings.forEach(child -> changes.add(new Change.PutExecution(child)));
        if (!closed) {
            store.write(changes);
            endings.forEach(listener::ended);
            running.get(children.getFirst().type()).addAndGet(-children.size());
            ended.accept(endings);
        }
    }

    private Optional<Execution> toEnd(Execution child, Journal journal, Halt halt) {
        return lives.toEnd(child, Cursor.start(child.input()), journal, halt);
    }

    private DurableJournal journal(Execution child) {
        return new DurableJournal(
                world,
                store,
                child.arn(),
                0,
                Cursor.start(child.input()),
                quotas.historyEventsMax());
    }

    /// How many of this type are under way.
    int running(Execution.Type type) {
        return running.get(type).get();
    }

    /// Nothing is written any more.
    void shutDown() {
        closed = true;
    }
}
