package dev.mapwright.server.awsjson;

import dev.mapwright.engine.execution.Refused;

/// What one operation answers to its parameters.
@FunctionalInterface
public interface Operation {
    Members answer(Parameters parameters) throws Refused, InterruptedException;
}
