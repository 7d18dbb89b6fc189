package dev.mapwright.server.sts;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;
import dev.mapwright.server.query.QueryHandler;
import dev.mapwright.server.query.XmlAnswer;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Answers GetCallerIdentity, which scripts make their ARNs of and Terraform begins with: whoever
/// asks is the account's root, since nobody is known here. There are no roles, and so nothing else.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
public final class StsHandler implements Handler {
    private static final XmlAnswer XML = new XmlAnswer("https://sts.amazonaws.com/doc/2011-06-15/");

    private final String account;
    private final QueryHandler queries;

    public StsHandler(String account, Supplier<UUID> requestIds) {
        this.account = account;
        this.queries = new QueryHandler(
                XML, StsHandler::write, requestIds, (form, _) -> answer(form.action()));
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        queries.handle(request, response);
    }

    private Map<String, Object> answer(String action) {
        if (!action.equals("GetCallerIdentity")) {
            throw new RefusedRequest(
                    "InvalidAction",
                    "The operation '%s' is not supported by Mapwright's STS: there are no roles and sessions here, and any access key is taken."
                            .formatted(action));
        }
        return Map.of(
                "Account",
                account,
                "Arn",
                "arn:aws:iam::%s:root".formatted(account),
                "UserId",
                account);
    }

    private static void write(XmlAnswer.Element parent, String name, Object value) {
        throw new IllegalStateException("neither a list nor a map was to be written: " + name);
    }
}
