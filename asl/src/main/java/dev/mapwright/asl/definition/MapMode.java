package dev.mapwright.asl.definition;

import java.util.Optional;

/// Whether a Map state runs its iterations inside the execution or as child executions.
public sealed interface MapMode {
    record Inline() implements MapMode {}

    /// @param express whether children are EXPRESS executions
    /// @param label the definition's `Label`; absent: the engine makes one per state machine and
    ///     state
    /// @param definition the item processor's JSON text without `ProcessorConfig`, as
    ///     DescribeStateMachineForExecution shows it for a child
    record Distributed(
            boolean express,
            Optional<ReaderSpec> reader,
            Optional<BatchSpec> batch,
            FailureTolerance tolerance,
            Optional<WriterSpec> writer,
            Optional<String> label,
            String definition)
            implements MapMode {}
}
