package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.FunctionAdministration.Found;
import dev.mapwright.adapters.functions.FunctionAdministration.Publication;
import dev.mapwright.adapters.functions.FunctionName;
import dev.mapwright.adapters.functions.FunctionVersion;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Functions: made, changed, shown, listed and deleted.
final class FunctionOperations {
    /// A zip file of 50 MiB in base64.
    private static final int BODY_BYTES_MAX = 70_167_211;

    private static final int NAME_CHARS_MAX = 140;
    private static final int PAGE_MAX = 50;
    private static final int LIMIT_MAX = 10_000;
    private static final Set<String> CODE_MEMBERS = Set.of(
            "FunctionName",
            "ZipFile",
            "S3Bucket",
            "S3Key",
            "S3ObjectVersion",
            "ImageUri",
            "Publish",
            "DryRun",
            "RevisionId",
            "Architectures");

    private final FunctionAdministration functions;
    private final Documents documents;
    private final CodeSource sources;

    FunctionOperations(FunctionAdministration functions, Documents documents, CodeSource sources) {
        this.functions = functions;
        this.documents = documents;
        this.sources = sources;
    }

    Answer create(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Call.Body body = call.body(BODY_BYTES_MAX);
        Parameters parameters = body.parameters();
        SettingsReader.refuseUnsupported(body.members(), SettingsReader.OF_CREATION);
        String name = parameters.required("FunctionName", NAME_CHARS_MAX);
        var settings = SettingsReader.created(body);
        Publication publication = publication(parameters);
        Map<String, String> tags = SettingsReader.texts(body.members(), "Tags");
        parameters.requirePresence("Code");
        parameters.check();
        Parameters code = parameters.object("Code").orElseThrow();
        Function made = functions.create(
                FunctionName.of(name, Optional.empty()),
                settings,
                sources.zip(code),
                tags,
                publication);
        FunctionVersion shown =
                publication == Publication.AT_ONCE ? made.published().getLast() : made.latest();
        return Answer.created(documents.configuration(made, shown));
    }

    Answer get(Call call) throws FunctionRefused {
        return Answer.ok(documents.function(functions.find(call.function())));
    }

    Answer configuration(Call call) throws FunctionRefused {
        Found found = functions.find(call.function());
        return Answer.ok(documents.configuration(found.function(), found.version()));
    }

    /// None: signatures of code are not looked at. Terraform asks for each function.
    Answer codeSigning(Call call) throws FunctionRefused {
        Found found = functions.find(call.function());
        return Answer.ok(new Members()
                .with("FunctionName", found.function().name())
                .with("CodeSigningConfigArn", ""));
    }

    Answer list(Call call) throws FunctionRefused {
        int max = Paging.max(call, PAGE_MAX, LIMIT_MAX);
        List<Function> found = functions.list(call.queried("Marker"), max + 1);
        List<Members> shown = new ArrayList<>();
        for (Function function : found.subList(0, Math.min(max, found.size()))) {
            if (call.queried("FunctionVersion").filter("ALL"::equals).isPresent()) {
                function.versions()
                        .forEach(each -> shown.add(documents.configuration(function, each)));
            } else {
                shown.add(documents.configuration(function, function.latest()));
            }
        }
        var answer = new Members().withList("Functions", shown, each -> each);
        if (found.size() > max) {
            answer.with("NextMarker", found.get(max - 1).name());
        }
        return Answer.ok(answer);
    }

    Answer delete(Call call) throws FunctionRefused, InterruptedException {
        functions.delete(call.function());
        return Answer.empty();
    }

    Answer updateCode(Call call)
            throws FunctionRefused, Refused, IOException, InterruptedException {
        Call.Body body = call.body(BODY_BYTES_MAX);
        Parameters parameters = body.parameters();
        SettingsReader.refuseUnsupported(body.members(), CODE_MEMBERS);
        Publication publication = publication(parameters);
        Optional<String> revisionId = parameters.text("RevisionId", NAME_CHARS_MAX);
        boolean dry = parameters.flag("DryRun").orElse(false);
        byte[] zip = sources.zip(parameters);
        if (dry) {
            Found found = functions.find(call.function());
            return Answer.ok(documents.configuration(found.function(), found.version()));
        }
        Function changed = functions.updateCode(call.function(), zip, revisionId, publication);
        FunctionVersion shown = publication == Publication.AT_ONCE
                ? changed.published().getLast()
                : changed.latest();
        return Answer.ok(documents.configuration(changed, shown));
    }

    Answer updateConfiguration(Call call)
            throws FunctionRefused, Refused, IOException, InterruptedException {
        Call.Body body = call.body(BODY_BYTES_MAX);
        SettingsReader.refuseUnsupported(body.members(), SettingsReader.OF_UPDATE);
        Optional<String> revisionId = body.parameters().text("RevisionId", NAME_CHARS_MAX);
        var changes = SettingsReader.changes(body);
        body.parameters().check();
        Function changed = functions.updateSettings(call.function(), changes, revisionId);
        return Answer.ok(documents.configuration(changed, changed.latest()));
    }

    private static Publication publication(Parameters parameters) throws Refused {
        return parameters.flag("Publish").orElse(false) ? Publication.AT_ONCE : Publication.NONE;
    }
}
