package dev.mapwright.adapters.services.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// JSON in which texts like `$response.Tasks.0.TaskArn` stand for a part of something. What is not
/// there is left out; `*` gathers the same part of all elements, with null where it is not there.
record Template(Object tree) {
    private static final String PART = "$";
    private static final String ALL = "*";

    /// @param sources by name: `request`, `response`, `description`
    Optional<Object> fill(Map<String, ?> sources) {
        return fill(tree, sources);
    }

    /// Of a template that is an object.
    @SuppressWarnings("unchecked")
    Map<String, Object> members(Map<String, ?> sources) {
        return (Map<String, Object>) fill(sources).orElseThrow();
    }

    /// The members of a source that the template has parts of.
    Set<String> members(String source) {
        String start = PART + source + ".";
        return texts(tree)
                .filter(text -> text.startsWith(start))
                .map(text -> text.substring(start.length()).split("\\.")[0])
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> texts(Object tree) {
        return switch (tree) {
            case String text -> Stream.of(text);
            case Map<?, ?> members -> members.values().stream().flatMap(Template::texts);
            case List<?> elements -> elements.stream().flatMap(Template::texts);
            case Object _ -> Stream.empty();
        };
    }

    private static Optional<Object> fill(Object tree, Map<String, ?> sources) {
        return switch (tree) {
            case String text
            when text.startsWith(PART) ->
                part(sources, List.of(text.substring(PART.length()).split("\\.")));
            case Map<?, ?> members -> {
                var object = new LinkedHashMap<String, Object>();
                members.forEach((name, value) -> fill(value, sources)
                        .ifPresent(filled -> object.put((String) name, filled)));
                yield Optional.of(object);
            }
            case List<?> elements ->
                Optional.of(elements.stream()
                        .flatMap(element -> fill(element, sources).stream())
                        .toList());
            case Object scalar -> Optional.of(scalar);
        };
    }

    private static Optional<Object> part(Object of, List<String> path) {
        if (of == null || path.isEmpty()) {
            return Optional.ofNullable(of);
        }
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        return switch (of) {
            case Map<?, ?> members -> part(members.get(step), rest);
            case List<?> elements
            when step.equals(ALL) -> {
                var all = new ArrayList<Object>();
                elements.forEach(element -> all.add(part(element, rest).orElse(null)));
                yield Optional.of(all);
            }
            case List<?> elements -> {
                int index = Integer.parseInt(step);
                yield index < elements.size() ? part(elements.get(index), rest) : Optional.empty();
            }
            case Object _ -> Optional.empty();
        };
    }
}
