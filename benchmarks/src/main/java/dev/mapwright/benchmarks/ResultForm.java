package dev.mapwright.benchmarks;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ResultEntry;
import dev.mapwright.engine.store.Execution;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// What [HandWrittenLoop] writes of each item.
enum ResultForm {
    /// What came of it, and nothing else: what one would write without an engine.
    BARE {
        @Override
        byte[] entry(Item item, String result) {
            return result.getBytes(StandardCharsets.UTF_8);
        }
    },

    /// The entry that Step Functions writes of a child, several times as long.
    AS_AWS {
        @Override
        byte[] entry(Item item, String result) {
            var name = new ChildName(RUN, item.index()).name(Execution.Type.STANDARD);
            var now = Instant.now();
            return ResultEntry.bytes(new Execution(
                    EXECUTIONS + name,
                    MACHINE,
                    name,
                    Execution.Type.STANDARD,
                    "loop",
                    EngineUnderTest.ROLE,
                    Json.ofText(item.value().text()),
                    Execution.Status.SUCCEEDED,
                    now,
                    Optional.of(now),
                    Optional.of(Json.ofText(result)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
    };

    private static final long RUN = 1;
    private static final String MACHINE =
            "arn:aws:states:us-east-1:123456789012:stateMachine:benchmark/Items";
    private static final String EXECUTIONS = ChildName.arnPrefix(MACHINE, Execution.Type.STANDARD);

    abstract byte[] entry(Item item, String result);
}
