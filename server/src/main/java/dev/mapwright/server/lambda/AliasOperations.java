package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.AliasSettings;
import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.FunctionAlias;
import dev.mapwright.adapters.functions.FunctionName;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Aliases. Each stands for one version, or divides its calls between two.
final class AliasOperations {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int TEXT_CHARS_MAX = 256;
    private static final int NAME_CHARS_MAX = 128;
    private static final int VERSION_CHARS_MAX = 1024;
    private static final int PAGE_MAX = 50;
    private static final int LIMIT_MAX = 10_000;
    private static final Pattern NAME = Pattern.compile("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    private static final Pattern VERSION = Pattern.compile("[0-9]+");
    private static final int OTHER_VERSIONS_MAX = 1;
    private static final String ROUTING = "RoutingConfig";
    private static final String WEIGHTS = "AdditionalVersionWeights";
    private static final Set<String> MEMBERS =
            Set.of("Name", "FunctionVersion", "Description", "RevisionId", ROUTING);

    private final FunctionAdministration functions;

    AliasOperations(FunctionAdministration functions) {
        this.functions = functions;
    }

    Answer create(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Call.Body body = body(call);
        Parameters parameters = body.parameters();
        String alias = parameters.required("Name", NAME_CHARS_MAX, NAME);
        String version = parameters.required("FunctionVersion", VERSION_CHARS_MAX);
        Optional<String> description = parameters.text("Description", 0, TEXT_CHARS_MAX);
        parameters.check();
        var settings =
                new AliasSettings(version, weights(body).orElse(Map.of()), description.orElse(""));
        return Answer.created(
                document(call.function(), functions.createAlias(call.function(), alias, settings)));
    }

    Answer update(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Call.Body body = body(call);
        Parameters parameters = body.parameters();
        Optional<String> version = parameters.text("FunctionVersion", VERSION_CHARS_MAX);
        Optional<String> description = parameters.text("Description", 0, TEXT_CHARS_MAX);
        Optional<String> revisionId = parameters.text("RevisionId", TEXT_CHARS_MAX);
        parameters.check();
        Optional<Map<String, Double>> weights = weights(body);
        UnaryOperator<AliasSettings> changes = before -> new AliasSettings(
                version.orElse(before.version()),
                weights.orElse(before.weights()),
                description.orElse(before.description()));
        FunctionAlias changed =
                functions.updateAlias(call.function(), call.names().get(1), changes, revisionId);
        return Answer.ok(document(call.function(), changed));
    }

    private static Call.Body body(Call call) throws FunctionRefused, Refused, IOException {
        Call.Body body = call.body(BODY_BYTES_MAX);
        SettingsReader.refuseUnsupported(body.members(), MEMBERS);
        return body;
    }

    /// Absent where the request says nothing of routing; empty where it ends it.
    private static Optional<Map<String, Double>> weights(Call.Body body) throws FunctionRefused {
        if (!(body.members().get(ROUTING) instanceof Map<?, ?> routing)) {
            return Optional.empty();
        }
        var weights = new TreeMap<String, Double>();
        if (routing.get(WEIGHTS) instanceof Map<?, ?> given) {
            for (Map.Entry<?, ?> each : given.entrySet()) {
                weights.put(version((String) each.getKey()), weight(each.getValue()));
            }
        }
        if (weights.size() > OTHER_VERSIONS_MAX) {
            throw FunctionRefused.invalid(
                    "Number of items in %s cannot be greater than %d. Item count is %d"
                            .formatted(WEIGHTS, OTHER_VERSIONS_MAX, weights.size()));
        }
        return Optional.of(weights);
    }

    private static String version(String text) throws FunctionRefused {
        if (!VERSION.matcher(text).matches()) {
            throw FunctionRefused.invalid(
                    "The key '%s' of %s must be the number of a version.".formatted(text, WEIGHTS));
        }
        return text;
    }

    private static double weight(Object value) throws FunctionRefused {
        if (value instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw FunctionRefused.invalid(
                "A weight in %s must be a number from 0 to 1, not %s.".formatted(WEIGHTS, value));
    }

    Answer get(Call call) throws FunctionRefused {
        return Answer.ok(document(
                call.function(), functions.alias(call.function(), call.names().get(1))));
    }

    Answer delete(Call call) throws FunctionRefused, InterruptedException {
        functions.deleteAlias(call.function(), call.names().get(1));
        return Answer.empty();
    }

    Answer list(Call call) throws FunctionRefused {
        Function function = functions.find(call.function()).function();
        Optional<String> version = call.queried("FunctionVersion");
        List<FunctionAlias> all = new TreeMap<>(function.aliases())
                .values().stream()
                        .filter(alias -> version.filter(
                                        one -> !one.equals(alias.settings().version()))
                                .isEmpty())
                        .toList();
        int from = Math.min(Paging.start(call), all.size());
        int to = Math.min(from + Paging.max(call, PAGE_MAX, LIMIT_MAX), all.size());
        FunctionName name = call.function();
        var answer = new Members()
                .withList("Aliases", all.subList(from, to), alias -> document(name, alias));
        if (to < all.size()) {
            answer.with("NextMarker", Integer.toString(to));
        }
        return Answer.ok(answer);
    }

    private Members document(FunctionName function, FunctionAlias alias) {
        AliasSettings settings = alias.settings();
        var shown = new Members()
                .with("AliasArn", functions.arn(function.name(), Optional.of(alias.name())))
                .with("Name", alias.name())
                .with("FunctionVersion", settings.version())
                .with("Description", settings.description());
        if (!settings.weights().isEmpty()) {
            shown.with(ROUTING, Map.of(WEIGHTS, settings.weights()));
        }
        return shown.with("RevisionId", alias.revisionId());
    }
}
