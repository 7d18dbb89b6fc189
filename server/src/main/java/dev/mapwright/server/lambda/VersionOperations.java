package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.FunctionVersion;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Versions: published and listed.
final class VersionOperations {
    private static final int TEXT_CHARS_MAX = 256;
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int PAGE_MAX = 50;
    private static final int LIMIT_MAX = 10_000;

    private final FunctionAdministration functions;
    private final Documents documents;

    VersionOperations(FunctionAdministration functions, Documents documents) {
        this.functions = functions;
        this.documents = documents;
    }

    Answer publish(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Parameters parameters = call.body(BODY_BYTES_MAX).parameters();
        Optional<String> description = parameters.text("Description", 0, TEXT_CHARS_MAX);
        Optional<String> revisionId = parameters.text("RevisionId", TEXT_CHARS_MAX);
        Optional<String> sha256 = parameters.text("CodeSha256", TEXT_CHARS_MAX);
        parameters.check();
        Function before = functions.find(call.function()).function();
        Object actual = documents.configuration(before, before.latest()).tree().get("CodeSha256");
        if (sha256.filter(wanted -> !wanted.equals(actual)).isPresent()) {
            throw FunctionRefused.invalid(
                    "CodeSHA256 (%s) is different from current CodeSHA256 in $LATEST (%s). Please try again with the "
                                    .formatted(sha256.get(), actual)
                            + "CodeSHA256 in $LATEST.");
        }
        FunctionVersion version = functions.publish(call.function(), description, revisionId);
        return Answer.created(
                documents.configuration(functions.find(call.function()).function(), version));
    }

    /// The marker is how many were listed before.
    Answer list(Call call) throws FunctionRefused {
        Function function = functions.find(call.function()).function();
        int max = Paging.max(call, PAGE_MAX, LIMIT_MAX);
        List<FunctionVersion> all = function.versions().toList();
        int from = Math.min(Paging.start(call), all.size());
        int to = Math.min(from + max, all.size());
        var answer = new Members()
                .withList(
                        "Versions",
                        all.subList(from, to),
                        version -> documents.configuration(function, version));
        if (to < all.size()) {
            answer.with("NextMarker", Integer.toString(to));
        }
        return Answer.ok(answer);
    }
}
