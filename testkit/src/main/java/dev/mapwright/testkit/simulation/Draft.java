package dev.mapwright.testkit.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// States being put one after the other: whatever was left open leads to the state that comes next.
final class Draft {
    private final Map<String, Object> states = new LinkedHashMap<>();
    private final Set<String> errors = new TreeSet<>();
    private final List<Map<String, Object>> open = new ArrayList<>();
    private String first = "";

    /// Adds a state to which everything open leads.
    void enter(String name, Map<String, Object> state) {
        if (first.isEmpty()) {
            first = name;
        }
        open.forEach(end -> end.put("Next", name));
        open.clear();
        states.put(name, state);
    }

    /// Adds a state to which everything open leads, and which leads on, as do its catchers.
    void step(String name, Map<String, Object> state) {
        enter(name, state);
        leadOn(state);
    }

    /// Adds a state that leads on, but to which only a `Next` that names it leads.
    void aside(String name, Map<String, Object> state) {
        states.put(name, state);
        leadOn(state);
    }

    private void leadOn(Map<String, Object> state) {
        open.add(state);
        if (state.get("Catch") instanceof List<?> catchers) {
            for (Object catcher : catchers) {
                @SuppressWarnings("unchecked")
                var end = (Map<String, Object>) catcher;
                open.add(end);
            }
        }
    }

    void mayFail(Set<String> with) {
        errors.addAll(with);
    }

    /// The errors with which a run of these states may end.
    Set<String> errors() {
        return errors;
    }

    Map<String, Object> machine() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("StartAt", first);
        machine.put("States", states);
        return machine;
    }
}
