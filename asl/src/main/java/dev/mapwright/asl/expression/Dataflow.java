package dev.mapwright.asl.expression;

import dev.mapwright.asl.json.Json;

import java.util.Map;

/// How data enters and leaves a state. Two implementations, JsonPathDataflow (InputPath,
/// Parameters, ResultSelector, ResultPath, OutputPath, Assign) and JsonataDataflow (Arguments,
/// Output, Assign); nothing downstream knows which. In every call `scope.input()` is the state's
/// raw input.
public interface Dataflow {
    /// What the state's other fields (Seconds, ItemsPath, Choice rules, …) see as their input: the
    /// raw input after InputPath, or unchanged in JSONata.
    Json effectiveInput(Scope scope) throws EvaluationFailed;

    /// What the state's work is given: `Parameters` or `Arguments` evaluated, else the effective
    /// input. A Pass state's `Result` counts as its arguments.
    Json arguments(Scope scope) throws EvaluationFailed;

    /// The state's output and the variables assigned on the way out. `scope.result()` is the work's
    /// result; it is absent for states that do no work (Choice, Wait, Succeed), whose effective
    /// input is passed on. When `scope.error()` is present this is a catcher's dataflow: the error
    /// output takes the result's place.
    Leaving leave(Scope scope) throws EvaluationFailed;

    record Leaving(Json output, Map<String, Json> assigned) {}
}
