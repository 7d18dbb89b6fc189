package dev.mapwright.adapters.services.jobs;

import dev.mapwright.adapters.services.form.ParameterNames;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One entry of `jobs.json`; the package says what its members mean.
///
/// @param action the API's, where it is not the resource's
/// @param request what the API is given, where it is not the Task's parameters
/// @param lookup what is found first, and then known as `found`
/// @param response the Task's result without `.sync`, where it is not the API's response
/// @param job absent for an action that nobody waits for
record JobDescription(
        Optional<String> action,
        Optional<Lookup> lookup,
        Optional<Template> request,
        Map<String, Object> preset,
        Optional<Template> refusals,
        Optional<Template> response,
        Optional<Job> job) {

    JobDescription {
        preset = Map.copyOf(preset);
    }

    /// A call to find something out about the job, or to stop it.
    record Action(String name, Template parameters) {}

    /// One thing by its name, where the API wants its id: a listing, page by page.
    ///
    /// @param among where a page has the things, each with a `Name`
    record Lookup(Action list, Template among, Template name) {}

    /// @param gone the error that means that what was to be deleted is
    record Job(
            Action describe,
            Template state,
            Set<String> succeeded,
            Set<String> failed,
            Optional<String> gone,
            Optional<Template> exitCodes,
            Template result,
            Optional<Action> stop,
            Duration pollIntervalMax) {
        Job {
            succeeded = Set.copyOf(succeeded);
            failed = Set.copyOf(failed);
        }
    }

    /// Which parameters the Task may have, where the API is given others.
    Optional<ParameterNames> names() {
        return request.map(given -> {
            Set<String> names = new HashSet<>(given.members(DescribedCall.REQUEST));
            lookup.ifPresent(found -> {
                names.addAll(found.list().parameters().members(DescribedCall.REQUEST));
                names.addAll(found.name().members(DescribedCall.REQUEST));
            });
            return new ParameterNames(List.of(), names);
        });
    }

    static JobDescription read(Map<?, ?> entry) {
        return new JobDescription(
                text(entry, "action"),
                lookup(entry),
                template(entry, "request"),
                members(entry, "preset"),
                template(entry, "refusals"),
                template(entry, "response"),
                entry.containsKey("describe") ? Optional.of(job(entry)) : Optional.empty());
    }

    private static Job job(Map<?, ?> entry) {
        return new Job(
                action(entry, "describe").orElseThrow(),
                template(entry, "state").orElseThrow(),
                states(entry, "succeeded"),
                states(entry, "failed"),
                text(entry, "gone"),
                template(entry, "exitCodes"),
                template(entry, "result").orElse(new Template("$description")),
                action(entry, "stop"),
                Duration.ofSeconds(
                        entry.get("pollSecondsMax") instanceof Number seconds
                                ? seconds.longValue()
                                : POLL_SECONDS_MAX));
    }

    /// Jobs take minutes, and services count how often they are asked.
    private static final long POLL_SECONDS_MAX = 5;

    private static Optional<Action> action(Map<?, ?> entry, String name) {
        return entry.get(name) instanceof Map<?, ?> action
                ? Optional.of(new Action(
                        text(action, "action").orElseThrow(),
                        template(action, "parameters").orElseThrow()))
                : Optional.empty();
    }

    private static Optional<Lookup> lookup(Map<?, ?> entry) {
        return entry.get("lookup") instanceof Map<?, ?> lookup
                ? Optional.of(new Lookup(
                        action(entry, "lookup").orElseThrow(),
                        template(lookup, "among").orElseThrow(),
                        template(lookup, "name").orElseThrow()))
                : Optional.empty();
    }

    private static Optional<String> text(Map<?, ?> entry, String name) {
        return Optional.ofNullable((String) entry.get(name));
    }

    private static Optional<Template> template(Map<?, ?> entry, String name) {
        return Optional.ofNullable(entry.get(name)).map(Template::new);
    }

    private static Map<String, Object> members(Map<?, ?> entry, String name) {
        var members = new LinkedHashMap<String, Object>();
        if (entry.get(name) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> members.put((String) key, value));
        }
        return members;
    }

    private static Set<String> states(Map<?, ?> entry, String name) {
        return entry.get(name) instanceof List<?> states
                ? Set.of(states.toArray(String[]::new))
                : Set.of();
    }
}
