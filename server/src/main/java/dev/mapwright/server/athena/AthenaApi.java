package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.Queries;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.http.Handler;

import java.time.InstantSource;
import java.util.Map;

/// Athena over AWS JSON: all its operations here.
public final class AthenaApi {
    private static final int REQUEST_BYTES_MAX = 2 * 1024 * 1024;

    private static final JsonService SERVICE = new JsonService(
            "Athena",
            "AmazonAthena",
            JsonService.Version.JSON_1_1,
            REQUEST_BYTES_MAX,
            "InvalidRequestException");

    private AthenaApi() {}

    public static Handler handler(Queries queries, Place place, InstantSource clock) {
        var executions = new QueryOperations(queries, clock);
        var workGroups = new WorkGroupOperations(queries.workGroups(), place, clock);
        var catalog = new CatalogOperations(queries.catalog());
        return new JsonHandler(
                SERVICE,
                Map.<String, Operation>ofEntries(
                        Map.entry("GetDataCatalog", catalog::catalog),
                        Map.entry("GetDatabase", catalog::database),
                        Map.entry("GetTableMetadata", catalog::table),
                        Map.entry("ListDataCatalogs", catalog::catalogs),
                        Map.entry("ListDatabases", catalog::databases),
                        Map.entry("ListTableMetadata", catalog::tables),
                        Map.entry("ListTagsForResource", workGroups::tags),
                        Map.entry("TagResource", workGroups::tag),
                        Map.entry("UntagResource", workGroups::untag),
                        Map.entry("BatchGetQueryExecution", executions::describeAll),
                        Map.entry("CreateWorkGroup", workGroups::create),
                        Map.entry("DeleteWorkGroup", workGroups::delete),
                        Map.entry("GetQueryExecution", executions::describe),
                        Map.entry("GetQueryResults", executions::results),
                        Map.entry("GetWorkGroup", workGroups::describe),
                        Map.entry("ListQueryExecutions", executions::list),
                        Map.entry("ListWorkGroups", workGroups::list),
                        Map.entry("StartQueryExecution", executions::start),
                        Map.entry("StopQueryExecution", executions::stop),
                        Map.entry("UpdateWorkGroup", workGroups::update)));
    }
}
