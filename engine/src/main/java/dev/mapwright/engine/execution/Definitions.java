package dev.mapwright.engine.execution;

import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.world.World;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// State machines and their versions: created, updated, published, found, deleted.
public final class Definitions {
    private static final String MACHINE = "machine";
    private static final int LOADED_PAGE = 1_000;

    private final World world;
    private final Store store;
    private final Place place;
    private final Revisions revisions;
    private final Versions versions;
    private final Aliases aliases;

    /// Machines that are deleted once their executions have ended.
    private final Set<String> deleting = ConcurrentHashMap.newKeySet();

    private Consumer<String> whenDeleting = _ -> {};

    Definitions(World world, Store store, Place place, Integrations integrations) {
        this.world = world;
        this.store = store;
        this.place = place;
        this.revisions = new Revisions(store, integrations);
        this.versions = new Versions(store);
        this.aliases = new Aliases(world, store, versions, this);
    }

    Aliases aliases() {
        return aliases;
    }

    /// @param configuration see [Machine#configuration]
    public record NewMachine(
            String name,
            Execution.Type type,
            String definition,
            String roleArn,
            Json configuration,
            Optional<Publication> publication,
            Map<String, String> tags) {
        /// One that is not published and has no tags.
        public NewMachine(
                String name,
                Execution.Type type,
                String definition,
                String roleArn,
                Json configuration) {
            this(name, type, definition, roleArn, configuration, Optional.empty(), Map.of());
        }
    }

    /// What UpdateStateMachine gives; what is absent stays.
    ///
    /// @param configuration those of [Machine#configuration]'s members that are to be replaced
    public record MachineUpdate(
            Optional<String> definition,
            Optional<String> roleArn,
            Json configuration,
            Optional<Publication> publication) {}

    /// A machine's newest revision, and the version that stands for it, if one was asked for.
    public record Updated(Machine machine, Optional<Version> version) {}

    /// A version together with what was published: the machine as of that revision.
    public record Published(Version version, Machine machine) {}

    /// What ValidateStateMachineDefinition has to say.
    public List<Diagnostic> validate(String definition, Execution.Type type) {
        return revisions.diagnostics(definition, type);
    }

