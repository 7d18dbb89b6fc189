package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.store.Execution.Status;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What memory knows of a run whose children are being written.
final class OpenRun {
    private final AtomicBoolean templateWritten;
    private final AtomicLong highest;
    private final NavigableMap<Long, Status> running = new ConcurrentSkipListMap<>();
    private volatile Optional<ChildTemplate> template;

    OpenRun(Optional<ChildTemplate> template, long highest) {
        this.template = template;
        this.templateWritten = new AtomicBoolean(template.isPresent());
        this.highest = new AtomicLong(highest);
    }

    /// What the children share, once it is on its way to the disk.
    Optional<ChildTemplate> template() {
        return template;
    }

    /// True for the first one that asks.
    boolean mayWriteTemplate() {
        return templateWritten.compareAndSet(false, true);
    }

    void share(ChildTemplate written) {
        template = Optional.of(written);
    }

    /// Whether nothing can be stored under this batch yet. Batches mostly come in order; one that
    /// was overtaken counts as not new, which only costs some bytes.
    boolean isNew(long batch) {
        return highest.getAndAccumulate(batch, Math::max) < batch;
    }

    void learn(long batch, Status status) {
        if (status.hasEnded()) {
            running.remove(batch);
        } else {
            running.put(batch, status);
        }
    }

    /// Highest first.
    NavigableMap<Long, Status> runningBelow(long batch) {
        return running.headMap(batch, false).descendingMap();
    }
}
