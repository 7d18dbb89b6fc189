package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.store.Execution.Status;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What memory knows of a run whose children are being written.
final class OpenRun {
    private final RunRows rows;
    private final AtomicBoolean templateWritten;
    private final AtomicLong highest;
    private final Map<Long, Status> running = new ConcurrentHashMap<>();

    /// Those whose progress has an entry of its own before they have ended.
    private final Set<Long> alone = ConcurrentHashMap.newKeySet();

    private volatile Optional<ChildTemplate> template;

    OpenRun(RunRows rows, Optional<ChildTemplate> template, long highest) {
        this.rows = rows;
        this.template = template;
        this.templateWritten = new AtomicBoolean(template.isPresent());
        this.highest = new AtomicLong(highest);
    }

    RunRows rows() {
        return rows;
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

    boolean isAlone(long batch) {
        return alone.contains(batch);
    }

    void standsAlone(long batch) {
        alone.add(batch);
    }

    void forgetAlone(long batch) {
        alone.remove(batch);
    }

    void learn(long batch, Status status) {
        if (status.hasEnded()) {
            running.remove(batch);
        } else {
            running.put(batch, status);
        }
    }

    /// Highest first.
    SortedMap<Long, Status> runningBelow(long batch) {
        return new TreeMap<>(running).headMap(batch).reversed();
    }
}
