package dev.mapwright.adapters.backlog;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Messages in the order in which they were added. Whoever takes one has it alone for a time; when
/// the time is over and nobody said that it is done, it can be taken again. Messages of one group
/// are taken in their order: while one is taken, the others of its group wait.
///
/// Everything lies in the store; memory holds where the first [#READY_MAX] messages stand and the
/// taken ones, however many there are. That a message was taken is written, but not waited for: a
/// crash may bring it back sooner.
public final class Backlog {
    /// Of waiting messages, so many are looked through for one whose group is free.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
    static final int READY_MAX = 20_000;

    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
    public static final int TAKEN_MAX = 120_000;

    /// Taken and delayed ones together. Beyond it, delayed messages are left in the store.
    private static final int WAITING_MAX = TAKEN_MAX + READY_MAX;

    private static final int PAGE = 1_000;
    private static final int EXPIRED_AT_ONCE_MAX = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 60_000;

    private final KeyValueStore store;
    private final Shelf shelf;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Free to be taken, as far as memory knows them.
    private final NavigableMap<Long, Entry> ready = new TreeMap<>();

    /// Taken or delayed.
    private final Map<Long, Entry> waiting = new HashMap<>();

    private final NavigableSet<Entry> waitingByTime = new TreeSet<>(Entry.BY_TIME);
    private final Map<String, Integer> takenByGroup = new HashMap<>();
    private int taken;

    /// On their way to the store; from there they come here by themselves.
    private final Set<Long> arriving = new HashSet<>();

    /// Done, though they lie behind the frontier, and not deleted from the store yet.
    private final Set<Long> leaving = new HashSet<>();

    /// Memory knows every message before this sequence, and from it on only taken ones.
    private long frontier;

    /// How many messages only the store knows.
    private long behind;

    private long next;

    /// A message and who has it.
    ///
    /// @param takes how often it was taken so far, this time included
    public record Taken(
            long sequence, int takes, Instant sentAt, Instant firstTakenAt, byte[] content) {}

    /// How many there are: free, taken, not yet due.
    public record Count(long ready, long taken, long delayed) {}

    /// @param name of its spaces in the store, shared by all backlogs of a kind
    /// @param number told apart by it
    public Backlog(KeyValueStore store, String name, int number, InstantSource clock) {
        this.store = store;
        this.shelf = new Shelf(store, name, number);
        this.clock = clock;
        load();
    }

    /// Lets a message wait once `batch` is written. Returns its sequence, greater than all before.
    ///
    /// @param group empty: no order
    public long add(Batch batch, byte[] content, String group, Instant sentAt, Instant dueAt) {
        lock.lock();
        try {
            var entry = new Entry(next++, group, sentAt.toEpochMilli(), dueAt.toEpochMilli());
            arriving.add(entry.sequence);
            shelf.put(batch, entry, content);
            batch.whenCommitted(() -> arrived(entry));
            return entry.sequence;
        } finally {
            lock.unlock();
        }
    }

    /// Takes up to `max` messages for a time, and waits for the first one until `deadline`.
    public List<Taken> take(int max, Duration invisible, Instant deadline)
            throws InterruptedException {
        var batch = new Batch();
        List<Entry> picked;
        lock.lock();
        try {
            picked = pick(batch, max, invisible);
            while (picked.isEmpty() && clock.instant().isBefore(deadline)) {
                changed.await(untilNextLook(deadline), TimeUnit.MILLISECONDS);
                picked = pick(batch, max, invisible);
            }
            return contents(picked, batch);
        } finally {
            lock.unlock();
            // Not under the lock: a full writer's queue waits for the writer, who waits for the
            // lock.
            if (!batch.isEmpty()) {
                store.write(batch);
            }
        }
    }

