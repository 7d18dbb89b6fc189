package dev.mapwright.engine.journal;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;

import java.time.Instant;

/// What AWS keeps to itself: facts needed to continue that its history does not show.
public sealed interface Note extends Entry {
    /// A wait ends at `time`: a Wait state's, a retry's delay, a token's or job's deadline.
    record WakeAt(Instant time) implements Note {}

    /// The token that a `.waitForTaskToken` task or an activity was given.
    record TokenIssued(String token) implements Note {}

    /// Somebody has answered a task's token while the call that hands it over was under way.
    record TaskAnswered(Ending ending) implements Note {}

    /// The job that a `.sync` task started, and what TaskSubmitted shows of it.
    record JobStarted(String jobId, Json submitted) implements Note {}

    /// An inline Map's items and concurrency, evaluated once.
    record ItemsChosen(Json items, int concurrency) implements Note {}

    /// The branches or iterations of a fork have ended in a failure, which `eventId` is the event
    /// of. What Retry and Catch make of it follows; the fork's own frames are over.
    record ForkFailed(Failure failure, long eventId) implements Note {}
}
