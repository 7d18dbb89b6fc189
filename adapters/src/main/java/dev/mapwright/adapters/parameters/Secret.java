package dev.mapwright.adapters.parameters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A secret and the versions of its value, the oldest first.
///
/// @param keyId that clients want it encrypted with; shown, and nothing is encrypted
public record Secret(
        String name,
        String description,
        Optional<String> keyId,
        Instant created,
        Instant changed,
        List<Version> versions) {
    public static final String CURRENT = "AWSCURRENT";
    public static final String PREVIOUS = "AWSPREVIOUS";

    /// So many are kept that have no stage any more: long enough that a repeated request is
    /// recognized.
    static final int DEPRECATED_MAX = 10;

    /// One value.
    ///
    /// @param id the client's token
    /// @param stages labels by which clients ask for it; each is at one version
    public record Version(String id, SecretValue value, Instant created, Set<String> stages) {
        public Version {
            stages = Set.copyOf(stages);
        }

        private Version with(String stage) {
            var more = new TreeSet<>(stages);
            more.add(stage);
            return new Version(id, value, created, more);
        }

        private Version without(String stage) {
            var fewer = new TreeSet<>(stages);
            fewer.remove(stage);
            return new Version(id, value, created, fewer);
        }
    }

    public Secret {
        versions = List.copyOf(versions);
    }

    public Optional<Version> version(String id) {
        return first(version -> version.id().equals(id));
    }

    public Optional<Version> at(String stage) {
        return first(version -> version.stages().contains(stage));
    }

    private Optional<Version> first(Predicate<Version> wanted) {
        return versions.stream().filter(wanted).findFirst();
    }

    Secret with(Version added, Collection<String> stages, Instant now) {
        Secret changed = with(Stream.concat(versions.stream(), Stream.of(added)).toList(), now);
        for (String stage : stages) {
            changed = changed.moved(stage, Optional.of(added.id()), now);
        }
        return changed.forgetful();
    }

    Secret with(Optional<String> nextDescription, Optional<String> nextKeyId, Instant now) {
        return new Secret(
                name,
                nextDescription.orElse(description),
                nextKeyId.or(() -> keyId),
                created,
                now,
                versions);
    }

    /// With a stage at another version, or at none. The one that was current is the previous one
    /// from then on.
    Secret moved(String stage, Optional<String> id, Instant now) {
        Optional<Version> before = at(stage);
        Secret moved = placed(stage, id, now);
        boolean isReplaced =
                stage.equals(CURRENT) && before.isPresent() && !id.equals(before.map(Version::id));
        return isReplaced ? moved.placed(PREVIOUS, before.map(Version::id), now) : moved;
    }

    private Secret placed(String stage, Optional<String> id, Instant now) {
        var placed = new ArrayList<Version>();
        for (Version version : versions) {
            boolean isWanted = id.equals(Optional.of(version.id()));
            placed.add(isWanted ? version.with(stage) : version.without(stage));
        }
        return with(placed, now);
    }

    private Secret forgetful() {
        long deprecated =
                versions.stream().filter(version -> version.stages().isEmpty()).count();
        var kept = new ArrayList<Version>();
        for (Version version : versions) {
            if (version.stages().isEmpty() && deprecated > DEPRECATED_MAX) {
                deprecated--;
            } else {
                kept.add(version);
            }
        }
        return with(kept, changed);
    }

    private Secret with(List<Version> next, Instant now) {
        return new Secret(name, description, keyId, created, now, next);
    }
}
