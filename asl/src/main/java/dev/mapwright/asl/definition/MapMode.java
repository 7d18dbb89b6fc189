package dev.mapwright.asl.definition;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Whether a Map state runs its iterations inside the execution or as child executions.
public sealed interface MapMode {
    record Inline() implements MapMode {}

    /// @param express whether children are EXPRESS executions
    /// @param label the definition's `Label`; see [Distributed#labelIn]
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
            implements MapMode {

        /// What stands in the ARNs of its Map Runs and their children. Without a `Label` in the
        /// definition it is a name-based UUID, so that all runs of one Map state share it.
        ///
        /// @param machineArn without version, alias or label
        public String labelIn(String machineArn, String state) {
            return label.orElseGet(() -> UUID.nameUUIDFromBytes(
                            (machineArn + "/" + state).getBytes(StandardCharsets.UTF_8))
                    .toString());
        }
    }
}
