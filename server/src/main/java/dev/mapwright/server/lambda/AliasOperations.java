package dev.mapwright.server.lambda;

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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Aliases. Each stands for one version; traffic is not divided.
final class AliasOperations {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int TEXT_CHARS_MAX = 256;
    private static final int NAME_CHARS_MAX = 128;
    private static final int VERSION_CHARS_MAX = 1024;
    private static final int PAGE_MAX = 50;
    private static final int LIMIT_MAX = 10_000;
    private static final Pattern NAME = Pattern.compile("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    private static final Set<String> MEMBERS =
            Set.of("Name", "FunctionVersion", "Description", "RevisionId");

    private final FunctionAdministration functions;

    AliasOperations(FunctionAdministration functions) {
        this.functions = functions;
    }

    Answer create(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Parameters parameters = parameters(call);
        String alias = parameters.required("Name", NAME_CHARS_MAX, NAME);
        String version = parameters.required("FunctionVersion", VERSION_CHARS_MAX);
        Optional<String> description = parameters.text("Description", 0, TEXT_CHARS_MAX);
        parameters.check();
        return Answer.created(document(
                call.function(),
                functions.createAlias(call.function(), alias, version, description.orElse(""))));
    }

    Answer update(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Parameters parameters = parameters(call);
        Optional<String> version = parameters.text("FunctionVersion", VERSION_CHARS_MAX);
        Optional<String> description = parameters.text("Description", 0, TEXT_CHARS_MAX);
        Optional<String> revisionId = parameters.text("RevisionId", TEXT_CHARS_MAX);
        parameters.check();
        return Answer.ok(document(
                call.function(),
                functions.updateAlias(
                        call.function(), call.names().get(1), version, description, revisionId)));
    }

    private static Parameters parameters(Call call) throws FunctionRefused, Refused, IOException {
        Call.Body body = call.body(BODY_BYTES_MAX);
        SettingsReader.refuseUnsupported(body.members(), MEMBERS);
        return body.parameters();
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
                        .filter(alias -> version.filter(one -> !one.equals(alias.version()))
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
        return new Members()
                .with("AliasArn", functions.arn(function.name(), Optional.of(alias.name())))
                .with("Name", alias.name())
                .with("FunctionVersion", alias.version())
                .with("Description", alias.description())
                .with("RevisionId", alias.revisionId());
    }
}
