package dev.mapwright.engine.task;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Where tasks of activities meet workers: whichever comes first waits for the other, and the one
/// that has waited longest is served first.
public final class ActivityTasks {
    /// A task that waits for a worker.
    ///
    /// @param mailbox to be told who takes it
    public record Offer(String token, Json input, TaskMailbox mailbox) {}

    /// More workers ask for tasks of one activity than AWS lets wait.
    public static final class TooManyWorkers extends Exception {
        TooManyWorkers() {
            super("", null, false, false);
        }
    }

    private record Queue(Map<String, Offer> offers, Deque<Inbox<Offer>> workers) {
        Queue() {
            this(new LinkedHashMap<>(), new ArrayDeque<>());
        }

        boolean isEmpty() {
            return offers.isEmpty() && workers.isEmpty();
        }
    }

    private final World world;
    private final Predicate<String> existing;
    private final Map<String, Queue> queues = new HashMap<>();

    /// @param existing whether an activity of this ARN exists
    public ActivityTasks(World world, Predicate<String> existing) {
        this.world = world;
        this.existing = existing;
    }

    public boolean hasActivity(String activityArn) {
        return existing.test(activityArn);
    }

    /// Gives the task to a worker that waits, or keeps it until one comes.
    public synchronized void offer(String activityArn, Offer offer) {
        Queue queue = queues.computeIfAbsent(activityArn, _ -> new Queue());
        Inbox<Offer> worker = queue.workers().pollFirst();
        if (worker == null) {
            queue.offers().put(offer.token(), offer);
        } else {
            worker.put(offer);
            forgetIfEmpty(activityArn, queue);
        }
    }

    /// Without effect on a task that a worker has already.
    public synchronized void withdraw(String activityArn, Offer offer) {
        Queue queue = queues.get(activityArn);
        if (queue != null) {
            queue.offers().remove(offer.token());
            forgetIfEmpty(activityArn, queue);
        }
    }

    /// The next task, which is nobody else's then; or empty once `deadline` has passed.
    public Optional<Offer> await(String activityArn, Instant deadline)
            throws TooManyWorkers, InterruptedException {
        Inbox<Offer> inbox = world.inbox();
        synchronized (this) {
            Queue queue = queues.computeIfAbsent(activityArn, _ -> new Queue());
            var waiting = queue.offers().values().iterator();
            if (waiting.hasNext()) {
                Offer first = waiting.next();
                waiting.remove();
                forgetIfEmpty(activityArn, queue);
                return Optional.of(first);
            }
            if (queue.workers().size() >= Quotas.ACTIVITY_WORKERS_MAX) {
                throw new TooManyWorkers();
            }
            queue.workers().addLast(inbox);
        }
        try {
            Optional<Offer> offer = inbox.take(deadline);
            return offer.isPresent() || leave(activityArn, inbox) ? offer : inbox.take(Instant.MAX);
        } catch (InterruptedException interrupted) {
            if (!leave(activityArn, inbox)) {
                inbox.take(world.now()).ifPresent(given -> offer(activityArn, given));
            }
            throw interrupted;
        }
    }

    /// Whether the worker was still waiting; if not, a task is on its way to it.
    private synchronized boolean leave(String activityArn, Inbox<Offer> worker) {
        Queue queue = queues.get(activityArn);
        if (queue == null) {
            return false;
        }
        boolean waited = queue.workers().removeIf(other -> other == worker);
        forgetIfEmpty(activityArn, queue);
        return waited;
    }

    private void forgetIfEmpty(String activityArn, Queue queue) {
        if (queue.isEmpty()) {
            queues.remove(activityArn);
        }
    }
}
