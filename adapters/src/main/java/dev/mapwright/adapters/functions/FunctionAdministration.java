package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Makes, changes and deletes functions, their versions and their aliases.
public final class FunctionAdministration {
    /// https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html
    private static final int TAGS_MAX = 50;

    private static final int VERSIONS_MAX = 1_000;
    private static final int ALIASES_MAX = 1_000;
    private static final int STATEMENTS_MAX = 100;

    private final Catalog catalog;
    private final CodeFolders folders;
    private final Invokers invokers;
    private final World world;
    private final Place place;

    FunctionAdministration(
            Catalog catalog, CodeFolders folders, Invokers invokers, Surroundings surroundings) {
        this.catalog = catalog;
        this.folders = folders;
        this.invokers = invokers;
        this.world = surroundings.world();
        this.place = surroundings.place();
    }

    /// A function, and the version of it that was meant.
    public record Found(Function function, FunctionVersion version) {}

    /// When a change creates a version, too.
    public enum Publication {
        NONE,
        AT_ONCE
    }

    public String arn(String name, Optional<String> qualifier) {
        return "arn:%s:lambda:%s:%s:function:%s%s"
                .formatted(
                        place.partition(),
                        place.region(),
                        place.account(),
                        name,
                        qualifier.map(one -> ":" + one).orElse(""));
    }

    /// Where uploaded code is kept.
    public Path zipFile(FunctionCode.Uploaded code) {
        return folders.zipFile(code);
    }

    /// @throws FunctionRefused if there is no such function, version or alias
    public Found find(FunctionName name) throws FunctionRefused {
        Function function = function(name);
        FunctionVersion version =
                function.version(name.qualifier()).orElseThrow(() -> notFound(name));
        return new Found(function, version);
    }

    /// The same for one call, of which an alias may send a share to another version.
    Found draw(FunctionName name) throws FunctionRefused {
        Function function = function(name);
        FunctionVersion version =
                function.drawn(name.qualifier(), world.random()).orElseThrow(() -> notFound(name));
        return new Found(function, version);
    }

    private Function function(FunctionName name) throws FunctionRefused {
        boolean here =
                name.account().filter(one -> !one.equals(place.account())).isEmpty();
        return catalog.find(name.name()).filter(_ -> here).orElseThrow(() -> notFound(name));
    }

    private FunctionRefused notFound(FunctionName name) {
        return new FunctionRefused(
                Code.RESOURCE_NOT_FOUND,
                "Function not found: " + arn(name.name(), name.qualifier()));
    }

    /// In the order of their names.
    public List<Function> list(Optional<String> after, int max) {
        return catalog.after(after, max);
    }

    public Function create(
            FunctionName name,
            FunctionSettings settings,
            byte[] zip,
            Map<String, String> tags,
            Publication publication)
            throws FunctionRefused, InterruptedException {
        if (catalog.find(name.name()).isPresent()) {
            throw new FunctionRefused(
                    Code.RESOURCE_CONFLICT, "Function already exist: " + name.name());
        }
        invokers.requireRuntime(settings.runtime());
        requireTags(tags);
        var function =
                Function.of(name.name(), version(settings, folders.keep(zip)), Map.copyOf(tags));
        Function made = published(function, publication, settings.description());
        catalog.create(made);
        return made;
    }

    /// @param revisionId that the function must have, if given
    public Function updateCode(
            FunctionName name, byte[] zip, Optional<String> revisionId, Publication publication)
            throws FunctionRefused, InterruptedException {
        FunctionCode.Uploaded code = folders.keep(zip);
        return change(name, function -> {
            requireRevision(function.latest().revisionId(), revisionId);
            FunctionSettings settings = function.latest().settings();
            return published(
                    function.withLatest(version(settings, code)),
                    publication,
                    settings.description());
        });
    }

    public Function updateSettings(
            FunctionName name, UnaryOperator<FunctionSettings> changes, Optional<String> revisionId)
            throws FunctionRefused, InterruptedException {
        return change(name, function -> {
            requireRevision(function.latest().revisionId(), revisionId);
            FunctionVersion latest = function.latest();
            FunctionSettings settings = changes.apply(latest.settings());
            invokers.requireRuntime(settings.runtime());
            return function.withLatest(version(settings, latest.code()));
        });
    }

