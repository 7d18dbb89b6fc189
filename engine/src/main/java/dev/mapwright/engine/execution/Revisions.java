package dev.mapwright.engine.execution;

import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.asl.parse.Parser;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.Integrations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every state machine as of every change to its definition, role or configuration: kept for good,
/// and compiled for the executions that run it.
final class Revisions {
    private static final String REVISION = "revision";
    private static final int COMPILED_MAX = 1_000;

    private final Store store;
    private final Integrations integrations;
    private volatile Processor newest = Processor.NONE;
    private final Map<String, StateMachine> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StateMachine> eldest) {
            return size() > COMPILED_MAX;
        }
    };

    Revisions(Store store, Integrations integrations) {
        this.store = store;
        this.integrations = integrations;
    }

    /// Refuses what is wrong, and what this engine cannot run.
    StateMachine compile(String definition, Execution.Type type) throws Refused {
        Parser.Parsed parsed = Parser.parse(definition, type == Execution.Type.EXPRESS);
        if (parsed.machine().isEmpty()) {
            throw invalid(parsed);
        }
        List<Diagnostic> unfit = unfit(parsed.machine().get(), definition);
        if (!unfit.isEmpty()) {
            throw invalid(new Parser.Parsed(Optional.empty(), unfit));
        }
        return parsed.machine().get();
    }

    /// All that is to be said of a definition: there is an error among it when [#compile] would
    /// refuse the definition.
    List<Diagnostic> diagnostics(String definition, Execution.Type type) {
        Parser.Parsed parsed = Parser.parse(definition, type == Execution.Type.EXPRESS);
        var all = new ArrayList<>(parsed.diagnostics());
        parsed.machine().ifPresent(machine -> all.addAll(unfit(machine, definition)));
        return all;
    }

    private List<Diagnostic> unfit(StateMachine machine, String definition) {
        var unfit = new ArrayList<>(Support.missing(machine, integrations));
        unfit.addAll(ParameterCheck.of(machine, definition, integrations));
        return unfit;
    }

    private static Refused invalid(Parser.Parsed parsed) {
        return new Refused("InvalidDefinition", parsed.refusal());
    }

    Change put(Machine machine) {
        return new Change.PutDocument(
                new Document(REVISION, machine.definitionId(), machine.json()));
    }

    void remember(Machine machine, StateMachine program) {
        synchronized (compiled) {
            compiled.put(machine.definitionId(), program);
        }
    }

    Machine find(String definitionId) {
        return store.document(REVISION, definitionId)
                .map(Machine::of)
                .orElseThrow(() -> new IllegalStateException("no definition " + definitionId));
    }

    /// The machine as the execution runs it.
    Machine forExecution(Execution execution) {
        Machine machine = find(execution.definitionId());
        return execution
                .child()
                .map(child ->
                        machine.as(execution.machineArn(), processor(machine, child.mapState())))
                .orElse(machine);
    }

    private String processor(Machine machine, String mapState) {
        return switch (map(compiled(machine), mapState).mode()) {
            case MapMode.Distributed distributed -> distributed.definition();
            case MapMode.Inline() ->
                throw new IllegalStateException(mapState + " is no distributed Map state");
        };
    }

    StateMachine program(Execution execution) {
        return execution
                .child()
                .map(child -> processor(execution.definitionId(), child.mapState()))
                .orElseGet(() -> compiled(execution.definitionId()));
    }

    /// The children of a run, thousands a second, all ask for the same one.
    private StateMachine processor(String definitionId, String mapState) {
        Processor known = newest;
        if (!known.definitionId().equals(definitionId) || !known.mapState().equals(mapState)) {
            known = new Processor(
                    definitionId,
                    mapState,
                    map(compiled(definitionId), mapState).processor());
            newest = known;
        }
        return known.program();
    }

    /// What a child runs.
    private record Processor(String definitionId, String mapState, StateMachine program) {
        static final Processor NONE =
                new Processor("", "", new StateMachine("", Map.of(), Optional.empty()));
    }

    private static State.MapState map(StateMachine machine, String name) {
        return machine.findMap(name)
                .orElseThrow(() -> new IllegalStateException(
                        "no Map state '%s' in the definition".formatted(name)));
    }

    private StateMachine compiled(String definitionId) {
        synchronized (compiled) {
            StateMachine known = compiled.get(definitionId);
            if (known != null) {
                return known;
            }
        }
        return compiled(find(definitionId));
    }

    private StateMachine compiled(Machine machine) {
        synchronized (compiled) {
            return compiled.computeIfAbsent(machine.definitionId(), _ -> Parser.parse(
                            machine.definition(), machine.type() == Execution.Type.EXPRESS)
                    .machine()
                    .orElseThrow(() -> new IllegalStateException(
                            machine.definitionId() + " was accepted once and is refused now")));
        }
    }
}
