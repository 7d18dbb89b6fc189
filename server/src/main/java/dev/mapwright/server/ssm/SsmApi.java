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
import dev.mapwright.server.awsjson.TagList;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.ssm.ParameterFilters.Depth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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
    private static final int DESCRIBED_MAX = 50;
    private static final int DELETED_MAX = 10;
    private static final int DETAIL_CHARS_MAX = 1_024;
    private static final String DATA_TYPE = "text";
    private static final String DESCRIPTION = "Description";
    private static final String KEY = "KeyId";
    private static final String PATTERN = "AllowedPattern";
    private static final String TIER = "Tier";
    private static final String STANDARD = "Standard";
    private static final List<String> TIERS = List.of(STANDARD, "Advanced", "Intelligent-Tiering");
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
                        "AddTagsToResource", api::tag,
                        "DeleteParameter", api::delete,
                        "DeleteParameters", api::deleteAll,
                        "DescribeParameters", api::describe,
                        "GetParameter", api::get,
                        "GetParameters", api::getAll,
                        "GetParametersByPath", api::getByPath,
                        "ListTagsForResource", api::tags,
                        "PutParameter", api::put,
                        "RemoveTagsFromResource", api::untag));
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
        Depth depth = isRecursive ? Depth.RECURSIVE : Depth.ONE_LEVEL;
        return page(
                value -> depth.isBelow(path, value.name()),
                after,
                max,
                value -> shown(value, isDecrypted));
    }

    private Members describe(Parameters in) throws Refused {
        int max = in.number("MaxResults", 1, DESCRIBED_MAX)
                .orElse((long) DESCRIBED_MAX)
                .intValue();
        String after = in.text("NextToken", NAME_CHARS_MAX).orElse("");
        Predicate<Value> wanted = ParameterFilters.read(in, values.tags());
        in.check();
        return page(wanted, after, max, this::described);
    }

    private Members page(
            Predicate<Value> wanted, String after, int max, Function<Value, Members> shown) {
        List<Value> found = values.all().tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(max + 1L)
                .toList();
        List<Value> page = found.subList(0, Math.min(max, found.size()));
        Optional<String> next =
                found.size() > max ? Optional.of(page.getLast().name()) : Optional.empty();
        return new Members().withList("Parameters", page, shown).with("NextToken", next);
    }

    private Members put(Parameters in) throws Refused, InterruptedException {
        String name = in.required("Name", NAME_CHARS_MAX);
        String text = in.required("Value", TEXT_CHARS_MAX);
        Optional<Kind> kind = in.choice("Type", Kind.values());
        boolean isOverwriting = in.flag("Overwrite").orElse(false);
        Map<String, String> details = details(in);
        Map<String, String> tags = TagList.read(in);
        String dataType = in.text("DataType", NAME_CHARS_MAX).orElse(DATA_TYPE);
        String policies = in.text("Policies", 0, TEXT_CHARS_MAX).orElse("");
        in.check();
        refuseUnless(dataType.equals(DATA_TYPE), "DataType " + dataType);
        refuseUnless(policies.isEmpty(), "Policies");
        if (isOverwriting && !tags.isEmpty()) {
            throw new Refused(
                    JsonService.VALIDATION,
                    "Invalid request: tags and overwrite can't be used together. To create a parameter with"
                            + " tags, please remove overwrite flag. To update tags for an existing parameter,"
                            + " please use AddTagsToResource or RemoveTagsFromResource.");
        }
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
        Value put = values.put(new Change(name, type, text, details, tags));
        return new Members().with("Version", put.version()).with(TIER, tier(put));
    }

    /// What is kept and shown. Of these only the pattern has an effect.
    private static Map<String, String> details(Parameters in) throws Refused {
        var details = new TreeMap<String, String>();
        in.text(DESCRIPTION, 0, DETAIL_CHARS_MAX).ifPresent(text -> details.put(DESCRIPTION, text));
        in.text(KEY, DETAIL_CHARS_MAX).ifPresent(text -> details.put(KEY, text));
        tier(in).ifPresent(tier -> details.put(TIER, tier));
        Optional<String> pattern = in.text(PATTERN, 0, DETAIL_CHARS_MAX);
        if (pattern.isPresent() && !pattern.get().isEmpty()) {
            requireMatch(pattern.get(), in.text("Value", TEXT_CHARS_MAX).orElse(""));
            details.put(PATTERN, pattern.get());
        }
        return details;
    }

    /// The name of one has a hyphen, which no constant can have.
    private static Optional<String> tier(Parameters in) throws Refused {
        Optional<String> tier = in.text(TIER, DETAIL_CHARS_MAX);
        if (tier.isPresent() && !TIERS.contains(tier.get())) {
            throw new Refused(
                    JsonService.VALIDATION,
                    "Tier is one of %s, not '%s'".formatted(TIERS, tier.get()));
        }
        return tier;
    }

    private static void requireMatch(String pattern, String text) throws Refused {
        try {
            if (!Pattern.compile(pattern).matcher(text).find()) {
                throw new Refused(
                        "ParameterPatternMismatchException",
                        "Parameter value, cannot be validated against allowedPattern: " + pattern);
            }
        } catch (PatternSyntaxException none) {
            throw new Refused(
                    "InvalidAllowedPatternException",
                    "The AllowedPattern '%s' is no regular expression: %s"
                            .formatted(pattern, none.getDescription()));
        }
    }

    private static void refuseUnless(boolean isSupported, String what) throws Refused {
        if (!isSupported) {
            throw new Refused(
                    JsonService.VALIDATION,
                    "%s is not supported by Mapwright's parameter store".formatted(what));
        }
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

    private Members tags(Parameters in) throws Refused {
        String name = resource(in);
        in.check();
        requireThere(name);
        return TagList.shown("TagList", values.tags().of(name));
    }

    private Members tag(Parameters in) throws Refused, InterruptedException {
        String name = resource(in);
        Map<String, String> added = TagList.required(in);
        in.check();
        requireThere(name);
        values.tags().add(name, added);
        return new Members();
    }

    private Members untag(Parameters in) throws Refused, InterruptedException {
        String name = resource(in);
        List<String> keys = TagList.requiredKeys(in);
        in.check();
        requireThere(name);
        values.tags().remove(name, keys);
        return new Members();
    }

    /// Only parameters have tags here.
    private static String resource(Parameters in) throws Refused {
        String type = in.required("ResourceType", NAME_CHARS_MAX);
        String id = in.required("ResourceId", NAME_CHARS_MAX);
        if (in.has("ResourceType") && !type.equals("Parameter")) {
            throw new Refused(
                    "InvalidResourceType",
                    "ResourceType '%s' is not supported by Mapwright: only a Parameter has tags"
                            .formatted(type));
        }
        return id;
    }

    private void requireThere(String name) throws Refused {
        if (values.find(name).isEmpty()) {
            throw new Refused("InvalidResourceId", "There is no parameter '%s'".formatted(name));
        }
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
        return named(value).with("Value", isHidden ? "(not decrypted)" : value.text());
    }

    /// Everything but the value.
    private Members described(Value value) {
        var described = named(value).with(TIER, tier(value)).with("Policies", List.of());
        for (String detail : List.of(DESCRIPTION, KEY, PATTERN)) {
            described.with(detail, Optional.ofNullable(value.details().get(detail)));
        }
        return described;
    }

    private static String tier(Value value) {
        return value.details().getOrDefault(TIER, STANDARD);
    }

    private Members named(Value value) {
        String name = value.name();
        return new Members()
                .with("Name", name)
                .with("Type", value.kind())
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
                .with("DataType", DATA_TYPE);
    }
}