    /// The version that was published last, if nothing has changed since.
    public FunctionVersion publish(
            FunctionName name, Optional<String> description, Optional<String> revisionId)
            throws FunctionRefused, InterruptedException {
        Function changed = change(name, function -> {
            requireRevision(function.latest().revisionId(), revisionId);
            return published(
                    function,
                    Publication.AT_ONCE,
                    description.orElse(function.latest().settings().description()));
        });
        return changed.published().getLast();
    }

    public void delete(FunctionName name) throws FunctionRefused, InterruptedException {
        Optional<String> qualifier = name.qualifier();
        if (qualifier.isEmpty()) {
            catalog.delete(function(name));
            invokers.forget(name.name(), Optional.empty());
            return;
        }
        String version = qualifier.get();
        if (version.equals(FunctionVersion.LATEST)) {
            throw FunctionRefused.invalid(
                    "$LATEST version cannot be deleted without deleting the function.");
        }
        change(name, function -> {
            if (function.aliases().containsKey(version)) {
                throw FunctionRefused.invalid(
                        "Deletion of aliases is not currently supported. Use DeleteAlias.");
            }
            requireUnused(function, version);
            var left = new ArrayList<>(function.published());
            left.removeIf(each -> each.version().equals(version));
            return function.withPublished(List.copyOf(left), function.nextVersion());
        });
        invokers.forget(name.name(), qualifier);
    }

    private void requireUnused(Function function, String version) throws FunctionRefused {
        List<String> users = function.aliases().values().stream()
                .filter(alias -> alias.settings().uses(version))
                .map(FunctionAlias::name)
                .toList();
        if (!users.isEmpty()) {
            throw new FunctionRefused(
                    Code.RESOURCE_CONFLICT,
                    "Version %s is currently referenced by the following aliases: %s"
                            .formatted(version, users));
        }
    }

    public FunctionAlias alias(FunctionName name, String alias) throws FunctionRefused {
        return known(function(name), alias);
    }

    private FunctionAlias known(Function function, String alias) throws FunctionRefused {
        return Optional.ofNullable(function.aliases().get(alias))
                .orElseThrow(() -> new FunctionRefused(
                        Code.RESOURCE_NOT_FOUND,
                        "Cannot find alias arn: " + arn(function.name(), Optional.of(alias))));
    }

    public FunctionAlias createAlias(FunctionName name, String alias, AliasSettings settings)
            throws FunctionRefused, InterruptedException {
        Function changed = change(name, function -> {
            if (function.aliases().containsKey(alias)) {
                throw new FunctionRefused(
                        Code.RESOURCE_CONFLICT,
                        "Alias already exists: " + arn(name.name(), Optional.of(alias)));
            }
            if (function.aliases().size() >= ALIASES_MAX) {
                throw FunctionRefused.invalid(
                        "A function has at most %d aliases.".formatted(ALIASES_MAX));
            }
            return with(function, alias, settings);
        });
        return changed.aliases().get(alias);
    }

    public FunctionAlias updateAlias(
            FunctionName name,
            String alias,
            UnaryOperator<AliasSettings> changes,
            Optional<String> revisionId)
            throws FunctionRefused, InterruptedException {
        Function changed = change(name, function -> {
            FunctionAlias before = known(function, alias);
            requireRevision(before.revisionId(), revisionId);
            return with(function, alias, changes.apply(before.settings()));
        });
        return changed.aliases().get(alias);
    }

    /// Without effect where there is no such alias.
    public void deleteAlias(FunctionName name, String alias)
            throws FunctionRefused, InterruptedException {
        change(name, function -> {
            var left = new TreeMap<>(function.aliases());
            left.remove(alias);
            return function.withAliases(Map.copyOf(left));
        });
    }

    private Function with(Function function, String alias, AliasSettings settings)
            throws FunctionRefused {
        String version = settings.version();
        requireVersion(function, version);
        for (String other : settings.weights().keySet()) {
            requireVersion(function, other);
        }
        if (settings.weights().containsKey(version)) {
            throw FunctionRefused.invalid(
                    "Invalid function version %1$s. Function version %1$s is already included in routing configuration."
                            .formatted(version));
        }
        if (!settings.weights().isEmpty() && version.equals(FunctionVersion.LATEST)) {
            throw FunctionRefused.invalid(
                    "$LATEST is not supported for an alias pointing to more than 1 version");
        }
        var all = new TreeMap<>(function.aliases());
        all.put(alias, new FunctionAlias(alias, settings, revision()));
        return function.withAliases(Map.copyOf(all));
    }

