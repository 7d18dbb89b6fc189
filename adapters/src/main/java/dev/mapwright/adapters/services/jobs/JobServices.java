package dev.mapwright.adapters.services.jobs;

import dev.mapwright.adapters.services.sdk.OptimizedCall;
import dev.mapwright.adapters.services.sdk.OptimizedService;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.TaskIntegration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The optimized integrations that are described in `jobs.json`, and all others that take their
/// API's parameters as they are.
public final class JobServices {
    /// What goes to a cluster itself and not to the API of `eks`.
    private static final Set<String> KUBERNETES = Set.of("eks:call", "eks:runJob");

    private final SdkServices sdk;
    private final Map<String, JobDescription> descriptions = descriptions();

    public JobServices(SdkServices sdk) {
        this.sdk = sdk;
    }

    /// Empty where the service has no address or no such action.
    public Optional<TaskIntegration> find(OptimizedService service, TaskResource resource) {
        Optional<JobDescription> description = description(resource);
        return sdk.findOptimized(service, action(description, resource)).map(start -> description
                .map(known -> integration(service, known, start))
                .orElse(start));
    }

    /// Why it isn't found, and what to do about it.
    public String absence(OptimizedService service, TaskResource resource) {
        return KUBERNETES.contains(name(resource))
                ? "it speaks to Kubernetes, and Mapwright does not"
                : sdk.absence(service.module(), action(description(resource), resource));
    }

    /// What an action takes and gives, wherever the service may be.
    public Optional<ActionForm> form(OptimizedService service, TaskResource resource) {
        Optional<JobDescription> description = description(resource);
        Optional<ActionForm> own = description.flatMap(JobDescription::names).map(names -> names);
        return own.or(() -> sdk.formOptimized(service, action(description, resource)));
    }

    private Optional<JobDescription> description(TaskResource resource) {
        return Optional.ofNullable(descriptions.get(name(resource)));
    }

    private static String name(TaskResource resource) {
        return resource.service() + ":" + resource.action();
    }

    /// The API's own.
    private static String action(Optional<JobDescription> description, TaskResource resource) {
        return description.flatMap(JobDescription::action).orElse(resource.action());
    }

    private TaskIntegration integration(
            OptimizedService service, JobDescription description, OptimizedCall start) {
        Optional<NamedThing> named = description
                .lookup()
                .map(lookup -> new NamedThing(lookup, action(service, lookup.list())));
        var call = new DescribedCall(description, named, start);
        return description
                .job()
                .<TaskIntegration>map(job -> new DescribedJob(
                        job,
                        call,
                        action(service, job.describe()).patient(),
                        job.stop().map(stop -> action(service, stop))))
                .orElse(call);
    }

    private OptimizedCall action(OptimizedService service, JobDescription.Action action) {
        return sdk.findOptimized(service, action.name())
                .orElseThrow(() -> new IllegalStateException(
                        "expected the action %s of %s".formatted(action.name(), service)));
    }

    static Map<String, JobDescription> descriptions() {
        try (InputStream file = JobServices.class.getResourceAsStream("jobs.json")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            var descriptions = new LinkedHashMap<String, JobDescription>();
            ((Map<?, ?>) Json.parse(text).value())
                    .forEach((resource, entry) -> descriptions.put(
                            (String) resource, JobDescription.read((Map<?, ?>) entry)));
            return descriptions;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read jobs.json", unreadable);
        } catch (JsonSyntaxException broken) {
            throw new IllegalStateException("jobs.json is not JSON", broken);
        }
    }
}
