package dev.mapwright.server.ssm;

import dev.mapwright.adapters.parameters.Values.Value;
import dev.mapwright.adapters.tags.Tags;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Parameters;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which parameters a client wants described.
///
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
final class ParameterFilters {
    private static final int TEXT_CHARS_MAX = 2_048;
    private static final String TAG = "tag:";

    enum Depth {
        ONE_LEVEL,
        RECURSIVE;

        boolean isBelow(String path, String name) {
            String folder = path.endsWith("/") ? path : path + "/";
            return name.startsWith(folder)
                    && (this == RECURSIVE || name.indexOf('/', folder.length()) < 0);
        }
    }

    private ParameterFilters() {}

    /// All that the request's `ParameterFilters` say.
    static Predicate<Value> read(Parameters in, Tags tags) throws Refused {
        if (!in.objects("Filters").orElse(List.of()).isEmpty()) {
            throw new Refused(
                    "InvalidFilterKey",
                    "Filters are not supported by Mapwright's parameter store: use ParameterFilters");
        }
        Predicate<Value> all = _ -> true;
        for (Parameters filter : in.objects("ParameterFilters").orElse(List.of())) {
            all = all.and(one(filter, tags));
        }
        return all;
    }

    private static Predicate<Value> one(Parameters filter, Tags tags) throws Refused {
        String key = filter.required("Key", TEXT_CHARS_MAX);
        List<String> texts = filter.texts("Values", 1, TEXT_CHARS_MAX).orElse(List.of());
        String option = filter.text("Option", TEXT_CHARS_MAX)
                .orElse(key.equals("Path") ? "OneLevel" : "Equals");
        return switch (key + " " + option) {
            case "Name Equals" -> value -> plain(texts).anyMatch(plain(value.name())::equals);
            case "Name BeginsWith" ->
                value -> plain(texts).anyMatch(plain(value.name())::startsWith);
            case "Name Contains" -> value -> texts.stream().anyMatch(value.name()::contains);
            case "Type Equals" -> value -> texts.contains(value.kind());
            case "Path OneLevel" -> value -> isBelow(Depth.ONE_LEVEL, texts, value);
            case "Path Recursive" -> value -> isBelow(Depth.RECURSIVE, texts, value);
            case String _
            when key.startsWith(TAG) && option.equals("Equals") ->
                value -> {
                    String tag = tags.of(value.name()).get(key.substring(TAG.length()));
                    return tag != null && (texts.isEmpty() || texts.contains(tag));
                };
            default ->
                throw new Refused(
                        "InvalidFilterOption",
                        "The filter '%s' with the option '%s' is not supported by Mapwright's parameter store: it has Name, Type, Path and tag:KEY"
                                .formatted(key, option));
        };
    }

    private static boolean isBelow(Depth depth, List<String> paths, Value value) {
        return paths.stream().anyMatch(path -> depth.isBelow(path, value.name()));
    }

    /// A slash before a name means nothing.
    private static Stream<String> plain(List<String> names) {
        return names.stream().map(ParameterFilters::plain);
    }

    private static String plain(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