    private void requireVersion(Function function, String version) throws FunctionRefused {
        if (function.versions().noneMatch(each -> each.version().equals(version))) {
            throw new FunctionRefused(
                    Code.RESOURCE_NOT_FOUND,
                    "Function not found: " + arn(function.name(), Optional.of(version)));
        }
    }

    /// @param limit absent: there is none
    public void limitConcurrency(FunctionName name, OptionalInt limit)
            throws FunctionRefused, InterruptedException {
        change(name, function -> function.withConcurrency(limit));
    }

    public void changeTags(FunctionName name, UnaryOperator<Map<String, String>> changes)
            throws FunctionRefused, InterruptedException {
        change(name, function -> {
            Map<String, String> tags = changes.apply(function.tags());
            requireTags(tags);
            return function.withTags(Map.copyOf(tags));
        });
    }

    public void addStatement(FunctionName name, String id, String statement)
            throws FunctionRefused, InterruptedException {
        change(name, function -> {
            if (function.statements().containsKey(id)) {
                throw new FunctionRefused(
                        Code.RESOURCE_CONFLICT,
                        "The statement id (%s) provided already exists. Please provide a new statement id, "
                                        .formatted(id)
                                + "or remove the existing statement.");
            }
            if (function.statements().size() >= STATEMENTS_MAX) {
                throw new FunctionRefused(
                        Code.POLICY_LENGTH_EXCEEDED,
                        "The final policy has more than %d statements.".formatted(STATEMENTS_MAX));
            }
            var all = new TreeMap<>(function.statements());
            all.put(id, statement);
            return function.withStatements(Map.copyOf(all));
        });
    }

    public void removeStatement(FunctionName name, String id)
            throws FunctionRefused, InterruptedException {
        change(name, function -> {
            var left = new TreeMap<>(function.statements());
            if (left.remove(id) == null) {
                throw new FunctionRefused(
                        Code.RESOURCE_NOT_FOUND,
                        "Statement %s is not found in resource policy.".formatted(id));
            }
            return function.withStatements(Map.copyOf(left));
        });
    }

    private Function change(FunctionName name, Catalog.Change change)
            throws FunctionRefused, InterruptedException {
        return catalog.change(function(name), change);
    }

    private FunctionVersion version(FunctionSettings settings, FunctionCode code) {
        return new FunctionVersion(FunctionVersion.LATEST, settings, code, world.now(), revision());
    }

    private Function published(Function function, Publication publication, String description)
            throws FunctionRefused {
        return switch (publication) {
            case NONE -> function;
            case AT_ONCE -> published(function, description);
        };
    }

    private Function published(Function function, String description) throws FunctionRefused {
        FunctionVersion latest = function.latest();
        boolean unchanged =
                !function.published().isEmpty() && isSame(function.published().getLast(), latest);
        if (unchanged) {
            return function;
        }
        if (function.published().size() >= VERSIONS_MAX) {
            throw new FunctionRefused(
                    Code.CODE_STORAGE_EXCEEDED,
                    "The function %s has %d versions, which is the limit. Delete one first."
                            .formatted(function.name(), VERSIONS_MAX));
        }
        var version = new FunctionVersion(
                Integer.toString(function.nextVersion()),
                latest.settings().withDescription(description),
                latest.code(),
                latest.lastModified(),
                revision());
        var all = new ArrayList<>(function.published());
        all.add(version);
        return function.withPublished(List.copyOf(all), function.nextVersion() + 1);
    }

    private static boolean isSame(FunctionVersion published, FunctionVersion latest) {
        String description = latest.settings().description();
        return published.code().equals(latest.code())
                && published.settings().withDescription(description).equals(latest.settings());
    }

    private static void requireRevision(String actual, Optional<String> wanted)
            throws FunctionRefused {
        if (wanted.filter(revision -> !revision.equals(actual)).isPresent()) {
            throw new FunctionRefused(
                    Code.PRECONDITION_FAILED,
                    "The Revision Id provided does not match the latest Revision Id. Call the "
                            + "GetFunction/GetAlias API to retrieve the latest Revision Id");
        }
    }

    private static void requireTags(Map<String, String> tags) throws FunctionRefused {
        if (tags.size() > TAGS_MAX) {
            throw FunctionRefused.invalid("Number of tags exceeds resource tag limit.");
        }
    }

    private String revision() {
        return world.uuid().toString();
    }
}
