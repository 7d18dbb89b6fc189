package dev.mapwright.adapters.services.jobs;

import dev.mapwright.adapters.services.sdk.OptimizedCall;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Finds what a Task names and the API knows by its id only.
record NamedThing(JobDescription.Lookup lookup, OptimizedCall list) {
    /// A cluster has no more than 48 groups, and EMR lists 50 on a page.
    private static final int PAGES_MAX = 100;

    private static final String PAGE = "page";

    Map<?, ?> find(TaskRequest request, Map<?, ?> arguments)
            throws TaskFailed, InterruptedException {
        Object name =
                lookup.name().fill(Map.of(DescribedCall.REQUEST, arguments)).orElse("");
        Map<String, Object> page = Map.of();
        for (int count = 0; count < PAGES_MAX; count++) {
            var sources = Map.of(DescribedCall.REQUEST, arguments, PAGE, page);
            page = list.members(request.with(Json.of(lookup.list().parameters().members(sources))));
            Optional<Map<?, ?>> found = named(name, page);
            if (found.isPresent()) {
                return found.get();
            }
            if (!page.containsKey("Marker")) {
                break;
            }
        }
        throw TaskFailed.of(
                list.service().unknownError(),
                "%s has nothing of the name %s"
                        .formatted(lookup.list().name(), Json.of(name).text()));
    }

    private Optional<Map<?, ?>> named(Object name, Map<String, Object> page) {
        Object things = lookup.among().fill(Map.of(PAGE, page)).orElse(List.of());
        return ((List<?>) things)
                .stream()
                        .<Map<?, ?>>map(thing -> (Map<?, ?>) thing)
                        .filter(thing -> Objects.equals(thing.get("Name"), name))
                        .findFirst();
    }
}
