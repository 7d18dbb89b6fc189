package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.item.TableException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The ClientRequestTokens of late, which keep a repeated request from being carried out twice.
/// They live as long as the server does.
final class TransactionTokens {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    static final Duration LIFE = Duration.ofMinutes(10);

    /// Beyond that the oldest are forgotten early.
    static final int TOKENS_MAX = 10_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Use> uses = new LinkedHashMap<>();

    TransactionTokens(InstantSource clock) {
        this.clock = clock;
    }

    enum Standing {
        NEW,
        COMPLETED
    }

    private record Use(Object actions, Instant since, boolean isCompleted) {}

    /// Follow a NEW one with [#complete] or [#release].
    Standing claim(String token, Object actions) {
        lock.lock();
        try {
            forgetOld();
            Use use = uses.get(token);
            if (use == null) {
                uses.put(token, new Use(actions, clock.instant(), false));
                return Standing.NEW;
            }
            if (!use.actions().equals(actions)) {
                throw new TableException(
                        "IdempotentParameterMismatchException",
                        "The ClientRequestToken %s was used with other parameters"
                                .formatted(token));
            }
            if (!use.isCompleted()) {
                throw new TableException(
                        "TransactionInProgressException",
                        "The transaction with the given request token is already in progress.");
            }
            return Standing.COMPLETED;
        } finally {
            lock.unlock();
        }
    }

    void complete(String token, Object actions) {
        lock.lock();
        try {
            uses.put(token, new Use(actions, clock.instant(), true));
        } finally {
            lock.unlock();
        }
    }

    /// The transaction was refused: the token may be used again.
    void release(String token) {
        lock.lock();
        try {
            uses.remove(token);
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(LIFE);
        var each = uses.values().iterator();
        while (each.hasNext()) {
            boolean isRecent = each.next().since().isAfter(oldest);
            if (isRecent && uses.size() < TOKENS_MAX) {
                return;
            }
            each.remove();
        }
    }
}
