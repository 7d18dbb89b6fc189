package dev.mapwright.adapters.parameters;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.parameters.Secret.Version;
import dev.mapwright.adapters.tags.Tags;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.world.World;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Secrets by name. Those of the configuration are there from the start and cannot be changed or
/// deleted through the API; all others are kept in the store. They change one at a time.
///
/// A request names the version that it makes by its token, and is recognized by that when it comes
/// again.
public final class Secrets {
    private static final String MISSING = "ResourceNotFoundException";
    private static final String EXISTS = "ResourceExistsException";
    private static final String LIMIT = "LimitExceededException";

    /// https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
    private static final int STAGES_MAX = 20;

    private final KeyValueStore store;
    private final Space space;
    private final Tags tags;
    private final Map<String, Secret> configured;
    private final World world;

    /// What a client wants kept.
    ///
    /// @param token of the request, and the id of the version; only a value has any use for it
    public record Change(
            Optional<String> description,
            Optional<String> keyId,
            Optional<SecretValue> value,
            String token) {}

    /// @param configured texts by name
    public Secrets(KeyValueStore store, Map<String, String> configured, World world) {
        this.store = store;
        this.space = store.space("secrets");
        this.tags = new Tags(store, "secrets.tags", LIMIT);
        this.world = world;
        Instant now = world.now();
        var secrets = new LinkedHashMap<String, Secret>();
        configured.forEach((name, text) -> {
            var value = new SecretValue(SecretValue.Kind.SecretString, text);
            var version = new Version(world.uuid().toString(), value, now, Set.of(Secret.CURRENT));
            secrets.put(name, new Secret(name, "", Optional.empty(), now, now, List.of(version)));
        });
        this.configured = Map.copyOf(secrets);
    }

    public Optional<Secret> find(String name) {
        return Optional.ofNullable(configured.get(name))
                .or(() -> space.get(key(name)).map(SecretRecord::read));
    }

    /// All, by name.
    public NavigableMap<String, Secret> all() {
        var all = new TreeMap<String, Secret>();
        try (Space.Scan scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                Secret secret = SecretRecord.read(scan.value());
                all.put(secret.name(), secret);
            }
        }
        all.putAll(configured);
        return all;
    }

    /// The same request again finds what the first one made.
    public synchronized Secret create(String name, Change change, Map<String, String> tagged)
            throws Refused, InterruptedException {
        Optional<Secret> before = find(name);
        if (before.isPresent()) {
            boolean isSame = change.value().isPresent()
                    && before.get()
                            .version(change.token())
                            .map(Version::value)
                            .equals(change.value());
            if (!isSame) {
                throw new Refused(
                        EXISTS,
                        "The operation failed because the secret %s already exists."
                                .formatted(name));
            }
            return before.get();
        }
        if (all().size() >= Values.VALUES_MAX) {
            throw new Refused(LIMIT, "At most %,d secrets can exist".formatted(Values.VALUES_MAX));
        }
        Instant now = world.now();
        var empty = new Secret(name, "", Optional.empty(), now, now, List.of());
        Secret secret = changed(empty, change, Set.of(Secret.CURRENT));
        var batch = new Batch().put(space, key(name), SecretRecord.write(secret));
        tags.put(batch, name, tagged);
        store.commit(batch);
        return secret;
    }

    /// @param stages that a new value gets
    public synchronized Secret change(String name, Change change, Set<String> stages)
            throws Refused, InterruptedException {
        return write(changed(changeable(name), change, stages));
    }

    private Secret changed(Secret before, Change change, Set<String> stages) throws Refused {
        Instant now = world.now();
        Secret described = change.description().isEmpty() && change.keyId().isEmpty()
                ? before
                : before.with(change.description(), change.keyId(), now);
        if (change.value().isEmpty()) {
            return described;
        }
        Optional<Version> same = before.version(change.token());
        if (same.isPresent()) {
            if (!same.map(Version::value).equals(change.value())) {
                throw new Refused(
                        EXISTS,
                        "You can't use ClientRequestToken %s because that value is already in use for a version of secret %s."
                                .formatted(change.token(), before.name()));
            }
            return described;
        }
        var added = new Version(change.token(), change.value().get(), now, Set.of());
        var places = new TreeSet<>(stages);
        if (before.versions().isEmpty()) {
            places.add(Secret.CURRENT);
        }
        Secret next = described.with(added, places, now);
        long staged =
                next.versions().stream().mapToLong(each -> each.stages().size()).sum();
        if (staged > STAGES_MAX) {
            throw new Refused(
                    LIMIT,
                    "The versions of a secret have at most %d stages, and those of '%s' would have %d"
                            .formatted(STAGES_MAX, before.name(), staged));
        }
        return next;
    }

    /// Has a stage somewhere else.
    ///
    /// @param from the version that the client believes to have it
    /// @param to none: it is nowhere from then on
    public synchronized Secret move(
            String name, String stage, Optional<String> from, Optional<String> to)
            throws Refused, InterruptedException {
        Secret secret = changeable(name);
        Optional<String> holder = secret.at(stage).map(Version::id);
        if (holder.isPresent() && !holder.equals(to) && !holder.equals(from)) {
            throw new Refused(
                    "InvalidParameterException",
                    "The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached to version %s, so you must explicitly reference that version in RemoveFromVersionId."
                            .formatted(stage, holder.get()));
        }
        if (to.isPresent() && secret.version(to.get()).isEmpty()) {
            throw new Refused(
                    MISSING,
                    "Secrets Manager can't find the specified secret value for VersionId: "
                            + to.get());
        }
        if (to.isEmpty() && stage.equals(Secret.CURRENT)) {
            throw new Refused(
                    "InvalidParameterException",
                    "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.");
        }
        return write(secret.moved(stage, to, world.now()));
    }

    public synchronized void delete(String name) throws Refused, InterruptedException {
        changeable(name);
        var batch = new Batch().delete(space, key(name));
        tags.drop(batch, name);
        store.commit(batch);
    }

    public Map<String, String> tags(String name) {
        return tags.of(name);
    }

    public void tag(String name, Map<String, String> added) throws Refused, InterruptedException {
        changeable(name);
        tags.add(name, added);
    }

    public void untag(String name, List<String> keys) throws Refused, InterruptedException {
        changeable(name);
        tags.remove(name, keys);
    }

    private Secret changeable(String name) throws Refused {
        if (configured.containsKey(name)) {
            throw new Refused(
                    "InvalidRequestException",
                    "The secret %s is set in the configuration file; change it there"
                            .formatted(name));
        }
        return find(name)
                .orElseThrow(() ->
                        new Refused(MISSING, "Secrets Manager can't find the specified secret."));
    }

    private Secret write(Secret secret) throws InterruptedException {
        store.commit(new Batch().put(space, key(secret.name()), SecretRecord.write(secret)));
        return secret;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
