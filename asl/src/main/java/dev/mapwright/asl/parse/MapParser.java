package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.BatchSpec;
import dev.mapwright.asl.definition.FailureTolerance;
import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Language.Iterable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A Map state in either mode, with the older names `Iterator` and `Parameters` of `ItemProcessor`
/// and `ItemSelector`.
final class MapParser {
    /// What only child executions can use. The tolerated failures are not among them: AWS takes
    /// them in an inline Map, where they mean nothing.
    private static final Set<String> DISTRIBUTED_FIELDS =
            Set.of("ItemReader", "ItemBatcher", "ResultWriter", "Label");

    static final Set<String> CONFIG_FIELDS = Set.of("Mode", "ExecutionType", "Comment");
    static final Set<String> BATCHER_FIELDS = Set.of(
            "MaxItemsPerBatch",
            "MaxItemsPerBatchPath",
            "MaxInputBytesPerBatch",
            "MaxInputBytesPerBatchPath",
            "BatchInput",
            "Comment");

    private static final StateMachine NOTHING = new StateMachine("", Map.of(), Optional.empty());

    private MapParser() {}

    static State map(String name, Node state, Language language, Scene scene) {
        state.requireOneOf("ItemProcessor", "Iterator");
        state.allowOneOf("ItemSelector", "Parameters");
        Optional<Node> processor =
                state.object(state.has("ItemProcessor") ? "ItemProcessor" : "Iterator");
        Optional<Node> config = processor.flatMap(node -> node.object("ProcessorConfig"));
        Mode mode = mode(config, language, scene.type());
        Iterable iterable = mode.distributed() ? Iterable.ARRAYS_AND_OBJECTS : Iterable.ARRAYS;
        return new State.MapState(
                name,
                language.dataflow(state, StateType.MAP),
                state.has("ItemReader")
                        ? Optional.empty()
                        : Optional.of(language.items(state, iterable)),
                language.template(state, state.has("Parameters") ? "Parameters" : "ItemSelector"),
                language.number(state, NumberField.MAX_CONCURRENCY),
                processor
                        .map(node -> MachineParser.processor(node, mode.childType(), scene))
                        .orElse(NOTHING),
                mapMode(mode, state, processor, language, scene),
                RecoveryParser.recovery(state, language),
                StateParser.next(state));
    }

    /// @param childType of the executions that run the processor; an inline one runs in the
    ///     machine's own
    private record Mode(boolean distributed, MachineType childType) {}

    private static Mode mode(Optional<Node> config, Language language, MachineType around) {
        if (config.isEmpty()) {
            return new Mode(false, around);
        }
        Node node = config.get();
        node.allow(CONFIG_FIELDS, language);
        if (!node.oneOf("Mode", List.of("INLINE", "DISTRIBUTED"))
                .equals(Optional.of("DISTRIBUTED"))) {
            node.refuse(Set.of("ExecutionType"));
            return new Mode(false, around);
        }
        if (around == MachineType.EXPRESS) {
            node.errorAt("Mode", "Express state machine does not support 'DISTRIBUTED' Map state");
        }
        node.require(List.of("ExecutionType"));
        boolean express = node.oneOf("ExecutionType", List.of("STANDARD", "EXPRESS"))
                .equals(Optional.of("EXPRESS"));
        return new Mode(true, express ? MachineType.EXPRESS : MachineType.STANDARD);
    }

    private static MapMode mapMode(
            Mode mode, Node state, Optional<Node> processor, Language language, Scene scene) {
        FailureTolerance tolerance = new FailureTolerance(
                language.number(state, NumberField.TOLERATED_FAILURE_COUNT),
                language.number(state, NumberField.TOLERATED_FAILURE_PERCENTAGE));
        if (!mode.distributed()) {
            state.refuse(DISTRIBUTED_FIELDS);
            return new MapMode.Inline();
        }
        Optional<String> label = state.text("Label");
        label.ifPresent(text -> scene.names().label(state, text));
        return new MapMode.Distributed(
                mode.childType() == MachineType.EXPRESS,
                state.object("ItemReader").map(reader -> ReaderParser.reader(reader, language)),
                state.object("ItemBatcher").map(batcher -> batcher(batcher, language)),
                tolerance,
                state.object("ResultWriter").map(writer -> WriterParser.writer(writer, language)),
                label,
                processor.map(MapParser::definition).orElse(""));
    }

    /// What DescribeStateMachineForExecution shows for a child.
    private static String definition(Node processor) {
        var members = new LinkedHashMap<>(processor.members());
        members.remove("ProcessorConfig");
        return Json.of(members).text();
    }

    private static BatchSpec batcher(Node batcher, Language language) {
        batcher.allow(BATCHER_FIELDS, language);
        Optional<Expression> items = language.number(batcher, NumberField.MAX_ITEMS_PER_BATCH);
        Optional<Expression> bytes =
                language.number(batcher, NumberField.MAX_INPUT_BYTES_PER_BATCH);
        if (items.isEmpty() && bytes.isEmpty()) {
            batcher.error(
                    "This object should have at least one of the following fields: "
                            + "[MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath]");
        }
        return new BatchSpec(items, bytes, language.template(batcher, "BatchInput"));
    }
}
