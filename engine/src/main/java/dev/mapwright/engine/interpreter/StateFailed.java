package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.expression.Failure;

/// A state has failed; what Retry and Catch decide about. Data on its way up, without a stack
/// trace.
final class StateFailed extends Exception {
    private static final String RUNTIME = "States.Runtime";

    private final transient Failure failure;
    private final transient Failure matched;
    private final long eventId;
    private final boolean inField;

    private StateFailed(Failure failure, Failure matched, long eventId, boolean inField) {
        super(failure.name(), null, false, false);
        this.failure = failure;
        this.matched = matched;
        this.eventId = eventId;
        this.inField = inField;
    }

    /// What the state does has failed: a call, a branch, an iteration.
    ///
    /// @param eventId the event that the consequences link to
    static StateFailed inWork(Failure failure, long eventId) {
        return new StateFailed(failure, failure, eventId, false);
    }

    /// One of the state's own fields could not be evaluated.
    static StateFailed inField(Failure failure, long eventId) {
        return new StateFailed(failure, failure, eventId, true);
    }

    /// As `inWork`, where Retry and Catch know more of it than AWS shows.
    static StateFailed known(Failure failure, Failure matched, long eventId) {
        return new StateFailed(failure, matched, eventId, false);
    }

    Failure failure() {
        return failure;
    }

    /// What `ErrorEquals` is held against.
    Failure matched() {
        return matched;
    }

    long eventId() {
        return eventId;
    }

    /// AWS shows no `MapStateFailed` or `ParallelStateFailed` for a bad field of the state itself.
    boolean endsFork() {
        return !isFatal();
    }

    /// Whether it is past Retry and Catch.
    boolean isFatal() {
        return inField && failure.name().equals(RUNTIME);
    }
}
