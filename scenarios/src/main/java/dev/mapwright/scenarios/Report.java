package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What came of a scenario: every check, held or not, and every figure that was measured.
public final class Report {
    /// @param found as text; where the check holds, this is what was expected too
    record Check(String what, boolean holds, String expected, String found) {
        String line() {
            return holds
                    ? "  held     %s: %s".formatted(what, found)
                    : "  BROKEN   %s: %s, but should be %s".formatted(what, found, expected);
        }
    }

    record Figure(String what, double value, String unit) {
        String line() {
            return String.format(Locale.ROOT, "  figure   %s: %,.2f %s", what, value, unit);
        }
    }

    private static final int SHOWN_CHARS_MAX = 300;

    private final String scenario;
    private final Size size;
    private final Consumer<String> watcher;
    private final List<Check> checks = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private String part = "";

    /// @param watcher gets each line when it is known
    Report(String scenario, Size size, Consumer<String> watcher) {
        this.scenario = scenario;
        this.size = size;
        this.watcher = watcher;
    }

    /// What follows belongs to a variant of the scenario.
    void part(String name) {
        part = name + ": ";
    }

    void equal(String what, Object expected, Object found) {
        add(new Check(part + what, Objects.equals(expected, found), shown(expected), shown(found)));
    }

    void holds(String what, boolean holds, Object found) {
        add(new Check(part + what, holds, "otherwise", shown(found)));
    }

    void figure(String what, double value, String unit) {
        var figure = new Figure(part + what, value, unit);
        figures.add(figure);
        watcher.accept(figure.line());
    }

    private void add(Check check) {
        checks.add(check);
        watcher.accept(check.line());
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN_CHARS_MAX
                ? text
                : text.substring(0, SHOWN_CHARS_MAX)
                        + "… (%,d characters)".formatted(text.length());
    }

    List<Check> broken() {
        return checks.stream().filter(check -> !check.holds()).toList();
    }

    int checks() {
        return checks.size();
    }

    /// One object on one line.
    String json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("scenario", scenario);
        members.put("size", size.name());
        members.put("holds", broken().isEmpty());
        members.put("checks", checks.stream().map(Report::member).toList());
        members.put(
                "figures",
                figures.stream()
                        .map(one -> Map.of(
                                "what", one.what(), "value", one.value(), "unit", one.unit()))
                        .toList());
        return Json.of(members).text();
    }

    private static Map<String, Object> member(Check check) {
        var member = new LinkedHashMap<String, Object>();
        member.put("what", check.what());
        member.put("holds", check.holds());
        member.put("expected", check.expected());
        member.put("found", check.found());
        return member;
    }
}
