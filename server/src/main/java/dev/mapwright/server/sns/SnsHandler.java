package dev.mapwright.server.sns;

import dev.mapwright.adapters.topics.Topics;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;
import dev.mapwright.server.query.QueryHandler;
import dev.mapwright.server.query.XmlAnswer;
import dev.mapwright.server.query.XmlAnswer.Element;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Answers `Action=<Operation>` with the built-in topics.
public final class SnsHandler implements Handler {
    private static final XmlAnswer XML = new XmlAnswer("http://sns.amazonaws.com/doc/2010-03-31/");

    private final QueryHandler queries;

    public SnsHandler(Topics topics, Supplier<UUID> requestIds, Origin origin) {
        this.queries = new QueryHandler(
                XML,
                SnsHandler::write,
                requestIds,
                (form, request) -> topics.call(form.action(), form.members(), origin.of(request)));
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        queries.handle(request, response);
    }

    /// Lists hold `member`s and maps `entry`s.
    private static void write(Element parent, String name, Object value) {
        parent.around(name, () -> {
            switch (value) {
                case List<?> list ->
                    list.forEach(each -> parent.object("member", (Map<?, ?>) each));
                case Map<?, ?> map ->
                    map.forEach((key, each) -> parent.around("entry", () -> {
                        parent.text("key", (String) key);
                        parent.text("value", (String) each);
                    }));
                default -> throw new IllegalStateException("neither list nor map: " + name);
            }
        });
    }
}
