package dev.mapwright.server.secretsmanager;

import dev.mapwright.adapters.parameters.Values;
import dev.mapwright.adapters.parameters.Values.Change;
import dev.mapwright.adapters.parameters.Values.Value;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.http.Handler;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Secrets Manager over AWS JSON: all its operations here. Of each secret the current version is
/// kept; deleting takes effect at once.
public final class SecretsApi {
    private static final int REQUEST_BYTES_MAX = 1024 * 1024;

    private static final JsonService SERVICE = new JsonService(
            "Secrets Manager",
            "secretsmanager",
            JsonService.Version.JSON_1_1,
            REQUEST_BYTES_MAX,
            JsonService.VALIDATION);

    private static final int NAME_CHARS_MAX = 2_048;
    private static final int SECRET_CHARS_MAX = 65_536;
    private static final int PAGE_MAX = 100;
    private static final String TEXT = "SecretString";
    private static final String BINARY = "SecretBinary";
    private static final String CURRENT = "AWSCURRENT";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");

    private final Values values;
    private final Place place;
    private final World world;

    private SecretsApi(Values values, Place place, World world) {
        this.values = values;
        this.place = place;
        this.world = world;
    }

    public static Handler handler(Values values, Place place, World world) {
        var api = new SecretsApi(values, place, world);
        return new JsonHandler(
                SERVICE,
                Map.<String, Operation>of(
                        "CreateSecret", api::create,
                        "DeleteSecret", api::delete,
                        "DescribeSecret", api::describe,
                        "GetSecretValue", api::get,
                        "ListSecrets", api::list,
                        "PutSecretValue", api::put));
    }

    private Members create(Parameters in) throws Refused, InterruptedException {
        String name = in.required("Name", NAME_CHARS_MAX);
        Optional<String> description = in.text("Description", 0, NAME_CHARS_MAX);
        Change change = change(in, name, description);
        in.check();
        if (!NAME.matcher(name).matches()) {
            throw new Refused(
                    "ValidationException",
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        }
        if (values.find(name).isPresent()) {
            throw new Refused(
                    "ResourceExistsException",
                    "The operation failed because the secret %s already exists.".formatted(name));
        }
        if (values.all().size() >= Values.VALUES_MAX) {
            throw new Refused(
                    "LimitExceededException",
                    "At most %,d secrets can exist".formatted(Values.VALUES_MAX));
        }
        Value value = values.put(change);
        return named(value).with("VersionId", value.versionId());
    }

    private Members put(Parameters in) throws Refused, InterruptedException {
        String id = in.required("SecretId", NAME_CHARS_MAX);
        Change change = change(in, id, Optional.empty());
        in.check();
        String name = find(id).name();
        if (values.isConfigured(name)) {
            throw configured(name);
        }
        Value value = values.put(new Change(name, change.kind(), change.text(), Optional.empty()));
        return named(value)
                .with("VersionId", value.versionId())
                .with("VersionStages", List.of(CURRENT));
    }

    private static Change change(Parameters in, String name, Optional<String> description)
            throws Refused {
        Optional<String> text = in.text(TEXT, 0, SECRET_CHARS_MAX);
        Optional<byte[]> binary = in.blob(BINARY, SECRET_CHARS_MAX);
        if (text.isPresent() == binary.isPresent()) {
            throw new Refused(
                    "InvalidRequestException",
                    "You must provide either SecretString or SecretBinary.");
        }
        return binary.map(bytes -> new Change(
                        name, BINARY, Base64.getEncoder().encodeToString(bytes), description))
                .orElseGet(() -> new Change(name, TEXT, text.orElseThrow(), description));
    }

    private Members get(Parameters in) throws Refused {
        String id = in.required("SecretId", NAME_CHARS_MAX);
        Optional<String> version = in.text("VersionId", NAME_CHARS_MAX);
        Optional<String> stage = in.text("VersionStage", NAME_CHARS_MAX);
        in.check();
        Value value = find(id);
        boolean isKept = version.map(value.versionId()::equals).orElse(true)
                && stage.map(CURRENT::equals).orElse(true);
        if (!isKept) {
            throw new Refused(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value:"
                            + " here only the current version is kept");
        }
        return named(value)
                .with("VersionId", value.versionId())
                .with(value.kind(), value.text())
                .with("VersionStages", List.of(CURRENT))
                .withTime("CreatedDate", value.changed());
    }

    private Members describe(Parameters in) throws Refused {
        String id = in.required("SecretId", NAME_CHARS_MAX);
        in.check();
        Value value = find(id);
        return shown(value).with("VersionIdsToStages", Map.of(value.versionId(), List.of(CURRENT)));
    }

    private Members list(Parameters in) throws Refused {
        int max = in.number("MaxResults", 1, PAGE_MAX).orElse((long) PAGE_MAX).intValue();
        String after = in.text("NextToken", NAME_CHARS_MAX).orElse("");
        boolean isFiltered = in.has("Filters");
        in.check();
        if (isFiltered) {
            throw new Refused(
                    "InvalidParameterException",
                    "Filters are not supported by Mapwright's Secrets Manager");
        }
        List<Value> found = values.all().tailMap(after, false).values().stream()
                .limit(max + 1L)
                .toList();
        List<Value> page = found.subList(0, Math.min(max, found.size()));
        Optional<String> next =
                found.size() > max ? Optional.of(page.getLast().name()) : Optional.empty();
        return new Members().withList("SecretList", page, this::shown).with("NextToken", next);
    }

    private Members delete(Parameters in) throws Refused, InterruptedException {
        String id = in.required("SecretId", NAME_CHARS_MAX);
        in.check();
        Value value = find(id);
        if (values.delete(List.of(value.name())).isEmpty()) {
            throw configured(value.name());
        }
        return named(value).withTime("DeletionDate", world.now());
    }

    /// @param id a name or an ARN
    private Value find(String id) throws Refused {
        String name = id.startsWith("arn:")
                ? id.substring(id.indexOf(":secret:") + ":secret:".length())
                : id;
        return values.find(name)
                .or(() -> values.find(name.replaceFirst("-[A-Za-z0-9]{6}$", "")))
                .orElseThrow(() -> new Refused(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret."));
    }

    private static Refused configured(String name) {
        return new Refused(
                "InvalidRequestException",
                "The secret %s is set in the configuration file; change it there".formatted(name));
    }

    private Members shown(Value value) {
        return named(value)
                .with("Description", value.description())
                .withTime("CreatedDate", value.changed())
                .withTime("LastChangedDate", value.changed());
    }

    private Members named(Value value) {
        return new Members().with("ARN", arn(value.name())).with("Name", value.name());
    }

    /// Ends with six letters, the same ones for the same name.
    private String arn(String name) {
        String letters = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 6);
        return "arn:%s:secretsmanager:%s:%s:secret:%s-%s"
                .formatted(place.partition(), place.region(), place.account(), name, letters);
    }
}
