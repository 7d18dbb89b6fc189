package dev.mapwright.adapters.delivery;

import java.time.Instant;

/// @param id keeps its records apart from those of an earlier stream of the same name
public record DeliveryStream(String name, String id, Instant created, Destination destination) {}
