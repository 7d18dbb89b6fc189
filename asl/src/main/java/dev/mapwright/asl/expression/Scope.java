package dev.mapwright.asl.expression;

import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Everything an expression may read. Passed in, never looked up.
///
/// @param input the state's input: for a [Dataflow] the raw one, for the other fields of a state
///     what [Dataflow#effectiveInput] made of it
/// @param result what the state's work returned, where there is any
/// @param error the failure that a catcher handles
/// @param context the context object (`$$`, `$states.context`), made only when an expression asks
///     for it
public record Scope(
        Json input,
        Optional<Json> result,
        Optional<Failure> error,
        Supplier<Json> context,
        Variables variables,
        Instant now,
        RandomGenerator random) {

    public Scope withInput(Json other) {
        return new Scope(other, result, error, context, variables, now, random);
    }

    public Scope withResult(Json other) {
        return new Scope(input, Optional.of(other), error, context, variables, now, random);
    }

    public Scope withError(Failure failure) {
        return new Scope(input, result, Optional.of(failure), context, variables, now, random);
    }

    public Scope withContext(Supplier<Json> other) {
        return new Scope(input, result, error, other, variables, now, random);
    }
}
