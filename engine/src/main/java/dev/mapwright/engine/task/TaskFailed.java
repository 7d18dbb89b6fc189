package dev.mapwright.engine.task;

import dev.mapwright.asl.expression.Failure;

/// A call came back with an error, or could not be made.
public final class TaskFailed extends Exception {
    private final transient Failure failure;

    public TaskFailed(Failure failure) {
        super(failure.name() + ": " + failure.cause().orElse(""), null, false, false);
        this.failure = failure;
    }

    public static TaskFailed of(String error, String cause) {
        return new TaskFailed(Failure.of(error, cause));
    }

    public Failure failure() {
        return failure;
    }
}
