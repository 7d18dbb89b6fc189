package dev.mapwright.server.lambda;

import java.util.List;

/// What Lambda's API has and this server doesn't, to be refused by name.
record Unsupported(String operation, String method, String path) {
    private static final String EVENT_SOURCES = "/2015-03-31/event-source-mappings";
    private static final String URL = "/2021-10-31/functions/{}/url";
    private static final String PROVISIONED = "/2019-09-30/functions/{}/provisioned-concurrency";
    private static final String INVOKE_CONFIG = "/2019-09-25/functions/{}/event-invoke-config";
    private static final String LAYER_VERSIONS = "/2018-10-31/layers/{}/versions";
    private static final String RUNTIME_CONFIG =
            "/2021-07-20/functions/{}/runtime-management-config";
    private static final String SIGNING = "/2020-06-30/functions/{}/code-signing-config";
    private static final String RECURSION = "/2024-08-31/functions/{}/recursion-config";

    static final List<Unsupported> ROUTES = List.of(
            new Unsupported("CreateEventSourceMapping", "POST", EVENT_SOURCES),
            new Unsupported("ListEventSourceMappings", "GET", EVENT_SOURCES),
            new Unsupported("GetEventSourceMapping", "GET", EVENT_SOURCES + "/{}"),
            new Unsupported("UpdateEventSourceMapping", "PUT", EVENT_SOURCES + "/{}"),
            new Unsupported("DeleteEventSourceMapping", "DELETE", EVENT_SOURCES + "/{}"),
            new Unsupported("CreateFunctionUrlConfig", "POST", URL),
            new Unsupported("GetFunctionUrlConfig", "GET", URL),
            new Unsupported("UpdateFunctionUrlConfig", "PUT", URL),
            new Unsupported("DeleteFunctionUrlConfig", "DELETE", URL),
            new Unsupported("ListFunctionUrlConfigs", "GET", URL + "s"),
            new Unsupported("PutProvisionedConcurrencyConfig", "PUT", PROVISIONED),
            // ListProvisionedConcurrencyConfigs differs by its query alone.
            new Unsupported("GetProvisionedConcurrencyConfig", "GET", PROVISIONED),
            new Unsupported("DeleteProvisionedConcurrencyConfig", "DELETE", PROVISIONED),
            new Unsupported("PutFunctionEventInvokeConfig", "PUT", INVOKE_CONFIG),
            new Unsupported("UpdateFunctionEventInvokeConfig", "POST", INVOKE_CONFIG),
            new Unsupported("GetFunctionEventInvokeConfig", "GET", INVOKE_CONFIG),
            new Unsupported("DeleteFunctionEventInvokeConfig", "DELETE", INVOKE_CONFIG),
            new Unsupported("ListFunctionEventInvokeConfigs", "GET", INVOKE_CONFIG + "/list"),
            new Unsupported("ListLayers", "GET", "/2018-10-31/layers"),
            new Unsupported("PublishLayerVersion", "POST", LAYER_VERSIONS),
            new Unsupported("ListLayerVersions", "GET", LAYER_VERSIONS),
            new Unsupported("GetLayerVersion", "GET", LAYER_VERSIONS + "/{}"),
            new Unsupported("DeleteLayerVersion", "DELETE", LAYER_VERSIONS + "/{}"),
            new Unsupported("PutRuntimeManagementConfig", "PUT", RUNTIME_CONFIG),
            new Unsupported("GetRuntimeManagementConfig", "GET", RUNTIME_CONFIG),
            new Unsupported("PutFunctionCodeSigningConfig", "PUT", SIGNING),
            new Unsupported("DeleteFunctionCodeSigningConfig", "DELETE", SIGNING),
            new Unsupported("PutFunctionRecursionConfig", "PUT", RECURSION),
            new Unsupported("GetFunctionRecursionConfig", "GET", RECURSION),
            new Unsupported(
                    "InvokeWithResponseStream",
                    "POST",
                    "/2021-11-15/functions/{}/response-streaming-invocations"),
            new Unsupported("InvokeAsync", "POST", "/2014-11-13/functions/{}/invoke-async"),
            new Unsupported("GetAccountSettings", "GET", "/2016-08-19/account-settings"));
}
