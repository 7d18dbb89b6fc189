package dev.mapwright.server.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.RequestSigner;
import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.services.IntegrationTable;
import dev.mapwright.adapters.services.apigateway.ApiGatewayIntegration;
import dev.mapwright.adapters.services.http.HttpIntegration;
import dev.mapwright.adapters.services.sdk.OptimizedService;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// COMPATIBILITY.md says of every optimized integration whether there is one. That it lists all
/// that there could be, another test of the same name holds in `asl`.
class CompatibilityTasksTest {
    private static final String REGION = "us-east-1";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z-]+):([^|]+)` \\| ([^|]*)\\| (Yes|Partly|Refused) \\|");
    private static final Pattern NAME = Pattern.compile("[A-Za-z]+");
    private static final Pattern SUFFIX = Pattern.compile("`(\\.[^`]+)`");

    @TempDir
    Path folder;

    @Test
    void everyRowSaysWhatIsThere() throws Exception {
        List<String> documented = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (var store = KeyValueStore.open(folder, Durability.OS);
                var table = everythingPlaced(store)) {
            for (MatchResult row : ROW.matcher(section()).results().toList()) {
                boolean isThere = !row.group(4).equals("Refused");
                for (TaskResource resource : resources(row)) {
                    documented.add(resource.arn() + " " + isThere);
                    found.add(resource.arn() + " " + isThere(table, resource));
                }
            }
        }
        assertEquals(String.join("\n", documented), String.join("\n", found));
    }

    private static boolean isThere(IntegrationTable table, TaskResource resource) {
        Optional<TaskIntegration> found = table.find(resource);
        return switch (resource.pattern()) {
            case REQUEST_RESPONSE, WAIT_FOR_TOKEN -> found.isPresent();
            case RUN_A_JOB, RUN_A_JOB_2 ->
                found.filter(JobIntegration.class::isInstance).isPresent();
        };
    }

    private static List<TaskResource> resources(MatchResult row) {
        var resources = new ArrayList<TaskResource>();
        NAME.matcher(row.group(2)).results().map(MatchResult::group).forEach(action -> {
            resources.add(resource(row.group(1), action, ""));
            SUFFIX.matcher(row.group(3))
                    .results()
                    .forEach(suffix ->
                            resources.add(resource(row.group(1), action, suffix.group(1))));
        });
        return resources;
    }

    private static TaskResource resource(String service, String action, String suffix) {
        for (TaskResource.Pattern pattern : TaskResource.Pattern.values()) {
            if (pattern.suffix().equals(suffix)) {
                return new TaskResource(
                        "arn:aws:states:::" + service + ":" + action + suffix,
                        service,
                        action,
                        pattern);
            }
        }
        throw new AssertionError("no pattern " + suffix);
    }

    /// Nothing is called, so that it does not matter that nobody is there.
    private static IntegrationTable everythingPlaced(KeyValueStore store) {
        var world = new SystemWorld();
        var nowhere = new Address.Endpoint(
                URI.create("http://127.0.0.1:1"),
                REGION,
                Optional.of(new Address.Keys("test", "test", Optional.empty())));
        Map<String, Address> addresses = new HashMap<>();
        for (OptimizedService service : OptimizedService.values()) {
            addresses.put(service.module(), nowhere);
        }
        return new IntegrationTable(
                world,
                new IntegrationTable.Parts(
                        () -> {
                            throw new AssertionError("no executions are started here");
                        },
                        Optional.of(
                                new Tables(store, new Account(REGION, "123456789012"), world::now)),
                        Optional.of(new Uncalled()),
                        new MemoryObjectStore()),
                new SdkServices(addresses, Plugins.in(Path.of("none"))),
                new IntegrationTable.Web(
                        new HttpIntegration(Map.of(), REGION, InstantSource.system()),
                        new ApiGatewayIntegration(
                                new RequestSigner("execute-api", Optional.empty()), REGION)));
    }

    private static final class Uncalled implements FunctionCalls {
        @Override
        public Optional<FunctionAnswer> call(FunctionCall call, Instant until) {
            throw new AssertionError("no functions are invoked here");
        }

        @Override
        public Optional<String> send(FunctionCall call, Instant until) {
            throw new AssertionError("no functions are invoked here");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static String section() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String document = Files.readString(root.resolve("COMPATIBILITY.md"));
        int start = document.indexOf("## Tasks");
        return document.substring(start, document.indexOf("\n## ", start + 1));
    }
}
