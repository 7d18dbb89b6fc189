package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.QueryExecution;
import dev.mapwright.adapters.sql.QueryExecution.Progress;
import dev.mapwright.adapters.sql.QueryExecution.State;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.server.awsjson.Members;

import java.time.Instant;
import java.util.List;

/// Query executions as the API shows them.
final class Executions {
    private static final int CATEGORY_SYSTEM = 1;
    private static final int CATEGORY_USER = 2;

    private Executions() {}

    static Members shown(QueryExecution execution, Instant now) {
        var context = new Members()
                .with("Database", execution.database())
                .with("Catalog", "awsdatacatalog");
        var output = new Members().with("OutputLocation", execution.output().toString());
        var reuse = new Members()
                .with("ResultReuseByAgeConfiguration", new Members().with("Enabled", false));
        var version = new Members()
                .with("SelectedEngineVersion", "AUTO")
                .with("EffectiveEngineVersion", "Athena engine version 3");
        var shown = new Members()
                .with("QueryExecutionId", execution.id())
                .with("Query", execution.query())
                .with("StatementType", execution.kind().type())
                .with("SubstatementType", execution.kind().subtype())
                .with("ResultConfiguration", output)
                .with("ResultReuseConfiguration", reuse)
                .with("QueryExecutionContext", context)
                .with("Status", status(execution.progress()))
                .with("Statistics", statistics(execution.progress(), now))
                .with("WorkGroup", execution.workGroup())
                .with("EngineVersion", version);
        List<String> parameters = execution.parameters();
        return parameters.isEmpty() ? shown : shown.with("ExecutionParameters", parameters);
    }

    private static Members status(Progress progress) {
        var status = new Members()
                .with("State", progress.state().name())
                .with("StateChangeReason", progress.reason())
                .withTime("SubmissionDateTime", progress.submitted())
                .withTime("CompletionDateTime", progress.ended());
        return progress.state() == State.FAILED
                ? status.with("AthenaError", error(progress))
                : status;
    }

    private static Members error(Progress progress) {
        String reason = progress.reason().orElse("");
        boolean isOurs = reason.startsWith("GENERIC_INTERNAL_ERROR");
        return new Members()
                .with("ErrorCategory", isOurs ? CATEGORY_SYSTEM : CATEGORY_USER)
                .with("ErrorType", 0)
                .with("Retryable", isOurs)
                .with("ErrorMessage", reason);
    }

    private static Members statistics(Progress progress, Instant now) {
        long waited = progress.waited(now).toMillis();
        long worked = progress.worked(now).toMillis();
        return new Members()
                .with("EngineExecutionTimeInMillis", worked)
                .with("DataScannedInBytes", progress.brought().scannedBytes())
                .with("DataManifestLocation", progress.brought().manifest().map(Location::toString))
                .with("TotalExecutionTimeInMillis", waited + worked)
                .with("QueryQueueTimeInMillis", waited)
                .with("QueryPlanningTimeInMillis", 0)
                .with("ServicePreProcessingTimeInMillis", 0)
                .with("ServiceProcessingTimeInMillis", 0)
                .with("ResultReuseInformation", new Members().with("ReusedPreviousResult", false));
    }
}
