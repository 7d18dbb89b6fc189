package dev.mapwright.engine.journal;

import dev.mapwright.asl.json.Json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where one frame stands.
public sealed interface Position {
    /// MapIterationStarted is recorded, but no state was entered yet.
    record Begun(Recorded started) implements Position {}

    /// Inside a state. `visit` is what this stay has recorded, its StateEntered first: a few
    /// entries per attempt. `previousEventId` is that of the event before the visit.
    record Inside(List<Recorded> visit, Map<String, Json> variables) implements Position {}

    /// Between two states; or, when `next` is empty, through with the last one.
    record Between(Optional<String> next, Json output, Map<String, Json> variables, long exitedBy)
            implements Position {}

    /// An iteration is over.
    record Ended(Recorded ended, Json output) implements Position {}
}
