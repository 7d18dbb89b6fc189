package dev.mapwright.asl.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The types of state in the order in which AWS lists them, and the fields that each may have in
/// either language.
enum StateType {
    TASK(
            "Task",
            Fields.WORK,
            "Resource",
            "Parameters",
            "Arguments",
            "Credentials",
            "TimeoutSeconds",
            "TimeoutSecondsPath",
            "HeartbeatSeconds",
            "HeartbeatSecondsPath"),
    WAIT("Wait", Fields.STEP, "Seconds", "SecondsPath", "Timestamp", "TimestampPath"),
    PASS("Pass", Fields.STEP, "Result", "ResultPath", "Parameters"),
    SUCCEED("Succeed", Fields.FLOW),
    FAIL("Fail", Fields.ANY, "Error", "ErrorPath", "Cause", "CausePath"),
    CHOICE("Choice", Fields.FLOW, "Assign", "Choices", "Default"),
    PARALLEL("Parallel", Fields.WORK, "Branches", "Parameters", "Arguments"),
    MAP(
            "Map",
            Fields.WORK,
            "ItemProcessor",
            "Iterator",
            "ItemsPath",
            "Items",
            "ItemSelector",
            "Parameters",
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "MaxConcurrency",
            "MaxConcurrencyPath",
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            "Label");

    private final String title;
    private final Set<String> fields;

    StateType(String title, List<String> common, String... own) {
        this.title = title;
        var all = new TreeSet<>(common);
        all.addAll(Arrays.asList(own));
        this.fields = Set.copyOf(all);
    }

    static Optional<StateType> of(Object type) {
        return Arrays.stream(values()).filter(known -> known.title.equals(type)).findFirst();
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(type -> type.title).toList();
    }

    Set<String> fields() {
        return fields;
    }

    /// Whether the state's work has a result of its own: `$states.result`.
    boolean hasResult() {
        return this == TASK || this == PARALLEL || this == MAP;
    }

    private static final class Fields {
        static final List<String> ANY = List.of("Type", "Comment", "QueryLanguage");
        static final List<String> FLOW = with(ANY, "InputPath", "OutputPath", "Output");
        static final List<String> STEP = with(FLOW, "Assign", "Next", "End");
        static final List<String> WORK =
                with(STEP, "ResultSelector", "ResultPath", "Retry", "Catch");

        private static List<String> with(List<String> common, String... more) {
            var all = new ArrayList<>(common);
            all.addAll(Arrays.asList(more));
            return List.copyOf(all);
        }
    }
}
