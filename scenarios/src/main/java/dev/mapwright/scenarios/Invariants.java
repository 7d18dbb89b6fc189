package dev.mapwright.scenarios;

import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

import java.util.List;
import java.util.Set;

/// What has to hold after every run, whatever it did.
record Invariants(Stage stage, Report report) {
    /// A run that has ended, however it ended.
    ///
    /// @param items of the input, after MaxItems
    void hold(DescribeMapRunResponse run, long items) {
        MapRunItemCounts counts = run.itemCounts();
        report.equal("items of the map run", items, counts.total());
        report.equal("items accounted for", counts.total(), accounted(counts));
        report.equal("items still running", 0L, counts.running());
        MapRunExecutionCounts children = run.executionCounts();
        report.equal("children accounted for", children.total(), accounted(children));
        if (run.status() == MapRunStatus.SUCCEEDED) {
            report.equal("items pending after success", 0L, counts.pending());
        }
        historyHolds(run);
    }

    /// What has to hold at every moment.
    static boolean isBalanced(DescribeMapRunResponse run) {
        return run.itemCounts().total() == accounted(run.itemCounts())
                && run.executionCounts().total() == accounted(run.executionCounts());
    }

    private static long accounted(MapRunItemCounts counts) {
        return counts.pending()
                + counts.running()
                + counts.succeeded()
                + counts.failed()
                + counts.timedOut()
                + counts.aborted();
    }

    private static long accounted(MapRunExecutionCounts counts) {
        return counts.pending()
                + counts.running()
                + counts.succeeded()
                + counts.failed()
                + counts.timedOut()
                + counts.aborted();
    }

    /// The execution's history has the run's start, and an end of the kind that the run had.
    private void historyHolds(DescribeMapRunResponse run) {
        List<HistoryEvent> events = stage
                .states()
                .getExecutionHistoryPaginator(request ->
                        request.executionArn(run.executionArn()).includeExecutionData(false))
                .events()
                .stream()
                .toList();
        long starts = events.stream()
                .filter(event -> event.type() == HistoryEventType.MAP_RUN_STARTED)
                .filter(event ->
                        event.mapRunStartedEventDetails().mapRunArn().equals(run.mapRunArn()))
                .count();
        report.equal("MapRunStarted events of the run", 1L, starts);
        Set<HistoryEventType> ends =
                switch (run.status()) {
                    case SUCCEEDED -> Set.of(HistoryEventType.MAP_RUN_SUCCEEDED);
                    case FAILED -> Set.of(HistoryEventType.MAP_RUN_FAILED);
                    default ->
                        Set.of(
                                HistoryEventType.MAP_RUN_ABORTED,
                                HistoryEventType.EXECUTION_ABORTED);
                };
        report.holds(
                "the history ends the run as " + run.statusAsString(),
                events.stream().anyMatch(event -> ends.contains(event.type())),
                ends);
    }

    /// A run whose results were exported, with what the Map state gave.
    ///
    /// @return the exported files
    ResultFiles exported(DescribeMapRunResponse run, Ended ended, String prefix) {
        var files = ResultFiles.of(stage, ended.outputMembers());
        String uuid = run.mapRunArn().substring(run.mapRunArn().lastIndexOf(':') + 1);
        String expected = (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
                + uuid
                + (run.redriveCount() == 0 ? "" : "/Redrive-" + run.redriveCount())
                + "/manifest.json";
        report.equal("key of the manifest", expected, files.key());
        report.equal(
                "MapRunArn of the manifest", run.mapRunArn(), files.manifest().get("MapRunArn"));
        return files;
    }
}
