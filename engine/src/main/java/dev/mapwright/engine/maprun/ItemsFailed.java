package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Failure;

/// Items cannot be read, selected or passed on: the failure that ends the run.
public final class ItemsFailed extends Exception {
    private final transient Failure failure;

    ItemsFailed(Failure failure) {
        super(failure.name(), null, false, false);
        this.failure = failure;
    }

    static ItemsFailed of(ReadFailed failed) {
        return new ItemsFailed(Failure.of("States.ItemReaderFailed", failed.getMessage()));
    }

    static ItemsFailed of(EvaluationFailed failed) {
        return new ItemsFailed(Failure.of(failed.error(), failed.detail()));
    }

    public Failure failure() {
        return failure;
    }
}
