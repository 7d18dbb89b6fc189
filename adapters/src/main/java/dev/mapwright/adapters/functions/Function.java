package dev.mapwright.adapters.functions;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A function with its versions and aliases.
///
/// @param published from the first to the last one that still exists
/// @param nextVersion numbers are never used again
/// @param aliases by name
/// @param concurrency how many invocations may be under way at once; absent: any number
/// @param statements of its resource policy, by id, as JSON text
public record Function(
        String name,
        FunctionVersion latest,
        List<FunctionVersion> published,
        int nextVersion,
        Map<String, FunctionAlias> aliases,
        OptionalInt concurrency,
        Map<String, String> tags,
        Map<String, String> statements) {
    static Function of(String name, FunctionVersion latest, Map<String, String> tags) {
        return new Function(
                name, latest, List.of(), 1, Map.of(), OptionalInt.empty(), tags, Map.of());
    }

    /// One of the configuration, which has one version and is the same after every start.
    public static Function declared(
            String name,
            FunctionSettings settings,
            FunctionCode code,
            Instant since,
            OptionalInt concurrency) {
        var latest = new FunctionVersion(
                FunctionVersion.LATEST,
                settings,
                code,
                since,
                UUID.nameUUIDFromBytes((name + settings + code).getBytes(StandardCharsets.UTF_8))
                        .toString());
        return of(name, latest, Map.of()).withConcurrency(concurrency);
    }

    /// `$LATEST` first.
    public Stream<FunctionVersion> versions() {
        return Stream.concat(Stream.of(latest), published.stream());
    }

    /// The version that a qualifier names, itself or through an alias; without one the latest.
    public Optional<FunctionVersion> version(Optional<String> qualifier) {
        String wanted = qualifier.orElse(FunctionVersion.LATEST);
        FunctionAlias alias = aliases.get(wanted);
        return numbered(alias == null ? wanted : alias.settings().version());
    }

    /// The version that one call of a qualifier goes to: an alias may divide its calls.
    Optional<FunctionVersion> drawn(Optional<String> qualifier, RandomGenerator chance) {
        Optional<FunctionAlias> alias = qualifier.map(aliases::get);
        return alias.isPresent()
                ? numbered(alias.get().settings().drawn(chance))
                : version(qualifier);
    }

    private Optional<FunctionVersion> numbered(String number) {
        return versions().filter(each -> each.version().equals(number)).findFirst();
    }

    Function withLatest(FunctionVersion changed) {
        return new Function(
                name, changed, published, nextVersion, aliases, concurrency, tags, statements);
    }

    Function withPublished(List<FunctionVersion> changed, int next) {
        return new Function(name, latest, changed, next, aliases, concurrency, tags, statements);
    }

    Function withAliases(Map<String, FunctionAlias> changed) {
        return new Function(
                name, latest, published, nextVersion, changed, concurrency, tags, statements);
    }

    Function withConcurrency(OptionalInt changed) {
        return new Function(
                name, latest, published, nextVersion, aliases, changed, tags, statements);
    }

    Function withTags(Map<String, String> changed) {
        return new Function(
                name, latest, published, nextVersion, aliases, concurrency, changed, statements);
    }

    Function withStatements(Map<String, String> changed) {
        return new Function(
                name, latest, published, nextVersion, aliases, concurrency, tags, changed);
    }
}
