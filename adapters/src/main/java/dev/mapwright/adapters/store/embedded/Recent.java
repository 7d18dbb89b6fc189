package dev.mapwright.adapters.store.embedded;

import dev.mapwright.engine.store.Execution;

import java.util.LinkedHashMap;
import java.util.Optional;

/// Records of running executions that were written a short time ago. It saves bytes, never
/// correctness: whatever is missing here is written in full. The records are the engine's own, so
/// the payloads are not held twice.
final class Recent {
    private static final int EXECUTIONS_MAX = 16_384;
    private static final long INPUT_CHARS_MAX = 16 * 1024 * 1024;

    private final LinkedHashMap<String, Execution> executions = new LinkedHashMap<>();
    private long inputChars;

    synchronized Optional<Execution> find(String arn) {
        return Optional.ofNullable(executions.get(arn));
    }

    synchronized void put(Execution execution) {
        Execution before = executions.remove(execution.arn());
        inputChars -= before == null ? 0 : before.input().text().length();
        if (execution.status().hasEnded()) {
            return;
        }
        executions.put(execution.arn(), execution);
        inputChars += execution.input().text().length();
        while (executions.size() > EXECUTIONS_MAX || inputChars > INPUT_CHARS_MAX) {
            inputChars -= executions.pollFirstEntry().getValue().input().text().length();
        }
    }
}
