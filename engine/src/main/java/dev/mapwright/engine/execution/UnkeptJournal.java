package dev.mapwright.engine.execution;

import dev.mapwright.engine.journal.Entry;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent;
import dev.mapwright.engine.journal.Journal;
import dev.mapwright.engine.journal.Note;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.world.World;

/// The journal of an EXPRESS execution: numbers the events, which causes of failures mention, and
/// keeps nothing.
final class UnkeptJournal implements Journal {
    private final World world;
    private long eventId = 1;

    UnkeptJournal(World world) {
        this.world = world;
    }

    @Override
    public synchronized Recorded append(Frame frame, long previousEventId, Entry entry) {
        return switch (entry) {
            case HistoryEvent event ->
                new Recorded(0, ++eventId, previousEventId, world.now(), frame, event);
            case Note note -> new Recorded(0, 0, 0, world.now(), frame, note);
        };
    }

    @Override
    public void together(Runnable appends) {
        appends.run();
    }

    @Override
    public void flush() {
        // Nothing is kept.
    }

    @Override
    public void commit() {
        // Nothing is kept.
    }
}
