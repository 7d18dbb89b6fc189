package dev.mapwright.server.query;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Answers `Action=<Operation>` with what a service's operations return, or why they refuse.
///
/// @param shapes of the lists and maps in its answers
public record QueryHandler(
        XmlAnswer xml, XmlAnswer.Shapes shapes, Supplier<UUID> requestIds, Operations operations)
        implements Handler {
    /// The operations of one service.
    @FunctionalInterface
    public interface Operations {
        /// @return the answer's members
        /// @throws RefusedRequest with the service's name for the error; `InvalidAction` for an
        ///     operation that isn't supported
        Map<String, Object> call(Form form, Request request) throws InterruptedException;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        String requestId = requestIds.get().toString();
        response.header("Content-Type", "text/xml").header("x-amzn-RequestId", requestId);
        byte[] answer;
        try {
            Form form = Form.of(request);
            answer = xml.success(form.action(), operations.call(form, request), requestId, shapes);
        } catch (RefusedRequest refused) {
            response.status(refused.status());
            answer = xml.error(refused.code(), refused.getMessage(), requestId);
        }
        response.send(answer);
    }
}
