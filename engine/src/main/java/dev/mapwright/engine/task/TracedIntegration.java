package dev.mapwright.engine.task;

import dev.mapwright.asl.json.Json;

import java.util.Map;
import java.util.function.Consumer;

/// An integration whose requests and responses TestState can show.
public interface TracedIntegration extends TaskIntegration {
    /// @param trace takes the exchange, once it is over
    Json call(TaskRequest request, Consumer<Exchange> trace)
            throws TaskFailed, InterruptedException;

    @Override
    default Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        return call(request, _ -> {});
    }

    /// @param request the members of InspectionDataRequest, without secrets
    /// @param secretRequest the same with them
    /// @param response the members of InspectionDataResponse; none where there was no answer
    record Exchange(
            Map<String, String> request,
            Map<String, String> secretRequest,
            Map<String, String> response) {
        public Exchange {
            request = Map.copyOf(request);
            secretRequest = Map.copyOf(secretRequest);
            response = Map.copyOf(response);
        }
    }
}
