package dev.mapwright.server.control;

import dev.mapwright.engine.execution.MapRuns.Live;
import dev.mapwright.engine.maprun.Dispatching;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A map run as the control interface shows it: `mapRunArn`, `executionArn`, `mapState`, `status`,
/// `state` (`RUNNING`, `PAUSED`, `WAITING`, `ENDED`), `startDate`, `stopDate`, `maxConcurrency`,
/// `perSecond`, `rampUpSeconds`, and counts of items and of children.
final class ShownRun {
    private static final double MILLIS = 1_000;

    private ShownRun() {}

    static Map<String, Object> of(Live live) {
        String state =
                switch (live.turn()) {
                    case WAITING -> "WAITING";
                    case AT_WORK ->
                        live.dispatching().state() == Dispatching.State.PAUSED
                                ? "PAUSED"
                                : "RUNNING";
                };
        return members(live.run(), state, live.dispatching().pace());
    }

    static Map<String, Object> ended(MapRunRecord run) {
        return members(run, "ENDED", Optional.empty());
    }

    private static Map<String, Object> members(
            MapRunRecord run, String state, Optional<Pace> pace) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("mapRunArn", run.arn());
        shown.put("executionArn", run.executionArn());
        shown.put("mapState", run.mapState());
        shown.put("status", run.status().name());
        shown.put("state", state);
        shown.put("startDate", run.startedAt().toString());
        run.endedAt().ifPresent(at -> shown.put("stopDate", at.toString()));
        shown.put("maxConcurrency", run.settings().maxConcurrency());
        pace.ifPresent(limit -> {
            shown.put("perSecond", limit.perSecond());
            shown.put("rampUpSeconds", limit.rampUp().toMillis() / MILLIS);
        });
        shown.put("items", counts(run.items()));
        shown.put("executions", counts(run.executions()));
        return shown;
    }

    private static Map<String, Object> counts(Counts counts) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("total", counts.total());
        shown.put("pending", counts.pending());
        shown.put("running", counts.running());
        shown.put("succeeded", counts.succeeded());
        shown.put("failed", counts.failed());
        shown.put("timedOut", counts.timedOut());
        shown.put("aborted", counts.aborted());
        return shown;
    }
}
