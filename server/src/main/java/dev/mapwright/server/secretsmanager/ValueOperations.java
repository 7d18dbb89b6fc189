package dev.mapwright.server.secretsmanager;

import dev.mapwright.adapters.parameters.Secret;
import dev.mapwright.adapters.parameters.Secret.Version;
import dev.mapwright.adapters.parameters.SecretValue;
import dev.mapwright.adapters.parameters.Secrets;
import dev.mapwright.adapters.parameters.Secrets.Change;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Operations on the values of secrets and their versions.
final class ValueOperations {
    private static final int SECRET_CHARS_MAX = 65_536;
    private static final int TOKEN_CHARS_MIN = 32;
    private static final int TOKEN_CHARS_MAX = 64;
    private static final int STAGE_CHARS_MAX = 256;
    private static final String TEXT = "SecretString";
    private static final String BINARY = "SecretBinary";
    private static final String VERSION = "VersionId";
    private static final String STAGES = "VersionStages";

    private final Secrets secrets;
    private final SecretNames names;
    private final World world;

    ValueOperations(Secrets secrets, SecretNames names, World world) {
        this.secrets = secrets;
        this.names = names;
        this.world = world;
    }

    /// What a request wants changed. Without a token, which the SDKs always send, it has one of its
    /// own.
    static Change change(Parameters in, World world) throws Refused {
        Optional<String> text = in.text(TEXT, 0, SECRET_CHARS_MAX);
        Optional<byte[]> binary = in.blob(BINARY, SECRET_CHARS_MAX);
        if (text.isPresent() && binary.isPresent()) {
            throw new Refused(
                    "InvalidParameterException",
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        Optional<SecretValue> value = text.map(
                        given -> new SecretValue(SecretValue.Kind.SecretString, given))
                .or(() -> binary.map(bytes -> new SecretValue(
                        SecretValue.Kind.SecretBinary, Base64.getEncoder().encodeToString(bytes))));
        return new Change(
                in.text("Description", 0, SecretNames.NAME_CHARS_MAX),
                in.text("KmsKeyId", 0, SecretNames.NAME_CHARS_MAX).filter(id -> !id.isEmpty()),
                value,
                in.text("ClientRequestToken", TOKEN_CHARS_MIN, TOKEN_CHARS_MAX)
                        .orElseGet(() -> world.uuid().toString()));
    }

    Members put(Parameters in) throws Refused, InterruptedException {
        String id = SecretNames.id(in);
        Change change = change(in, world);
        List<String> stages = in.texts(STAGES, 1, STAGE_CHARS_MAX).orElse(List.of(Secret.CURRENT));
        in.check();
        if (change.value().isEmpty()) {
            throw new Refused(
                    "InvalidRequestException",
                    "You must provide either SecretString or SecretBinary.");
        }
        var value = new Change(Optional.empty(), Optional.empty(), change.value(), change.token());
        Secret secret = secrets.change(names.get(id).name(), value, Set.copyOf(stages));
        Version version = secret.version(change.token()).orElseThrow();
        return names.named(secret).with(VERSION, version.id()).with(STAGES, shown(version));
    }

    Members update(Parameters in) throws Refused, InterruptedException {
        String id = SecretNames.id(in);
        Change change = change(in, world);
        in.check();
        Secret secret = secrets.change(names.get(id).name(), change, Set.of(Secret.CURRENT));
        return names.named(secret).with(VERSION, change.value().map(_ -> change.token()));
    }

    Members get(Parameters in) throws Refused {
        String id = SecretNames.id(in);
        Optional<String> versionId = in.text(VERSION, SecretNames.NAME_CHARS_MAX);
        Optional<String> stage = in.text("VersionStage", STAGE_CHARS_MAX);
        in.check();
        Secret secret = names.get(id);
        Version version = find(secret, versionId, stage);
        return names.named(secret)
                .with(VERSION, version.id())
                .with(version.value().kind().name(), version.value().text())
                .with(STAGES, shown(version))
                .withTime("CreatedDate", version.created());
    }

    private static Version find(Secret secret, Optional<String> id, Optional<String> stage)
            throws Refused {
        String wantedStage = stage.orElse(Secret.CURRENT);
        Optional<Version> found = id.isPresent()
                ? secret.version(id.get()).filter(version -> version.stages()
                        .containsAll(stage.stream().toList()))
                : secret.at(wantedStage);
        return found.orElseThrow(() -> new Refused(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for %s"
                        .formatted(id.map(given -> "VersionId: " + given)
                                .orElse("staging label: " + wantedStage))));
    }

    /// All on one page: there are few.
    Members list(Parameters in) throws Refused {
        String id = SecretNames.id(in);
        boolean isComplete = in.flag("IncludeDeprecated").orElse(false);
        in.check();
        Secret secret = names.get(id);
        List<Version> versions = secret.versions().stream()
                .filter(version -> isComplete || !version.stages().isEmpty())
                .toList();
        return names.named(secret).withList("Versions", versions, version -> new Members()
                .with(VERSION, version.id())
                .with(STAGES, shown(version))
                .withTime("CreatedDate", version.created()));
    }

    Members move(Parameters in) throws Refused, InterruptedException {
        String id = SecretNames.id(in);
        String stage = in.required("VersionStage", STAGE_CHARS_MAX);
        Optional<String> from = in.text("RemoveFromVersionId", TOKEN_CHARS_MAX);
        Optional<String> to = in.text("MoveToVersionId", TOKEN_CHARS_MAX);
        in.check();
        return names.named(secrets.move(names.get(id).name(), stage, from, to));
    }

    private static List<String> shown(Version version) {
        return List.copyOf(new TreeSet<>(version.stages()));
    }
}
