package dev.mapwright.adapters.items.object;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a reader's arguments say: texts under known names.
public final class Arguments {
    private static final String OWNER = "ExpectedBucketOwner";

    private final String resource;
    private final Map<?, ?> members;

    private Arguments(String resource, Map<?, ?> members) {
        this.resource = resource;
        this.members = members;
    }

    /// Refuses names that are not supported, and a bucket of another owner.
    ///
    /// @param supported all names that there may be
    /// @param account that owns all buckets here
    public static Arguments of(Dataset.Read dataset, Set<String> supported, String account)
            throws ReadFailed {
        if (!(dataset.arguments().value() instanceof Map<?, ?> members)) {
            throw new ReadFailed("The arguments of %s must be an object, but were: %s"
                    .formatted(dataset.resource(), dataset.arguments()));
        }
        for (Object name : members.keySet()) {
            if (!supported.contains(name)) {
                throw new ReadFailed("The argument %s of %s is not supported; supported are %s"
                        .formatted(
                                name,
                                dataset.resource(),
                                supported.stream().sorted().toList()));
            }
        }
        var arguments = new Arguments(dataset.resource(), members);
        var owner = arguments.optional(OWNER);
        if (owner.isPresent() && !owner.get().equals(account)) {
            throw new ReadFailed(
                    "The bucket %s belongs to the account %s, not to ExpectedBucketOwner %s"
                            .formatted(arguments.required("Bucket"), account, owner.get()));
        }
        return arguments;
    }

    public String required(String name) throws ReadFailed {
        return optional(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new ReadFailed(
                        "The argument %s of %s is required".formatted(name, resource)));
    }

    public Optional<String> optional(String name) throws ReadFailed {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case String value -> Optional.of(value);
            case Object other ->
                throw new ReadFailed("The argument %s of %s must be a string, but was %s"
                        .formatted(name, resource, other));
        };
    }
}
