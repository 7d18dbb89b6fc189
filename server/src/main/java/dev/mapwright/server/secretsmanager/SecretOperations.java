package dev.mapwright.server.secretsmanager;

import dev.mapwright.adapters.parameters.Secret;
import dev.mapwright.adapters.parameters.Secret.Version;
import dev.mapwright.adapters.parameters.Secrets;
import dev.mapwright.adapters.parameters.Secrets.Change;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.awsjson.TagList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Operations on secrets, whatever their values.
final class SecretOperations {
    private static final int PAGE_MAX = 100;
    private static final int RECOVERY_DAYS_MIN = 7;
    private static final int RECOVERY_DAYS_MAX = 30;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");

    private final Secrets secrets;
    private final SecretNames names;
    private final World world;

    SecretOperations(Secrets secrets, SecretNames names, World world) {
        this.secrets = secrets;
        this.names = names;
        this.world = world;
    }

    /// With or without a value: Terraform gives it one afterwards.
    Members create(Parameters in) throws Refused, InterruptedException {
        String name = in.required("Name", SecretNames.NAME_CHARS_MAX);
        Change change = ValueOperations.change(in, world);
        Map<String, String> tags = TagList.read(in);
        boolean isReplicated =
                !in.objects("AddReplicaRegions").orElse(List.of()).isEmpty();
        in.check();
        if (isReplicated) {
            throw new Refused(
                    "InvalidParameterException",
                    "AddReplicaRegions is not supported by Mapwright's Secrets Manager");
        }
        if (!NAME.matcher(name).matches()) {
            throw new Refused(
                    "ValidationException",
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        }
        Secret secret = secrets.create(name, change, tags);
        return names.named(secret).with("VersionId", change.value().map(_ -> change.token()));
    }

    Members describe(Parameters in) throws Refused {
        String id = SecretNames.id(in);
        in.check();
        Secret secret = names.get(id);
        return shown(secret).with("VersionIdsToStages", stages(secret));
    }

    Members list(Parameters in) throws Refused {
        int max = in.number("MaxResults", 1, PAGE_MAX).orElse((long) PAGE_MAX).intValue();
        String after = in.text("NextToken", SecretNames.NAME_CHARS_MAX).orElse("");
        boolean isFiltered = !in.objects("Filters").orElse(List.of()).isEmpty();
        in.check();
        if (isFiltered) {
            throw new Refused(
                    "InvalidParameterException",
                    "Filters are not supported by Mapwright's Secrets Manager");
        }
        List<Secret> found = secrets.all().tailMap(after, false).values().stream()
                .limit(max + 1L)
                .toList();
        List<Secret> page = found.subList(0, Math.min(max, found.size()));
        Optional<String> next =
                found.size() > max ? Optional.of(page.getLast().name()) : Optional.empty();
        return new Members()
                .withList("SecretList", page, secret -> shown(secret)
                        .with("SecretVersionsToStages", stages(secret)))
                .with("NextToken", next);
    }

    /// Without a recovery window, whatever is asked for.
    Members delete(Parameters in) throws Refused, InterruptedException {
        String id = SecretNames.id(in);
        in.number("RecoveryWindowInDays", RECOVERY_DAYS_MIN, RECOVERY_DAYS_MAX);
        boolean isForced = in.flag("ForceDeleteWithoutRecovery").orElse(false);
        in.check();
        if (isForced && in.has("RecoveryWindowInDays")) {
            throw new Refused(
                    "InvalidParameterException",
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        Optional<Secret> found = names.find(id);
        String name = found.isEmpty() && isForced ? id : names.get(id).name();
        if (found.isPresent()) {
            secrets.delete(name);
        }
        return names.named(name).withTime("DeletionDate", world.now());
    }

    /// There is none: nothing is forbidden.
    Members policy(Parameters in) throws Refused {
        String id = SecretNames.id(in);
        in.check();
        return names.named(names.get(id));
    }

    Members tag(Parameters in) throws Refused, InterruptedException {
        String id = SecretNames.id(in);
        Map<String, String> added = TagList.required(in);
        in.check();
        secrets.tag(names.get(id).name(), added);
        return new Members();
    }

    Members untag(Parameters in) throws Refused, InterruptedException {
        String id = SecretNames.id(in);
        List<String> keys = TagList.requiredKeys(in);
        in.check();
        secrets.untag(names.get(id).name(), keys);
        return new Members();
    }

    private Members shown(Secret secret) {
        return names.named(secret)
                .with("Description", secret.description())
                .with("KmsKeyId", secret.keyId())
                .withTime("CreatedDate", secret.created())
                .withTime("LastChangedDate", secret.changed())
                .withAll(TagList.shown("Tags", secrets.tags(secret.name())));
    }

    private static Map<String, List<String>> stages(Secret secret) {
        var stages = new TreeMap<String, List<String>>();
        for (Version version : secret.versions()) {
            if (!version.stages().isEmpty()) {
                stages.put(version.id(), List.copyOf(new TreeSet<>(version.stages())));
            }
        }
        return stages;
    }
}
