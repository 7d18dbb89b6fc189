package dev.mapwright.adapters.delivery;

import java.time.Instant;

/// @param id keeps its records apart from those of an earlier stream of the same name
/// @param version counts what its destination was, from 1
/// @param changed when it got this destination
public record DeliveryStream(
        String name,
        String id,
        Instant created,
        long version,
        Instant changed,
        Destination destination) {
    DeliveryStream withDestination(Destination next, Instant now) {
        return new DeliveryStream(name, id, created, version + 1, now, next);
    }
}
