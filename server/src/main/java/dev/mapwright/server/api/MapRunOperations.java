package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.MapRuns;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.Page;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Optional;

/// Operations on Map Runs.
final class MapRunOperations {
    private static final MapRuns.Update NOTHING =
            new MapRuns.Update(Optional.empty(), Optional.empty(), Optional.empty());

    private final MapRuns mapRuns;
    private final Executions executions;

    MapRunOperations(MapRuns mapRuns, Executions executions) {
        this.mapRuns = mapRuns;
        this.executions = executions;
    }

    Members list(Parameters in) throws Refused {
        String arn = in.requiredArn("executionArn");
        Paging paging = Paging.read(in);
        in.check();
        Arn.ofStandardExecution(arn);
        if (executions.find(arn).isEmpty()) {
            throw ExecutionOperations.missing(arn);
        }
        String listing = "map runs " + arn;
        Page<MapRunRecord> page = mapRuns.list(arn, paging.limit(), paging.position(listing));
        return new Members()
                .withList("mapRuns", page.items(), run -> new Members()
                        .with("executionArn", run.executionArn())
                        .with("mapRunArn", run.arn())
                        .with("stateMachineArn", run.machineArn())
                        .withTime("startDate", run.startedAt())
                        .withTime("stopDate", run.endedAt()))
                .with("nextToken", PageToken.seal(listing, page.nextToken()));
    }

    Members describe(Parameters in) throws Refused {
        String arn = in.required("mapRunArn", Parameters.LONG_ARN_CHARS_MAX);
        in.check();
        MapRunRecord run = find(arn);
        var settings = run.settings();
        return new Members()
                .with("mapRunArn", run.arn())
                .with("executionArn", run.executionArn())
                .with("status", run.status().name())
                .withTime("startDate", run.startedAt())
                .withTime("stopDate", run.endedAt())
                .with("maxConcurrency", settings.maxConcurrency())
                .with("toleratedFailureCount", settings.toleratedFailureCount().orElse(0L))
                .with(
                        "toleratedFailurePercentage",
                        settings.toleratedFailurePercentage().orElse(0.0))
                .with("itemCounts", counts(run.items()))
                .with("executionCounts", counts(run.executions()))
                .with("redriveCount", run.redriveCount())
                .withTime("redriveDate", run.redriven().map(Execution.Redriven::at));
    }

    Members update(Parameters in) throws Refused, InterruptedException {
        String arn = in.required("mapRunArn", Parameters.LONG_ARN_CHARS_MAX);
        var update = new MapRuns.Update(
                in.number("maxConcurrency", 0, Integer.MAX_VALUE).map(Long::intValue),
                in.number("toleratedFailureCount", 0, Long.MAX_VALUE),
                in.fraction("toleratedFailurePercentage", 0, 100));
        in.check();
        String found = find(arn).arn();
        if (update.equals(NOTHING)) {
            throw new Refused(
                    "ValidationException",
                    "Either maxConcurrency, toleratedFailureCount or toleratedFailurePercentage"
                            + " must be specified",
                    Optional.of("MISSING_REQUIRED_PARAMETER"));
        }
        mapRuns.update(found, update);
        return new Members();
    }

    private static Members counts(Counts counts) {
        return new Members()
                .with("pending", counts.pending())
                .with("running", counts.running())
                .with("succeeded", counts.succeeded())
                .with("failed", counts.failed())
                .with("timedOut", counts.timedOut())
                .with("aborted", counts.aborted())
                .with("total", counts.total())
                .with("resultsWritten", counts.resultsWritten())
                .with("failuresNotRedrivable", counts.failuresNotRedrivable())
                .with("pendingRedrive", counts.pendingRedrive());
    }

    private MapRunRecord find(String arn) throws Refused {
        return mapRuns.find(Arn.ofMapRun(arn).text()).orElseThrow(() -> missing(arn));
    }

    static Refused missing(String arn) {
        return new Refused("ResourceNotFound", "Resource not found: '%s'".formatted(arn));
    }
}
