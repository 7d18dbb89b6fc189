package dev.mapwright.server.secretsmanager;

import dev.mapwright.adapters.parameters.Secrets;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.http.Handler;

import java.util.Map;

/// Secrets Manager over AWS JSON: all its operations here. Deleting takes effect at once.
public final class SecretsApi {
    private static final int REQUEST_BYTES_MAX = 1024 * 1024;

    private static final JsonService SERVICE = new JsonService(
            "Secrets Manager",
            "secretsmanager",
            JsonService.Version.JSON_1_1,
            REQUEST_BYTES_MAX,
            JsonService.VALIDATION);

    private SecretsApi() {}

    public static Handler handler(Secrets secrets, Place place, World world) {
        var names = new SecretNames(secrets, place);
        var described = new SecretOperations(secrets, names, world);
        var values = new ValueOperations(secrets, names, world);
        return new JsonHandler(
                SERVICE,
                Map.<String, Operation>ofEntries(
                        Map.entry("CreateSecret", described::create),
                        Map.entry("DeleteSecret", described::delete),
                        Map.entry("DescribeSecret", described::describe),
                        Map.entry("GetResourcePolicy", described::policy),
                        Map.entry("GetSecretValue", values::get),
                        Map.entry("ListSecretVersionIds", values::list),
                        Map.entry("ListSecrets", described::list),
                        Map.entry("PutSecretValue", values::put),
                        Map.entry("TagResource", described::tag),
                        Map.entry("UntagResource", described::untag),
                        Map.entry("UpdateSecret", values::update),
                        Map.entry("UpdateSecretVersionStage", values::move)));
    }
}
