package dev.mapwright.server.cloudwatch;

import java.util.Map;

/// What one operation answers to its parameters.
sealed interface Operation {
    @FunctionalInterface
    non-sealed interface Answering extends Operation {
        Map<String, Object> answer(Input input) throws Failed, InterruptedException;
    }

    /// One whose output has no members in the service model.
    @FunctionalInterface
    non-sealed interface Silent extends Operation {
        void act(Input input) throws Failed, InterruptedException;
    }

    static Operation answering(Answering operation) {
        return operation;
    }

    static Operation silent(Silent operation) {
        return operation;
    }
}
