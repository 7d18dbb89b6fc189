package dev.mapwright.server.ssm;

import dev.mapwright.adapters.parameters.Values;
import dev.mapwright.adapters.parameters.Values.Change;
import dev.mapwright.adapters.parameters.Values.Value;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.http.Handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameter store over AWS JSON: all its operations here. Values are not encrypted, so a
/// `SecureString` comes back as it is only to those who ask for its decryption.
public final class SsmApi {
    private static final int REQUEST_BYTES_MAX = 1024 * 1024;

    private static final JsonService SERVICE = new JsonService(
            "Systems Manager",
            "AmazonSSM",
            JsonService.Version.JSON_1_1,
            REQUEST_BYTES_MAX,
            JsonService.VALIDATION);

    private static final int NAME_CHARS_MAX = 2_048;
    private static final int TEXT_CHARS_MAX = 8_192;
    private static final int PAGE_MAX = 10;
    private static final int DELETED_MAX = 10;
    private static final String SECURE = "SecureString";

    private final Values values;
    private final Place place;

    private enum Kind {
        String,
        StringList,
        SecureString
    }

    private SsmApi(Values values, Place place) {
        this.values = values;
        this.place = place;
    }

    public static Handler handler(Values values, Place place) {
        var api = new SsmApi(values, place);
        return new JsonHandler(
                SERVICE,
                Map.<String, Operation>of(
                        "DeleteParameter", api::delete,
                        "DeleteParameters", api::deleteAll,
                        "GetParameter", api::get,
                        "GetParameters", api::getAll,
                        "GetParametersByPath", api::getByPath,
                        "PutParameter", api::put));
    }

    private Members get(Parameters in) throws Refused {
        String name = in.required("Name", NAME_CHARS_MAX);
        boolean isDecrypted = in.flag("WithDecryption").orElse(false);
        in.check();
        Value value = find(name).orElseThrow(() -> notFound(name));
        return new Members().with("Parameter", shown(value, isDecrypted));
    }

    private Members getAll(Parameters in) throws Refused {
        List<String> names = in.texts("Names", 1, NAME_CHARS_MAX).orElse(List.of());
        in.requirePresence("Names");
        boolean isDecrypted = in.flag("WithDecryption").orElse(false);
        in.check();
        var found = new ArrayList<Value>();
        var missing = new ArrayList<String>();
        for (String name : names) {
            find(name).ifPresentOrElse(found::add, () -> missing.add(name));
        }
        return new Members()
                .withList("Parameters", found, value -> shown(value, isDecrypted))
                .with("InvalidParameters", missing);
    }

    private Members getByPath(Parameters in) throws Refused {
        String path = in.required("Path", NAME_CHARS_MAX);
        boolean isRecursive = in.flag("Recursive").orElse(false);
        boolean isDecrypted = in.flag("WithDecryption").orElse(false);
        int max = in.number("MaxResults", 1, PAGE_MAX).orElse((long) PAGE_MAX).intValue();
        String after = in.text("NextToken", NAME_CHARS_MAX).orElse("");
        boolean isFiltered = in.has("ParameterFilters");
        in.check();
        if (isFiltered) {
            throw new Refused(
                    "InvalidFilterOption",
                    "ParameterFilters are not supported by Mapwright's parameter store");
        }
        String folder = path.endsWith("/") ? path : path + "/";
        List<Value> found = values.all().tailMap(after, false).values().stream()
                .filter(value -> value.name().startsWith(folder))
                .filter(value -> isRecursive || value.name().indexOf('/', folder.length()) < 0)
                .limit(max + 1L)
                .toList();
        List<Value> page = found.subList(0, Math.min(max, found.size()));
        Optional<String> next =
                found.size() > max ? Optional.of(page.getLast().name()) : Optional.empty();
        return new Members()
                .withList("Parameters", page, value -> shown(value, isDecrypted))
                .with("NextToken", next);
    }

    private Members put(Parameters in) throws Refused, InterruptedException {
        String name = in.required("Name", NAME_CHARS_MAX);
        String text = in.required("Value", TEXT_CHARS_MAX);
        Optional<Kind> kind = in.choice("Type", Kind.values());
        Optional<String> description = in.text("Description", 0, NAME_CHARS_MAX);
        boolean isOverwriting = in.flag("Overwrite").orElse(false);
        in.check();
        if (values.isConfigured(name)) {
            throw new Refused(
                    "ParameterAlreadyExists",
                    "The parameter %s is set in the configuration file; change it there"
                            .formatted(name));
        }
        Optional<Value> before = values.find(name);
        if (before.isPresent() && !isOverwriting) {
            throw new Refused(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the"
                            + " request to true.");
        }
        String type = kind.map(Kind::name)
                .or(() -> before.map(Value::kind))
                .orElseThrow(() -> new Refused(
                        JsonService.VALIDATION,
                        "A parameter type is required when you create a parameter."));
        if (before.isEmpty() && values.all().size() >= Values.VALUES_MAX) {
            throw new Refused(
                    "ParameterLimitExceeded",
                    "At most %,d parameters can exist".formatted(Values.VALUES_MAX));
        }
        Value put = values.put(new Change(name, type, text, description));
        return new Members().with("Version", put.version()).with("Tier", "Standard");
    }

    private Members delete(Parameters in) throws Refused, InterruptedException {
        String name = in.required("Name", NAME_CHARS_MAX);
        in.check();
        if (values.delete(List.of(name)).isEmpty()) {
            throw notFound(name);
        }
        return new Members();
    }

    private Members deleteAll(Parameters in) throws Refused, InterruptedException {
        List<String> names = in.texts("Names", 1, NAME_CHARS_MAX).orElse(List.of());
        in.requirePresence("Names");
        in.check();
        if (names.size() > DELETED_MAX) {
            throw new Refused(
                    JsonService.VALIDATION,
                    "At most %d parameters can be deleted at once".formatted(DELETED_MAX));
        }
        List<String> deleted = values.delete(names);
        return new Members()
                .with("DeletedParameters", deleted)
                .with(
                        "InvalidParameters",
                        names.stream().filter(name -> !deleted.contains(name)).toList());
    }

    /// @param asked a name, an ARN, or either with the number of the version
    private Optional<Value> find(String asked) {
        String name = asked.startsWith("arn:")
                ? asked.substring(asked.indexOf(":parameter") + ":parameter".length())
                : asked;
        Optional<Value> exact =
                values.find(name).or(() -> values.find(name.replaceFirst("^/", "")));
        int colon = name.lastIndexOf(':');
        return exact.isPresent() || colon < 0
                ? exact
                : values.find(name.substring(0, colon))
                        .filter(value ->
                                Long.toString(value.version()).equals(name.substring(colon + 1)));
    }

    private static Refused notFound(String name) {
        return new Refused("ParameterNotFound", "There is no parameter '%s'".formatted(name));
    }

    private Members shown(Value value, boolean isDecrypted) {
        boolean isHidden = value.kind().equals(SECURE) && !isDecrypted;
        String name = value.name();
        return new Members()
                .with("Name", name)
                .with("Type", value.kind())
                .with("Value", isHidden ? "(not decrypted)" : value.text())
                .with("Version", value.version())
                .withTime("LastModifiedDate", value.changed())
                .with(
                        "ARN",
                        "arn:%s:ssm:%s:%s:parameter%s%s"
                                .formatted(
                                        place.partition(),
                                        place.region(),
                                        place.account(),
                                        name.startsWith("/") ? "" : "/",
                                        name))
                .with("DataType", "text");
    }
}