    /// Removes a message once `batch` is written; false where there is none any more.
    ///
    /// @param takes of the taker: a later one has it for himself
    public boolean finish(Batch batch, long sequence, int takes) {
        lock.lock();
        try {
            Optional<Entry> known = Optional.ofNullable(waiting.get(sequence))
                    .or(() -> Optional.ofNullable(ready.get(sequence)));
            if (known.isEmpty()) {
                return finishBehind(batch, sequence);
            }
            if (known.get().takes > takes) {
                return false;
            }
            remove(known.get(), batch);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Gives a taken message another time; false where it is not taken any more.
    public boolean retake(long sequence, int takes, Instant dueAt) {
        var batch = new Batch();
        lock.lock();
        try {
            releaseDue();
            Entry entry = waiting.get(sequence);
            if (entry == null || entry.takes == 0 || entry.takes > takes) {
                return false;
            }
            waitingByTime.remove(entry);
            entry.dueAt = dueAt.toEpochMilli();
            waitingByTime.add(entry);
            shelf.putStanding(batch, entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        store.write(batch);
        return true;
    }

    /// Forgets free messages that were added before a time, oldest first, some at a time.
    public void expire(Instant sentBefore) {
        var batch = new Batch();
        lock.lock();
        try {
            for (int i = 0; i < EXPIRED_AT_ONCE_MAX && !ready.isEmpty(); i++) {
                Entry oldest = ready.firstEntry().getValue();
                if (oldest.sentAt >= sentBefore.toEpochMilli()) {
                    break;
                }
                remove(oldest, batch);
            }
        } finally {
            lock.unlock();
        }
        if (!batch.isEmpty()) {
            store.write(batch);
        }
    }

    /// Forgets all messages once `batch` is written.
    public void clear(Batch batch) {
        lock.lock();
        try {
            ready.clear();
            waiting.clear();
            waitingByTime.clear();
            takenByGroup.clear();
            taken = 0;
            behind = 0;
            frontier = next;
            shelf.deleteAll(batch);
        } finally {
            lock.unlock();
        }
    }

    /// Lets all taken messages be taken again: for an owner whose takers have all ended with the
    /// former process.
    public void releaseTaken() {
        lock.lock();
        try {
            for (Entry entry : List.copyOf(waiting.values())) {
                if (entry.takes > 0) {
                    forget(entry);
                    entry.dueAt = 0;
                    ready.put(entry.sequence, entry);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public Count count() {
        lock.lock();
        try {
            releaseDue();
            return new Count(ready.size() + behind, taken, waiting.size() - taken);
        } finally {
            lock.unlock();
        }
    }

    private void load() {
        long now = clock.millis();
        // Sequences never come again, also where the last message is gone: a thousand times more of
        // them than there can be messages in the time.
        next = now * 1_000;
        shelf.forEach(0, entry -> {
            next = Math.max(next, entry.sequence + 1);
            boolean room = behind == 0 && ready.size() + waiting.size() < READY_MAX;
            if (room || entry.isTaken(now)) {
                place(entry, now);
            }
            if (room) {
                frontier = entry.sequence + 1;
            } else if (!entry.isTaken(now)) {
                behind++;
            }
            return true;
        });
    }

    /// Run by the store's writer.
    private void arrived(Entry entry) {
        lock.lock();
        try {
            arriving.remove(entry.sequence);
            boolean room = behind == 0 && ready.size() + waiting.size() < READY_MAX;
            if (room || entry.sequence < frontier) {
                place(entry, clock.millis());
                frontier = Math.max(frontier, entry.sequence + 1);
            } else {
                behind++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> pick(Batch batch, int max, Duration invisible) {
        releaseDue();
        List<Entry> picked = free(max);
        while (picked.size() < max && canLoad()) {
            loadPage();
            picked = free(max);
        }
        long now = clock.millis();
        for (Entry entry : picked) {
            ready.remove(entry.sequence);
            entry.dueAt = now + invisible.toMillis();
            entry.takes++;
            if (entry.firstTakenAt == 0) {
                entry.firstTakenAt = now;
            }
            await(entry);
            shelf.putStanding(batch, entry);
        }
        return picked;
    }

    /// The first messages whose groups nobody is busy with.
    private List<Entry> free(int max) {
        int room = Math.min(max, TAKEN_MAX - taken);
        List<Entry> free = new ArrayList<>();
        for (Entry entry : ready.values()) {
            if (free.size() >= room) {
                break;
            }
            if (!takenByGroup.containsKey(entry.group)) {
                free.add(entry);
            }
        }
        return free;
    }

    private boolean canLoad() {
        return behind > 0
                && taken < TAKEN_MAX
                && ready.size() < READY_MAX
                && waiting.size() < WAITING_MAX;
    }

    private void loadPage() {
        long now = clock.millis();
        List<Entry> page = new ArrayList<>();
        shelf.forEach(frontier, entry -> {
            frontier = entry.sequence + 1;
            boolean known = waiting.containsKey(entry.sequence)
                    || ready.containsKey(entry.sequence)
                    || arriving.contains(entry.sequence)
                    || leaving.contains(entry.sequence);
            if (!known) {
                page.add(entry);
            }
            return page.size() < PAGE;
        });
        page.forEach(entry -> place(entry, now));
        behind = page.isEmpty() ? 0 : behind - page.size();
    }

    private void place(Entry entry, long now) {
        if (entry.dueAt > now) {
            await(entry);
        } else {
            ready.put(entry.sequence, entry);
        }
    }

    private void await(Entry entry) {
        waiting.put(entry.sequence, entry);
        waitingByTime.add(entry);
        if (entry.takes > 0) {
            taken++;
            if (!entry.group.isEmpty()) {
                takenByGroup.merge(entry.group, 1, Integer::sum);
            }
        }
    }

    private void releaseDue() {
        long now = clock.millis();
        while (!waitingByTime.isEmpty() && waitingByTime.first().dueAt <= now) {
            Entry due = waitingByTime.first();
            forget(due);
            ready.put(due.sequence, due);
        }
    }

    private void forget(Entry entry) {
        ready.remove(entry.sequence);
        if (waiting.remove(entry.sequence) != null) {
            waitingByTime.remove(entry);
            if (entry.takes > 0) {
                taken--;
                takenByGroup.computeIfPresent(
                        entry.group, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    private boolean finishBehind(Batch batch, long sequence) {
        boolean there = sequence >= frontier
                && !arriving.contains(sequence)
                && !leaving.contains(sequence)
                && shelf.standing(sequence).isPresent();
        if (there) {
            behind--;
            delete(sequence, batch);
        }
        return there;
    }

    private void remove(Entry entry, Batch batch) {
        forget(entry);
        delete(entry.sequence, batch);
    }

    /// Until it is deleted, a page must not bring it back.
    private void delete(long sequence, Batch batch) {
        shelf.delete(batch, sequence);
        if (sequence >= frontier) {
            leaving.add(sequence);
            batch.whenCommitted(() -> left(sequence));
        }
    }

    private void left(long sequence) {
        lock.lock();
        try {
            leaving.remove(sequence);
        } finally {
            lock.unlock();
        }
    }

    /// What the messages say. One whose content is gone was cleared while it arrived.
    private List<Taken> contents(List<Entry> picked, Batch batch) {
        List<Taken> all = new ArrayList<>(picked.size());
        for (Entry entry : picked) {
            Optional<byte[]> content = shelf.content(entry.sequence);
            if (content.isEmpty()) {
                remove(entry, batch);
            } else {
                all.add(new Taken(
                        entry.sequence,
                        entry.takes,
                        Instant.ofEpochMilli(entry.sentAt),
                        Instant.ofEpochMilli(entry.firstTakenAt),
                        content.get()));
            }
        }
        return List.copyOf(all);
    }

    private long untilNextLook(Instant deadline) {
        long now = clock.millis();
        long until = Math.min(deadline.toEpochMilli(), now + LOOK_AGAIN_MILLIS);
        long due = waitingByTime.isEmpty() ? until : waitingByTime.first().dueAt;
        return Math.max(1, Math.min(until, due) - now);
    }
}