    /// Idempotent on equal name, definition, type, configuration and publication: gives the machine
    /// that is there.
    public synchronized Machine create(NewMachine wanted) throws Refused, InterruptedException {
        String arn = place.arn("stateMachine:" + Names.check(wanted.name()));
        StateMachine program = revisions.compile(wanted.definition(), wanted.type());
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
                wanted.configuration(),
                wanted.publication().isPresent() ? 1 : 0,
                wanted.publication());
        var also = new ArrayList<>(Tags.first(arn, wanted.tags()));
        wanted.publication()
                .map(wish -> new Version(arn, 1, machine.definitionId(), wish.description(), now))
                .map(Versions::put)
                .ifPresent(also::add);
        put(machine, program, also);
        return machine;
    }

    private static Machine sameAs(Machine existing, NewMachine wanted) throws Refused {
        refuseDeleting(existing);
        if (existing.definition().equals(wanted.definition())
                && existing.type() == wanted.type()
                && existing.configuration().equals(wanted.configuration())
                && existing.firstPublication().equals(wanted.publication())) {
            return existing;
        }
        throw new Refused(
                "StateMachineAlreadyExists",
                "State Machine Already Exists: '%s'".formatted(existing.arn()));
    }

    /// An update that changes nothing makes no new revision.
    public synchronized Updated update(String machineArn, MachineUpdate update)
            throws Refused, InterruptedException {
        Machine before = active(machineArn);
        Machine after = revised(before, update);
        if (!after.equals(before)) {
            put(after, revisions.compile(after.definition(), after.type()), List.of());
        }
        return update.publication().isPresent()
                ? publish(after, update.publication().get())
                : new Updated(after, Optional.empty());
    }

    private Machine revised(Machine before, MachineUpdate update) {
        String definition = update.definition().orElse(before.definition());
        String roleArn = update.roleArn().orElse(before.roleArn());
        Json configuration = merged(before.configuration(), update.configuration());
        if (definition.equals(before.definition())
                && roleArn.equals(before.roleArn())
                && configuration.equals(before.configuration())) {
            return before;
        }
        return new Machine(
                before.arn(),
                before.name(),
                before.type(),
                definition,
                roleArn,
                before.createdAt(),
                world.now(),
                Optional.of(world.uuid().toString()),
                before.status(),
                configuration,
                before.versionCount(),
                before.firstPublication());
    }

    private static Json merged(Json before, Json changes) {
        var members = new LinkedHashMap<Object, Object>((Map<?, ?>) before.value());
        members.putAll((Map<?, ?>) changes.value());
        return Json.of(members);
    }

    /// Publishes the current revision; one that is published already has its version.
    ///
    /// @param revisionId which revision the caller takes for the current one; `INITIAL` for the
    ///     first
    public synchronized Version publish(
            String machineArn, Optional<String> revisionId, Publication publication)
            throws Refused, InterruptedException {
        Machine machine = active(machineArn);
        String current = machine.revisionId().orElse(Machine.INITIAL_REVISION);
        if (revisionId.isPresent() && !revisionId.get().equals(current)) {
            throw new Refused(
                    "ConflictException",
                    "Failed to publish the State Machine version for revision %s. The current State Machine revision is %s."
                            .formatted(revisionId.get(), current));
        }
        return publish(machine, publication).version().orElseThrow();
    }

    private Updated publish(Machine machine, Publication publication)
            throws Refused, InterruptedException {
        Optional<Version> newest = versions.find(machine.arn(), machine.versionCount())
                .filter(version -> version.definitionId().equals(machine.definitionId()));
        if (newest.isPresent()) {
            return new Updated(machine, newest);
        }
        Version next = versions.next(machine, publication, world.now());
        Machine published = machine.published(next);
        var document = new Document(MACHINE, machine.arn(), published.json());
        store.write(List.of(new Change.PutDocument(document), Versions.put(next)))
                .await();
        return new Updated(published, Optional.of(next));
    }

    public Optional<Published> findVersion(String versionArn) {
        return versions.find(versionArn)
                .map(version -> new Published(version, revisions.find(version.definitionId())));
    }

    /// Newest first.
    public Page<Version> listVersions(String machineArn, int limit, Optional<String> pageToken) {
        return versions.list(machineArn, limit, pageToken);
    }

    /// A missing one is no error; one that an alias leads to stays.
    public synchronized void deleteVersion(String versionArn) throws Refused, InterruptedException {
        List<String> names =
                aliases.leadingTo(versionArn).stream().map(Alias::name).toList();
        if (!names.isEmpty()) {
            throw new Refused(
                    "ConflictException",
                    "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: %s"
                            .formatted(names));
        }
        Optional<Version> version = versions.find(versionArn);
        if (version.isPresent()) {
            store.write(List.of(Versions.drop(version.get()))).await();
        }
    }

    /// Deletes a machine with its versions and aliases. While executions run it stays, DELETING;
    /// they end at their next transitions. A missing one is no error.
    public void delete(String machineArn) throws InterruptedException {
        if (markDeleted(machineArn)) {
            whenDeleting.accept(machineArn);
        }
    }

    private synchronized boolean markDeleted(String machineArn) throws InterruptedException {
        Optional<Machine> machine = find(machineArn);
        boolean waits = machine.isPresent() && hasRunning(machineArn);
        if (machine.isPresent()) {
            var changes = new ArrayList<Change>();
            changes.addAll(aliases.dropAll(machineArn));
            changes.addAll(versions.dropAll(machineArn));
            if (waits) {
                deleting.add(machineArn);
                changes.add(put(machine.get().deleting()));
            } else {
                changes.addAll(drop(machineArn));
            }
            store.write(changes).await();
        }
        return waits;
    }

    /// Notes machines that a former process was deleting.
    void loadDeleting() {
        Optional<String> token = Optional.empty();
        do {
            Page<Machine> page = list(LOADED_PAGE, token);
            page.items().stream()
                    .filter(machine -> machine.status() == Machine.Status.DELETING)
                    .forEach(machine -> deleting.add(machine.arn()));
            token = page.nextToken();
        } while (token.isPresent());
    }

    /// @param machineArn with a label, for a map run's child
    boolean isDeleting(String machineArn) {
        return !deleting.isEmpty() && deleting.contains(Machine.unlabelled(machineArn));
    }

    /// @param told of machines whose executions are to end
    void whenDeleting(Consumer<String> told) {
        whenDeleting = told;
    }

    /// What is left to do for a machine in deletion when one of its executions has ended.
    synchronized void dropIfDeleting(String machineArn) {
        boolean isGoing = find(machineArn)
                .filter(machine -> machine.status() == Machine.Status.DELETING)
                .isPresent();
        if (isGoing && !hasRunning(machineArn)) {
            store.write(drop(machineArn));
            deleting.remove(machineArn);
        }
    }

    private static List<Change> drop(String machineArn) {
        return List.of(new Change.DropDocument(MACHINE, machineArn), Tags.drop(machineArn));
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
        Machine machine = find(machineArn).orElseThrow(() -> missing(machineArn));
        refuseDeleting(machine);
        return machine;
    }

    static void refuseDeleting(Machine machine) throws Refused {
        if (machine.status() == Machine.Status.DELETING) {
            throw new Refused(
                    "StateMachineDeleting",
                    "State Machine is being deleted: '%s'".formatted(machine.arn()));
        }
    }

    /// What an execution that begins now is to run.
    ///
    /// @param machine as of the revision to run
    record Target(Machine machine, Optional<String> versionArn, Optional<String> aliasArn) {}

    /// @param arn of a machine, a version or an alias, which chooses among its versions by weight
    Target target(String arn) throws Refused {
        Reference reference = Reference.of(arn);
        Machine machine = find(reference.machineArn()).orElseThrow(() -> missing(arn));
        refuseDeleting(machine);
        if (reference.qualifier().isEmpty()) {
            return new Target(machine, Optional.empty(), Optional.empty());
        }
        Optional<Alias> alias = aliases.find(arn);
        String versionArn = alias.map(routes -> routes.choose(world.random())).orElse(arn);
        Version version = versions.find(versionArn).orElseThrow(() -> missing(arn));
        return new Target(
                revisions.find(version.definitionId()),
                Optional.of(versionArn),
                alias.map(Alias::arn));
    }

    private static Refused missing(String arn) {
        return new Refused(
                "StateMachineDoesNotExist", "State Machine Does Not Exist: '%s'".formatted(arn));
    }

    /// The machine as the execution runs it: the revision it was started with; for a child of a map
    /// run the labelled ARN and the item processor's definition.
    public Machine forExecution(Execution execution) {
        return revisions.forExecution(execution);
    }

    /// What an execution runs.
    StateMachine program(Execution execution) {
        return revisions.program(execution);
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

    private void put(Machine machine, StateMachine program, List<Change> also)
            throws InterruptedException {
        var changes = new ArrayList<>(also);
        changes.add(put(machine));
        changes.add(revisions.put(machine));
        store.write(changes).await();
        revisions.remember(machine, program);
    }

    private static Change put(Machine machine) {
        return new Change.PutDocument(new Document(MACHINE, machine.arn(), machine.json()));
    }
}
