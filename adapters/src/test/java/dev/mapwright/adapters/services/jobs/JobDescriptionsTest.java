package dev.mapwright.adapters.services.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.services.jobs.JobDescription.Action;
import dev.mapwright.adapters.services.jobs.JobDescription.Job;
import dev.mapwright.adapters.services.sdk.OptimizedService;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.ActionForm.Completeness;
import dev.mapwright.engine.task.Outline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every description, held against what the SDK says of the actions that it names.
class JobDescriptionsTest {
    private static final SdkServices SERVICES =
            new SdkServices(Map.of(), Plugins.in(Path.of("none")));

    /// Its states are texts to the SDK.
    private static final String WITHOUT_ENUM = "ecs:runTask";

    static Map<String, JobDescription> descriptions() {
        return JobServices.descriptions();
    }

    static Set<Map.Entry<String, JobDescription>> entries() {
        return descriptions().entrySet();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void whatIsGivenToAServiceIsWhatItTakes(Map.Entry<String, JobDescription> entry) {
        JobDescription description = entry.getValue();
        String action = description.action().orElse(action(entry.getKey()));
        ActionForm start = form(entry.getKey(), action);
        description.lookup().ifPresent(lookup -> assertTaken(entry.getKey(), lookup.list()));
        description.request().ifPresent(request -> assertTaken(start, request.tree()));
        description.job().ifPresent(job -> {
            assertTaken(entry.getKey(), job.describe());
            job.stop().ifPresent(stop -> assertTaken(entry.getKey(), stop));
        });
    }

    @ParameterizedTest
    @MethodSource("entries")
    void statesAreThoseOfTheService(Map.Entry<String, JobDescription> entry) throws Exception {
        Optional<Job> described = entry.getValue().job();
        if (described.isEmpty() || entry.getKey().equals(WITHOUT_ENUM)) {
            return;
        }
        Job job = described.get();
        ActionForm form = form(entry.getKey(), job.describe().name());
        List<String> path = path(job.state());
        assertEquals(
                Optional.of("Field '%s' is not an expected value".formatted(path.getLast())),
                fault(form, path, "No such state"));
        for (Set<String> states : List.of(job.succeeded(), job.failed())) {
            for (String state : states) {
                assertEquals(Optional.empty(), fault(form, path, state), state);
            }
        }
    }

    @Test
    void aTaskHasTheParametersOfItsDescription() {
        ActionForm form = new JobServices(SERVICES)
                .form(OptimizedService.ELASTICMAPREDUCE, resource("elasticmapreduce:addStep"))
                .orElseThrow();
        assertEquals(
                List.of(),
                form.parameterFaults(new Outline(Map.of("ClusterId", "j-1", "Step", Map.of()))));
        assertEquals(
                List.of("The field \"Cluster\" is not supported by Step Functions"),
                form.parameterFaults(new Outline(Map.of("Cluster", "j-1", "Step", Map.of()))));
    }

    @Test
    void underAnotherNameTheApisParametersAreTheTasks() {
        ActionForm form = new JobServices(SERVICES)
                .form(OptimizedService.ELASTICMAPREDUCE, resource("elasticmapreduce:createCluster"))
                .orElseThrow();
        assertEquals(
                List.of(
                        "The field 'Name' is required but was missing",
                        "The field \"Nane\" is not supported by Step Functions. Did you mean 'Name'?"),
                form.parameterFaults(new Outline(Map.of("Nane", "x", "Instances", Map.of()))));
    }

    private static void assertTaken(String resource, Action action) {
        assertTaken(form(resource, action.name()), action.parameters().tree());
    }

    private static void assertTaken(ActionForm form, Object template) {
        assertEquals(List.of(), form.parameterFaults(new Outline(computed(template))));
    }

    private static Object computed(Object template) {
        return switch (template) {
            case String text when text.startsWith("$") -> Outline.Part.COMPUTED;
            case List<?> elements ->
                elements.stream().map(JobDescriptionsTest::computed).toList();
            case Map<?, ?> members -> {
                var object = new LinkedHashMap<Object, Object>();
                members.forEach((name, value) -> object.put(name, computed(value)));
                yield object;
            }
            case Object scalar -> scalar;
        };
    }

    private static Optional<String> fault(ActionForm form, List<String> path, String state) {
        Object result = state;
        for (String step : path.reversed()) {
            result = step.equals("0") ? List.of(result) : Map.of(step, result);
        }
        return form.resultFault(Json.of(result), Completeness.ANY_MEMBERS);
    }

    private static List<String> path(Template state) {
        List<String> steps = List.of(((String) state.tree()).split("\\."));
        return steps.subList(1, steps.size());
    }

    private static String action(String resource) {
        return resource.substring(resource.indexOf(':') + 1);
    }

    private static ActionForm form(String resource, String action) {
        return SERVICES.formOptimized(OptimizedService.of(resource(resource)).orElseThrow(), action)
                .orElseThrow(() -> new AssertionError("no action " + action + " for " + resource));
    }

    private static TaskResource resource(String resource) {
        return new TaskResource(
                "arn:aws:states:::" + resource,
                resource.substring(0, resource.indexOf(':')),
                action(resource),
                TaskResource.Pattern.REQUEST_RESPONSE);
    }
}
