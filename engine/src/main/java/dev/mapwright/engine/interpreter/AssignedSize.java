package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Variables;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// How much a state may assign to variables: their values as JSON, without their names.
/// https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
public final class AssignedSize {
    private AssignedSize() {}

    /// What it is to a state when its `Assign`, or all variables that can be read after it, are
    /// too large.
    ///
    /// @param before the variables that the state read
    public static Optional<Failure> excess(
            String state, Variables before, Map<String, Json> assigned, Quotas quotas) {
        if (assigned.isEmpty()) {
            return Optional.empty();
        }
        long bytes = bytes(assigned.values());
        if (bytes > quotas.payloadBytesMax()) {
            return tooLarge(
                    "The variables that the state '%s' assigns take %d bytes, more than the maximum of %d."
                            .formatted(state, bytes, quotas.payloadBytesMax()));
        }
        long all = bytes(before.assign(assigned).visible().values());
        if (all > Quotas.VARIABLES_BYTES_MAX) {
            return tooLarge(
                    "With what the state '%s' assigns, all variables take %d bytes, more than the maximum of %d."
                            .formatted(state, all, Quotas.VARIABLES_BYTES_MAX));
        }
        return Optional.empty();
    }

    private static long bytes(Collection<Json> values) {
        return values.stream().mapToLong(Json::bytes).sum();
    }

    private static Optional<Failure> tooLarge(String cause) {
        return Optional.of(Failure.of("States.DataLimitExceeded", cause));
    }
}
