package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A run is held to a pace, paused, and resumed after a restart, as a user types it.
class RunsCommandTest {
    private static final String DEFINITION = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "slow", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
              "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}""";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void aRunIsLimitedPausedAndResumed() throws Exception {
        Path config = folder.resolve("mapwright.properties");
        Files.writeString(
                config, "dispatch.slow.perSecond = 0.0001\ndispatch.slow.rampUpSeconds = 5\n");
        String execution;
        String run;
        try (var served = Served.on(folder.resolve("data"), "--config", config.toString());
                var services = new ServiceClient(served.endpoint())) {
            var preparation = new Preparation(services);
            execution = preparation.start(
                    preparation.machine("m", DEFINITION), Json.ofText("[1, 2, 3]"));
            run = mapRun(services, execution);
            Answer shown = shown(served.endpoint(), "show", run, "--json");
            assertEquals("RUNNING", shown.text("state"));
            assertEquals(0.0001, shown.findReal("perSecond").orElseThrow());
            assertEquals(5, shown.findReal("rampUpSeconds").orElseThrow());
            assertEquals(
                    "PAUSED", shown(served.endpoint(), "pause", run, "--json").text("state"));
            shown(served.endpoint(), "limit", run, "--per-second", "1000", "--json");
            assertTrue(
                    said(served.endpoint(), "list").startsWith(run + "  PAUSED, at most 1000/s"),
                    said(served.endpoint(), "list"));
        }
        try (var served = Served.on(folder.resolve("data"), "--config", config.toString());
                var services = new ServiceClient(served.endpoint())) {
            Answer shown = shown(served.endpoint(), "show", run, "--json");
            assertEquals("PAUSED", shown.text("state"));
            assertEquals(1000, shown.findReal("perSecond").orElseThrow());
            assertEquals(0, shown.object("items").number("succeeded"));
            assertEquals(
                    "RUNNING",
                    services.states("DescribeMapRun", Map.of("mapRunArn", run)).text("status"));
            shown(served.endpoint(), "resume", run, "--json");
            new Preparation(services).awaitEnd(execution);
            assertTrue(said(served.endpoint(), "show", run).startsWith(run + "  SUCCEEDED\n"));
            assertEquals("No Map Run is open.", said(served.endpoint(), "list"));
            assertEquals(
                    "mapwright: ValidationException: Map Run is not in a running state: '%s'"
                            .formatted(run),
                    said(served.endpoint(), "pause", run));
        }
    }

    private static String mapRun(ServiceClient services, String execution)
            throws CallFailed, InterruptedException {
        while (true) {
            Thread.sleep(LOOK_AGAIN);
            List<Answer> runs = services.own("map-runs").objects("mapRuns");
            if (!runs.isEmpty() && runs.getFirst().findReal("perSecond").isPresent()) {
                assertEquals(execution, runs.getFirst().text("executionArn"));
                return runs.getFirst().text("mapRunArn");
            }
        }
    }

    private static Answer shown(URI endpoint, String... arguments) throws Exception {
        String said = said(endpoint, arguments);
        return Answer.of(Json.parse(said));
    }

    private static String said(URI endpoint, String... arguments) throws Exception {
        var all = new ArrayList<String>(List.of("runs"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--endpoint", endpoint.toString()));
        return Ended.of(Served.process(all.toArray(String[]::new))).output().strip();
    }
}
