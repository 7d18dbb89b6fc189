package dev.mapwright.engine.maprun;

import java.time.Instant;
import java.util.Optional;

/// Whether and how fast a run starts children: Mapwright's own, beside what UpdateMapRun changes.
///
/// @param pace absent: as fast as there are places
/// @param since when the ramp-up began: with the pace, and again when the run was resumed
public record Dispatching(State state, Optional<Pace> pace, Instant since) {
    public static final Dispatching UNLIMITED =
            new Dispatching(State.ON, Optional.empty(), Instant.EPOCH);

    public enum State {
        ON,
        /// No child is started; those that run go on.
        PAUSED
    }

    /// What a caller changes.
    public sealed interface Change {
        record Pause() implements Change {}

        record Resume() implements Change {}

        /// @param pace absent: lifts the limit
        record Limit(Optional<Pace> pace) implements Change {}
    }

    /// Pausing twice, or resuming what goes on, changes nothing.
    Dispatching after(Change change, Instant now) {
        return switch (change) {
            case Change.Pause() -> new Dispatching(State.PAUSED, pace, since);
            case Change.Resume() ->
                state == State.PAUSED ? new Dispatching(State.ON, pace, now) : this;
            case Change.Limit(Optional<Pace> limit) -> new Dispatching(state, limit, now);
        };
    }
}
