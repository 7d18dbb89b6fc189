package dev.mapwright.adapters.events;

import dev.mapwright.adapters.patterns.InvalidPattern;
import dev.mapwright.adapters.patterns.Pattern;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which events, or at which times, some targets get something.
///
/// @param pattern compiled from its text, as is the schedule
record Rule(
        String bus,
        String name,
        State state,
        Instant created,
        Optional<String> description,
        Optional<String> patternText,
        Optional<Pattern> pattern,
        Optional<String> scheduleText,
        Optional<Schedule> schedule,
        List<Target> targets) {
    private static final int VERSION = 1;

    enum State {
        ENABLED,
        DISABLED
    }

    Rule {
        targets = List.copyOf(targets);
    }

    /// @throws RefusedRequest if pattern or schedule are none
    static Rule of(
            String bus,
            String name,
            State state,
            Instant created,
            Optional<String> description,
            Optional<String> pattern,
            Optional<String> schedule,
            List<Target> targets) {
        return new Rule(
                bus,
                name,
                state,
                created,
                description,
                pattern,
                pattern.map(Rule::pattern),
                schedule,
                schedule.map(Rule::schedule),
                targets);
    }

    static Pattern pattern(String text) {
        try {
            return Pattern.parse(text);
        } catch (InvalidPattern invalid) {
            throw new RefusedRequest(
                    "InvalidEventPatternException",
                    "Event pattern is not valid. Reason: " + invalid.getMessage());
        }
    }

    private static Schedule schedule(String text) {
        try {
            return Schedule.parse(text);
        } catch (IllegalArgumentException invalid) {
            throw EventErrors.invalid("Parameter ScheduleExpression is not valid: '%s': %s"
                    .formatted(text, invalid.getMessage()));
        }
    }

    String key() {
        return bus + "/" + name;
    }

    Rule withState(State changed) {
        return of(bus, name, changed, created, description, patternText, scheduleText, targets);
    }

    Rule withTargets(List<Target> changed) {
        return of(bus, name, state, created, description, patternText, scheduleText, changed);
    }

    boolean wants(Map<String, Object> event) {
        return state == State.ENABLED && pattern.map(one -> one.matches(event)).orElse(false);
    }

    byte[] stored() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("bus", bus);
        tree.put("name", name);
        tree.put("state", state.name());
        tree.put("created", created.toString());
        description.ifPresent(text -> tree.put("description", text));
        patternText.ifPresent(text -> tree.put("pattern", text));
        scheduleText.ifPresent(text -> tree.put("schedule", text));
        tree.put("targets", targets.stream().map(Target::members).toList());
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    static Rule read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        if (!Integer.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalStateException("Expected a rule of version %d, found version %s"
                    .formatted(VERSION, tree.get("version")));
        }
        List<Target> targets = new ArrayList<>();
        for (Object each : (List<?>) tree.get("targets")) {
            var members = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) each).forEach((name, value) -> members.put((String) name, value));
            targets.add(
                    new Target((String) members.get("Id"), (String) members.get("Arn"), members));
        }
        return of(
                (String) tree.get("bus"),
                (String) tree.get("name"),
                State.valueOf((String) tree.get("state")),
                Instant.parse((String) tree.get("created")),
                Optional.ofNullable((String) tree.get("description")),
                Optional.ofNullable((String) tree.get("pattern")),
                Optional.ofNullable((String) tree.get("schedule")),
                targets);
    }
}
