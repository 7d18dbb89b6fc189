package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// An execution whose events hold 250 KB each: no page of its history, and no restart, takes the
/// memory of all of them.
class LargeHistoriesTest {
    private static final String DEFINITION = """
            {"QueryLanguage": "JSONata", "StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Next": "Enough",
                "Output": "{% $merge([$states.input, {'n': $states.input.n + 1}]) %}"},
              "Enough": {"Type": "Choice", "Default": "Rest", "Choices": [
                {"Condition": "{% $states.input.n < 60 %}", "Next": "Count"}]},
              "Rest": {"Type": "Wait", "Seconds": 3600, "End": true}}}""";

    /// The start, two states sixty times, and the last one's beginning.
    private static final int EVENTS = 1 + 60 * 4 + 1;

    /// That make four megabytes.
    private static final int EVENTS_A_PAGE_MAX = 17;

    @TempDir
    Path folder;

    @Test
    void areReadInSmallPagesAndGoOnAfterAKill() throws Exception {
        String execution;
        try (var served = Served.on(folder);
                var services = new ServiceClient(served.endpoint())) {
            var preparation = new Preparation(services);
            String machine = preparation.machine("large", DEFINITION);
            String input = "{\"n\": 0, \"text\": \"%s\"}".formatted("x".repeat(250_000));
            execution = services.states(
                            "StartExecution", Map.of("stateMachineArn", machine, "input", input))
                    .text("executionArn");
            while (ids(services, execution, Map.of("includeExecutionData", false))
                            .size()
                    < EVENTS) {
                Thread.sleep(100);
            }
            List<Long> all = LongStream.rangeClosed(1, EVENTS).boxed().toList();
            assertEquals(all, ids(services, execution, Map.of()));
            assertEquals(all.reversed(), ids(services, execution, Map.of("reverseOrder", true)));
            served.kill();
        }
        try (var served = Served.on(folder);
                var services = new ServiceClient(served.endpoint())) {
            services.states("StopExecution", Map.of("executionArn", execution));
            assertEquals(
                    "ABORTED", new Preparation(services).awaitEnd(execution).text("status"));
        }
    }

    /// Of all events, page by page.
    private static List<Long> ids(ServiceClient services, String execution, Map<String, Object> how)
            throws Exception {
        var ids = new ArrayList<Long>();
        var request = new HashMap<>(how);
        request.put("executionArn", execution);
        request.put("maxResults", 1_000);
        while (true) {
            Answer page = services.states("GetExecutionHistory", request);
            List<Answer> events = page.objects("events");
            assertTrue(events.size() <= EVENTS_A_PAGE_MAX, events.size() + " events on a page");
            events.forEach(event -> ids.add(event.number("id")));
            Optional<String> next = page.findText("nextToken");
            if (next.isEmpty()) {
                return ids;
            }
            request.put("nextToken", next.get());
        }
    }
}
