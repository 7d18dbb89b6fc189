package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Statements of functions' resource policies: kept and shown, for clients that set them. Nothing
/// is forbidden here, so they allow nothing.
final class PolicyOperations {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int TEXT_CHARS_MAX = 256;
    private static final int ID_CHARS_MAX = 100;

    private final FunctionAdministration functions;

    PolicyOperations(FunctionAdministration functions) {
        this.functions = functions;
    }

    Answer add(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Parameters parameters = call.body(BODY_BYTES_MAX).parameters();
        String id = parameters.required("StatementId", ID_CHARS_MAX);
        String action = parameters.required("Action", TEXT_CHARS_MAX);
        String principal = parameters.required("Principal", TEXT_CHARS_MAX);
        Optional<String> sourceArn = parameters.text("SourceArn", TEXT_CHARS_MAX);
        Optional<String> sourceAccount = parameters.text("SourceAccount", TEXT_CHARS_MAX);
        parameters.check();
        var condition = new LinkedHashMap<String, Object>();
        sourceAccount.ifPresent(
                account -> condition.put("StringEquals", Map.of("AWS:SourceAccount", account)));
        sourceArn.ifPresent(arn -> condition.put("ArnLike", Map.of("AWS:SourceArn", arn)));
        var statement = new Members()
                .with("Sid", id)
                .with("Effect", "Allow")
                .with("Principal", shown(principal))
                .with("Action", action)
                .with(
                        "Resource",
                        functions.arn(call.function().name(), call.function().qualifier()));
        if (!condition.isEmpty()) {
            statement.with("Condition", condition);
        }
        String text = statement.json().text();
        functions.addStatement(call.function(), id, text);
        return Answer.created(new Members().with("Statement", text));
    }

    private static Object shown(String principal) {
        if (principal.equals("*")) {
            return principal;
        }
        return Map.of(principal.endsWith(".amazonaws.com") ? "Service" : "AWS", principal);
    }

    Answer get(Call call) throws FunctionRefused {
        Function function = functions.find(call.function()).function();
        if (function.statements().isEmpty()) {
            throw new FunctionRefused(
                    Code.RESOURCE_NOT_FOUND, "The resource you requested does not exist.");
        }
        var policy = new Members()
                .with("Version", "2012-10-17")
                .with("Id", "default")
                .with(
                        "Statement",
                        new TreeMap<>(function.statements())
                                .values().stream()
                                        .map(text -> Json.ofText(text).value())
                                        .toList());
        return Answer.ok(new Members()
                .with("Policy", policy.json().text())
                .with("RevisionId", function.latest().revisionId()));
    }

    Answer remove(Call call) throws FunctionRefused, InterruptedException {
        functions.removeStatement(call.function(), call.names().get(1));
        return Answer.empty();
    }
}
