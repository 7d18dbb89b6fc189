package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Alias.Route;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.util.List;
import java.util.Optional;

/// Aliases: created, updated, found, listed, deleted. A change excludes changes to machines and
/// versions, so that an alias never leads to a version that is gone.
public final class Aliases {
    private static final String ALIAS = "alias";

    private final World world;
    private final Store store;
    private final Versions versions;
    private final Definitions definitions;

    Aliases(World world, Store store, Versions versions, Definitions definitions) {
        this.world = world;
        this.store = store;
        this.versions = versions;
        this.definitions = definitions;
    }

    /// @param routes one or two; which machine the alias belongs to shows from them
    public record NewAlias(String name, Optional<String> description, List<Route> routes) {}

    /// What UpdateStateMachineAlias gives; what is absent stays.
    public record AliasUpdate(Optional<String> description, Optional<List<Route>> routes) {}

    /// Idempotent on name, description and routes.
    public Alias create(NewAlias wanted) throws Refused, InterruptedException {
        String machineArn = Routing.machineArn(wanted.routes());
        synchronized (definitions) {
            checkTargets(machineArn, wanted.routes());
            Optional<Alias> existing = find(Alias.arn(machineArn, wanted.name()));
            if (existing.isPresent()) {
                return sameAs(existing.get(), wanted);
            }
            if (all(machineArn).size() >= Quotas.ALIASES_PER_MACHINE_MAX) {
                throw new Refused(
                        "ServiceQuotaExceededException",
                        "A state machine has at most %d aliases: delete one of '%s' first."
                                .formatted(Quotas.ALIASES_PER_MACHINE_MAX, machineArn));
            }
            var now = world.now();
            var alias = new Alias(
                    machineArn, wanted.name(), wanted.description(), wanted.routes(), now, now);
            put(alias);
            return alias;
        }
    }

    private static Alias sameAs(Alias existing, NewAlias wanted) throws Refused {
        if (!existing.routes().equals(wanted.routes())) {
            throw alreadyExists("routing configuration");
        }
        if (!existing.description().equals(wanted.description())) {
            throw alreadyExists("description");
        }
        return existing;
    }

    private static Refused alreadyExists(String difference) {
        return new Refused(
                "ConflictException",
                "Failed to create alias because an alias with the same name and a different %s already exists."
                        .formatted(difference));
    }

    public Alias update(String aliasArn, AliasUpdate update) throws Refused, InterruptedException {
        synchronized (definitions) {
            Alias before = find(aliasArn).orElseThrow(Aliases::missing);
            List<Route> routes = update.routes().orElse(before.routes());
            if (!Routing.machineArn(routes).equals(before.machineArn())) {
                throw missing();
            }
            checkTargets(before.machineArn(), routes);
            var after = new Alias(
                    before.machineArn(),
                    before.name(),
                    update.description().or(before::description),
                    routes,
                    before.createdAt(),
                    world.now());
            put(after);
            return after;
        }
    }

    private void checkTargets(String machineArn, List<Route> routes) throws Refused {
        Machine machine = definitions.find(machineArn).orElseThrow(Aliases::missing);
        Definitions.refuseDeleting(machine);
        if (routes.stream().anyMatch(route -> versions.find(route.versionArn()).isEmpty())) {
            throw missing();
        }
    }

    public Optional<Alias> find(String aliasArn) {
        return store.document(ALIAS, aliasArn).map(Alias::of);
    }

    /// A missing one is no error.
    public void delete(String aliasArn) throws InterruptedException {
        synchronized (definitions) {
            store.write(List.of(new Change.DropDocument(ALIAS, aliasArn))).await();
        }
    }

    /// Those of a machine, or those that lead to a version; by name.
    ///
    /// @param after the name that the page before ended with
    public Page<Alias> list(String machineOrVersionArn, int limit, Optional<String> after) {
        Reference reference = Reference.of(machineOrVersionArn);
        List<Alias> wanted = all(reference.machineArn()).stream()
                .filter(alias ->
                        reference.qualifier().isEmpty() || alias.leadsTo(machineOrVersionArn))
                .filter(alias -> after.isEmpty() || alias.name().compareTo(after.get()) > 0)
                .toList();
        List<Alias> shown = wanted.stream().limit(limit).toList();
        return new Page<>(
                shown,
                wanted.size() > shown.size()
                        ? Optional.of(shown.getLast().name())
                        : Optional.empty());
    }

    List<Alias> leadingTo(String versionArn) {
        return all(Reference.of(versionArn).machineArn()).stream()
                .filter(alias -> alias.leadsTo(versionArn))
                .toList();
    }

    List<Change> dropAll(String machineArn) {
        return all(machineArn).stream()
                .<Change>map(alias -> new Change.DropDocument(ALIAS, alias.arn()))
                .toList();
    }

    private List<Alias> all(String machineArn) {
        return store
                .documents(
                        ALIAS, machineArn + ":", Quotas.ALIASES_PER_MACHINE_MAX, Optional.empty())
                .items()
                .stream()
                .map(document -> Alias.of(document.content()))
                .toList();
    }

    private void put(Alias alias) throws InterruptedException {
        var document = new Document(ALIAS, alias.arn(), alias.json());
        store.write(List.of(new Change.PutDocument(document))).await();
    }

    private static Refused missing() {
        return new Refused(
                "ResourceNotFound", "Request references a resource that does not exist.");
    }
}
