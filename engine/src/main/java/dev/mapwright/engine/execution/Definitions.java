package dev.mapwright.engine.execution;

import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.asl.parse.Parser;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.world.World;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// State machines and their revisions: created, updated, described, deleted, and compiled for
/// whoever runs them.
public final class Definitions {
    private static final String MACHINE = "machine";
    private static final String REVISION = "revision";
    private static final int COMPILED_MAX = 1_000;

    private final World world;
    private final Store store;
    private final Place place;
    private final Integrations integrations;
    private final Map<String, StateMachine> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StateMachine> eldest) {
            return size() > COMPILED_MAX;
        }
    };

    Definitions(World world, Store store, Place place, Integrations integrations) {
        this.world = world;
        this.store = store;
        this.place = place;
        this.integrations = integrations;
    }

    /// @param configuration see [Machine#configuration]
    public record NewMachine(
            String name,
            Execution.Type type,
            String definition,
            String roleArn,
            Json configuration) {}

    /// What UpdateStateMachine gives; what is absent stays.
    public record MachineUpdate(
            Optional<String> definition, Optional<String> roleArn, Optional<Json> configuration) {}

    /// Idempotent on equal name, definition, type and configuration: gives the machine that is
    /// there.
    public synchronized Machine create(NewMachine wanted) throws Refused, InterruptedException {
        String arn = place.arn("stateMachine:" + Names.check(wanted.name()));
        StateMachine parsed = compile(wanted.definition(), wanted.type());
        Optional<Machine> existing = find(arn);
        if (existing.isPresent()) {
            return sameAs(existing.get(), wanted);
        }
        var now = world.now();
        var machine = new Machine(
                arn,
                wanted.name(),
                wanted.type(),
                wanted.definition(),
                wanted.roleArn(),
                now,
                now,
                Optional.empty(),
                Machine.Status.ACTIVE,
                wanted.configuration());
        put(machine, parsed);
        return machine;
    }

    private static Machine sameAs(Machine existing, NewMachine wanted) throws Refused {
        if (existing.status() == Machine.Status.DELETING) {
            throw new Refused(
                    "StateMachineDeleting",
                    "State Machine is being deleted: '%s'".formatted(existing.arn()));
        }
        if (existing.definition().equals(wanted.definition())
                && existing.type() == wanted.type()
                && existing.configuration().equals(wanted.configuration())) {
            return existing;
        }
        throw new Refused(
                "StateMachineAlreadyExists",
                "State Machine Already Exists: '%s'".formatted(existing.arn()));
    }

    public synchronized Machine update(String machineArn, MachineUpdate update)
            throws Refused, InterruptedException {
        Machine before = active(machineArn);
        String definition = update.definition().orElse(before.definition());
        StateMachine parsed = compile(definition, before.type());
        var after = new Machine(
                before.arn(),
                before.name(),
                before.type(),
                definition,
                update.roleArn().orElse(before.roleArn()),
                before.createdAt(),
                world.now(),
                Optional.of(world.uuid().toString()),
                before.status(),
                update.configuration().orElse(before.configuration()));
        put(after, parsed);
        return after;
    }

    /// Marks the machine DELETING; it is gone once its last execution has ended. A missing one is
    /// no error.
    public synchronized void delete(String machineArn) throws InterruptedException {
        Optional<Machine> machine = find(machineArn);
        if (machine.isPresent()) {
            var document =
                    new Document(MACHINE, machineArn, machine.get().deleting().json());
            store.write(List.of(new Change.PutDocument(document))).await();
            dropIfDeleting(machineArn);
        }
    }

    /// What is left to do for a machine in deletion when one of its executions has ended.
    synchronized void dropIfDeleting(String machineArn) {
        boolean deleting = find(machineArn)
                .filter(machine -> machine.status() == Machine.Status.DELETING)
                .isPresent();
        if (deleting && !hasRunning(machineArn)) {
            store.write(List.of(new Change.DropDocument(MACHINE, machineArn)));
        }
    }

    private boolean hasRunning(String machineArn) {
        var query = new ExecutionQuery(
                new ExecutionQuery.Of.Machine(machineArn),
                Optional.of(Execution.Status.RUNNING),
                1,
                Optional.empty());
        return !store.executions(query).items().isEmpty();
    }

    public Optional<Machine> find(String machineArn) {
        return store.document(MACHINE, machineArn).map(Machine::of);
    }

    /// The machine, if executions may be started on it.
    Machine active(String machineArn) throws Refused {
        Machine machine = find(machineArn)
                .orElseThrow(() -> new Refused(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '%s'".formatted(machineArn)));
        if (machine.status() == Machine.Status.DELETING) {
            throw new Refused(
                    "StateMachineDeleting",
                    "State Machine is being deleted: '%s'".formatted(machineArn));
        }
        return machine;
    }

    /// The machine as the execution runs it: the revision it was started with; for a child of a map
    /// run the labelled ARN and the item processor's definition.
    public Machine forExecution(Execution execution) {
        Machine machine = revision(execution.definitionId());
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

    /// What an execution runs.
    StateMachine program(Execution execution) {
        StateMachine machine = compiled(execution.definitionId());
        return execution
                .child()
                .map(child -> map(machine, child.mapState()).processor())
                .orElse(machine);
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
        return compiled(revision(definitionId));
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

    private Machine revision(String definitionId) {
        return store.document(REVISION, definitionId)
                .map(Machine::of)
                .orElseThrow(() -> new IllegalStateException("no definition " + definitionId));
    }

    /// By ARN.
    public Page<Machine> list(int limit, Optional<String> pageToken) {
        Page<Document> page = store.documents(MACHINE, "", limit, pageToken);
        return new Page<>(
                page.items().stream()
                        .map(document -> Machine.of(document.content()))
                        .toList(),
                page.nextToken());
    }

    private void put(Machine machine, StateMachine parsed) throws InterruptedException {
        store.write(List.of(
                        new Change.PutDocument(
                                new Document(MACHINE, machine.arn(), machine.json())),
                        new Change.PutDocument(
                                new Document(REVISION, machine.definitionId(), machine.json()))))
                .await();
        synchronized (compiled) {
            compiled.put(machine.definitionId(), parsed);
        }
    }

    private StateMachine compile(String definition, Execution.Type type) throws Refused {
        Parser.Parsed parsed = Parser.parse(definition, type == Execution.Type.EXPRESS);
        if (parsed.machine().isEmpty()) {
            throw invalid(parsed.diagnostics());
        }
        List<Diagnostic> unsupported = Support.missing(parsed.machine().get(), integrations);
        if (!unsupported.isEmpty()) {
            throw invalid(unsupported);
        }
        return parsed.machine().get();
    }

    private static Refused invalid(List<Diagnostic> diagnostics) {
        return new Refused(
                "InvalidDefinition",
                "Invalid State Machine Definition: '%s'"
                        .formatted(diagnostics.stream()
                                .filter(diagnostic ->
                                        diagnostic.severity() == Diagnostic.Severity.ERROR)
                                .map(diagnostic -> diagnostic.code() + ": " + diagnostic.message()
                                        + diagnostic
                                                .location()
                                                .map(" at "::concat)
                                                .orElse(""))
                                .collect(Collectors.joining(", "))));
    }
}
