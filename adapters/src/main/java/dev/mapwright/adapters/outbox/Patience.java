package dev.mapwright.adapters.outbox;

import java.time.Duration;

/// How long it is tried to deliver a message.
///
/// @param attemptsMax the first one included
/// @param ageMax since the message was added: none is made when it is older
public record Patience(int attemptsMax, Duration ageMax) {
    /// With the pauses of [Deliveries], some four hours.
    static final Patience USUAL = new Patience(50, Duration.ofDays(1));

    boolean isOver(int attempts, Duration age) {
        return attempts >= attemptsMax || age.compareTo(ageMax) >= 0;
    }
}
