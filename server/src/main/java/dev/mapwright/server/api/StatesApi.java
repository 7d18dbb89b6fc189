package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;

/// Step Functions over AWS JSON.
public final class StatesApi implements Handler {
    /// AWS takes requests of 1 MB, a definition of a million characters included; escaped in JSON
    /// it can be longer, so this is the same limit with room for escapes.
    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

    private static final JsonService SERVICE = new JsonService(
            "Step Functions",
            "AWSStepFunctions",
            JsonService.Version.JSON_1_0,
            REQUEST_BYTES_MAX,
            JsonService.VALIDATION);

    private final Handler handler;

    /// @param region what history events say where a task ran
    public StatesApi(Engine engine, StateTests tests, String region) {
        this.handler = new JsonHandler(SERVICE, new Operations(engine, tests, region).byName());
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        handler.handle(request, response);
    }
}
