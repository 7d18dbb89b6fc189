package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.Queries;
import dev.mapwright.adapters.sql.Queries.Submission;
import dev.mapwright.adapters.sql.QueryExecution;
import dev.mapwright.adapters.sql.ResultPage;
import dev.mapwright.adapters.sql.WorkGroup;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Operations on queries.
final class QueryOperations {
    private static final int ID_CHARS_MAX = 128;
    private static final int NAME_CHARS_MAX = 255;
    private static final int LOCATION_CHARS_MAX = 1_024;
    private static final int PARAMETER_CHARS_MAX = 1_024;
    private static final int ROWS_MAX = 1_000;
    private static final int IDS_MAX = 50;

    private final Queries queries;
    private final InstantSource clock;

    QueryOperations(Queries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    Members start(Parameters in) throws Refused, InterruptedException {
        String query = in.required("QueryString", Queries.QUERY_BYTES_MAX);
        Optional<Parameters> context = in.object("QueryExecutionContext");
        Optional<String> database = Optional.empty();
        if (context.isPresent()) {
            database = context.get().text("Database", NAME_CHARS_MAX);
            CatalogOperations.requireOurs(context.get().text("Catalog", NAME_CHARS_MAX));
        }
        Optional<Parameters> result = in.object("ResultConfiguration");
        Optional<String> output = Optional.empty();
        if (result.isPresent()) {
            output = result.get()
                    .text("OutputLocation", 0, LOCATION_CHARS_MAX)
                    .filter(uri -> !uri.isEmpty());
            Encryption.refuse(result.get());
        }
        var submission = new Submission(
                query,
                in.text("WorkGroup", ID_CHARS_MAX).orElse(WorkGroup.PRIMARY),
                database,
                output,
                in.texts("ExecutionParameters", 1, PARAMETER_CHARS_MAX).orElse(List.of()),
                in.text("ClientRequestToken", ID_CHARS_MAX));
        in.check();
        return new Members().with("QueryExecutionId", queries.start(submission));
    }

    Members stop(Parameters in) throws Refused, InterruptedException {
        String id = in.required("QueryExecutionId", ID_CHARS_MAX);
        in.check();
        queries.stop(id);
        return new Members();
    }

    Members describe(Parameters in) throws Refused {
        String id = in.required("QueryExecutionId", ID_CHARS_MAX);
        in.check();
        return new Members().with("QueryExecution", shown(queries.get(id)));
    }

    Members describeAll(Parameters in) throws Refused {
        List<String> ids = in.texts("QueryExecutionIds", 1, ID_CHARS_MAX).orElse(List.of());
        in.requirePresence("QueryExecutionIds");
        in.check();
        if (ids.size() > IDS_MAX) {
            throw new Refused(
                    "InvalidRequestException",
                    "At most %d ids can be asked for at once".formatted(IDS_MAX));
        }
        var found = new ArrayList<QueryExecution>();
        var missing = new ArrayList<String>();
        for (String id : ids) {
            try {
                found.add(queries.get(id));
            } catch (Refused absent) {
                missing.add(id);
            }
        }
        return new Members()
                .withList("QueryExecutions", found, this::shown)
                .withList("UnprocessedQueryExecutionIds", missing, id -> new Members()
                        .with("QueryExecutionId", id)
                        .with("ErrorCode", "INVALID_INPUT")
                        .with("ErrorMessage", "QueryExecution %s was not found".formatted(id)));
    }

    Members list(Parameters in) throws Refused {
        String workGroup = in.text("WorkGroup", ID_CHARS_MAX).orElse(WorkGroup.PRIMARY);
        int max = in.number("MaxResults", 0, IDS_MAX).orElse((long) IDS_MAX).intValue();
        Optional<String> token = in.text("NextToken", PageToken.CHARS_MAX);
        in.check();
        Queries.Ids page =
                queries.list(workGroup, PageToken.opened(token), max == 0 ? IDS_MAX : max);
        return new Members()
                .with("QueryExecutionIds", page.ids())
                .with("NextToken", page.next().map(PageToken::of));
    }

    Members results(Parameters in) throws Refused, InterruptedException {
        String id = in.required("QueryExecutionId", ID_CHARS_MAX);
        int max = in.number("MaxResults", 1, ROWS_MAX).orElse((long) ROWS_MAX).intValue();
        Optional<String> token = in.text("NextToken", PageToken.CHARS_MAX);
        in.check();
        QueryExecution execution = queries.get(id);
        ResultPage page = queries.results(execution, position(token), max);
        var metadata = new Members()
                .withList("ColumnInfo", execution.progress().brought().columns(), Columns::shown);
        var set = new Members()
                .withList("Rows", page.rows(), QueryOperations::row)
                .with("ResultSetMetadata", metadata);
        return new Members()
                .with("UpdateCount", execution.progress().brought().writtenRows())
                .with("ResultSet", set)
                .with("NextToken", page.next().map(next -> PageToken.of(Long.toString(next))));
    }

    private static Members row(List<Optional<String>> values) {
        return new Members()
                .withList("Data", values, value -> new Members().with("VarCharValue", value));
    }

    private Members shown(QueryExecution execution) {
        return Executions.shown(execution, clock.instant());
    }

    private static long position(Optional<String> token) throws Refused {
        try {
            return Long.parseLong(PageToken.opened(token).orElse("0"));
        } catch (NumberFormatException notOurs) {
            throw PageToken.invalid();
        }
    }
}
