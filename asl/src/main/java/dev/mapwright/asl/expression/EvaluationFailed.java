package dev.mapwright.asl.expression;

import java.util.Optional;

/// An expression could not be evaluated. `error` is AWS's name (`States.QueryEvaluationError`,
/// `States.Runtime`, …); the message is the detail alone, without the prefix that names the state,
/// which the interpreter adds; `location` is the field (`Output/result`) for the history's
/// EvaluationFailed event.
public final class EvaluationFailed extends Exception {
    private final String error;
    private final transient Optional<String> location;

    public EvaluationFailed(String error, String detail, Optional<String> location) {
        super(detail, null, false, false);
        this.error = error;
        this.location = location;
    }

    /// States.Runtime: what goes wrong with a JSONPath field while an execution runs.
    public static EvaluationFailed runtime(String detail) {
        return new EvaluationFailed("States.Runtime", detail, Optional.empty());
    }

    /// States.QueryEvaluationError: what goes wrong with a JSONata field.
    public static EvaluationFailed query(String location, String detail) {
        return new EvaluationFailed("States.QueryEvaluationError", detail, Optional.of(location));
    }

    public String error() {
        return error;
    }

    public String detail() {
        return getMessage();
    }

    public Optional<String> location() {
        return location;
    }
}
