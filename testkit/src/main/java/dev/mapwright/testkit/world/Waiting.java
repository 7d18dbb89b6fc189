package dev.mapwright.testkit.world;

import java.time.Instant;

/// What a simulated strand waits for: a condition, or the time at which it stops waiting for it.
sealed interface Waiting {
    boolean isOver();

    /// `Instant.MAX` when it waits for ever.
    default Instant deadline() {
        return Instant.MAX;
    }

    /// For nothing but its turn.
    record Turn() implements Waiting {
        @Override
        public boolean isOver() {
            return true;
        }

        @Override
        public String toString() {
            return "goes on";
        }
    }

    record Time(Instant deadline) implements Waiting {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public String toString() {
            return "sleeps until " + deadline;
        }
    }

    record Message(SimulatedInbox<?> inbox, Instant deadline) implements Waiting {
        @Override
        public boolean isOver() {
            return inbox.hasMessage();
        }

        @Override
        public String toString() {
            return deadline.equals(Instant.MAX)
                    ? "takes a message"
                    : "takes a message until " + deadline;
        }
    }

    record EndOf(SimulatedStrand strand) implements Waiting {
        @Override
        public boolean isOver() {
            return strand.hasEnded();
        }

        @Override
        public String toString() {
            return "joins " + strand.name();
        }
    }
}
