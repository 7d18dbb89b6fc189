package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What holds of the history of every execution that has ended, as GetExecutionHistory shows it:
/// nothing here knows how an engine works.
final class WellFormedHistory {
    /// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
    private static final Set<String> WITHOUT_DETAILS = Set.of(
            "LambdaFunctionStarted",
            "MapRunAborted",
            "MapRunSucceeded",
            "MapStateAborted",
            "MapStateFailed",
            "MapStateSucceeded",
            "ParallelStateAborted",
            "ParallelStateFailed",
            "ParallelStateStarted",
            "ParallelStateSucceeded",
            "TaskStateAborted",
            "WaitStateAborted");

    /// What may come before an event, where only one thing may.
    private static final Map<String, Set<String>> AFTER = Map.of(
            "LambdaFunctionStarted", Set.of("LambdaFunctionScheduled"),
            "LambdaFunctionSucceeded", Set.of("LambdaFunctionStarted"),
            "TaskStarted", Set.of("TaskScheduled"),
            "TaskSubmitted", Set.of("TaskStarted"),
            "TaskSucceeded", Set.of("TaskStarted", "TaskSubmitted"),
            "MapRunStarted", Set.of("MapStateStarted"),
            "PassStateExited", Set.of("PassStateEntered"),
            "ChoiceStateExited", Set.of("ChoiceStateEntered"),
            "WaitStateExited", Set.of("WaitStateEntered"),
            "SucceedStateExited", Set.of("SucceedStateEntered"));

    private static final Map<String, String> STATUS = Map.of(
            "ExecutionSucceeded", "SUCCEEDED",
            "ExecutionFailed", "FAILED",
            "ExecutionTimedOut", "TIMED_OUT",
            "ExecutionAborted", "ABORTED");

    private final List<Map<String, Object>> events;

    private WellFormedHistory(List<Map<String, Object>> events) {
        this.events = events;
    }

    /// @param description what DescribeExecution answers
    static void check(List<Map<String, Object>> events, Map<String, Object> description) {
        var history = new WellFormedHistory(events);
        try {
            history.checkNumbers();
            history.checkDetails();
            history.checkOrder();
            history.checkStates();
            history.checkIterations();
            history.checkFold(description);
        } catch (AssertionError broken) {
            throw new AssertionError(broken.getMessage() + "\n" + history.text(), broken);
        }
    }

    private String text() {
        return events.stream()
                .map(event -> "%d <- %d %s %s"
                        .formatted(
                                id(event),
                                previous(event),
                                type(event),
                                details(event).containsKey("index")
                                        ? details(event).get("index")
                                        : Objects.toString(details(event).get("name"), "")))
                .collect(Collectors.joining("\n"));
    }

    private void checkNumbers() {
        double before = 0;
        for (int index = 0; index < events.size(); index++) {
            Map<String, Object> event = events.get(index);
            assertEquals(index + 1, id(event), () -> "ids are consecutive: " + event);
            assertTrue(previous(event) >= 0, () -> "points before the start: " + event);
            assertTrue(previous(event) < id(event), () -> "points ahead: " + event);
            double at = ((Number) event.get("timestamp")).doubleValue();
            assertTrue(at >= before, "time runs backward: " + event);
            before = at;
        }
    }

    private void checkDetails() {
        for (Map<String, Object> event : events) {
            var expected = new HashSet<>(Set.of("timestamp", "type", "id", "previousEventId"));
            String type = type(event);
            if (!WITHOUT_DETAILS.contains(type)) {
                String stem = type.endsWith("StateEntered")
                        ? "stateEntered"
                        : type.endsWith("StateExited")
                                ? "stateExited"
                                : Character.toLowerCase(type.charAt(0)) + type.substring(1);
                expected.add(stem + "EventDetails");
            }
            assertEquals(expected, event.keySet(), event::toString);
        }
    }

    private void checkOrder() {
        assertEquals("ExecutionStarted", type(events.getFirst()));
        for (Map<String, Object> event : events) {
            Set<String> allowed = AFTER.get(type(event));
            if (allowed != null) {
                assertTrue(
                        before(event)
                                .filter(earlier -> allowed.contains(type(earlier)))
                                .isPresent(),
                        () -> "%s follows %s".formatted(event, before(event)));
            }
        }
    }

    /// A state that was entered is left once, or there is something that ended it.
    private void checkStates() {
        var left = new HashSet<Long>();
        for (Map<String, Object> event : events) {
            if (type(event).endsWith("StateExited")) {
                Map<String, Object> entered = enteredBy(event);
                assertTrue(left.add(id(entered)), () -> "is left twice: " + event);
            }
        }
        Set<Long> failed = failed();
        var aborted = new HashMap<String, Integer>();
        for (Map<String, Object> event : events) {
            if (type(event).endsWith("StateAborted")) {
                aborted.merge(kind(event), 1, Integer::sum);
            }
        }
        for (Map<String, Object> event : events) {
            String type = type(event);
            if (type.endsWith("StateEntered")
                    && !left.contains(id(event))
                    && !failed.contains(id(event))
                    && !type.equals("FailStateEntered")
                    && !wasAbortedInSilence(event)
                    && !endsAnywhere()) {
                int others = aborted.merge(kind(event), -1, Integer::sum);
                assertTrue(others >= 0, () -> "is never left: " + event);
            }
        }
    }

    /// The entry that an exit belongs to: the nearest of that name on the way back.
    private Map<String, Object> enteredBy(Map<String, Object> exit) {
        String wanted = kind(exit) + "StateEntered";
        Optional<Map<String, Object>> event = before(exit);
        while (event.isPresent()) {
            if (type(event.get()).equals(wanted) && name(event.get()).equals(name(exit))) {
                return event.get();
            }
            event = before(event.get());
        }
        throw new AssertionError("never entered: " + exit);
    }

    /// Entries on the way back from whatever failed, and those named by a failed evaluation.
    private Set<Long> failed() {
        var failed = new HashSet<Long>();
        for (Map<String, Object> event : events) {
            String type = type(event);
            if (type.equals("EvaluationFailed")) {
                events.stream()
                        .filter(entered -> id(entered) < id(event))
                        .filter(entered -> type(entered).endsWith("StateEntered"))
                        .filter(entered -> name(entered).equals(details(event).get("state")))
                        .forEach(entered -> failed.add(id(entered)));
            } else if (type.endsWith("Failed") || type.endsWith("TimedOut")) {
                Optional<Map<String, Object>> cause = Optional.of(event);
                while (cause.isPresent()) {
                    failed.add(id(cause.get()));
                    cause = before(cause.get());
                }
            }
        }
        return failed;
    }

    /// These have no event that says that they were aborted.
    private boolean wasAbortedInSilence(Map<String, Object> entered) {
        return Set.of("Pass", "Choice", "Succeed").contains(kind(entered))
                && events.stream()
                        .filter(event -> id(event) > id(entered))
                        .anyMatch(event ->
                                type(event).endsWith("Failed") || type(event).endsWith("TimedOut"));
    }

    /// Whether the execution as a whole was ended at some time, wherever it stood.
    private boolean endsAnywhere() {
        return events.stream()
                .anyMatch(event -> type(event).equals("ExecutionAborted")
                        || type(event).equals("ExecutionTimedOut"));
    }

    /// An iteration that began comes to one end; after a redrive those that came to a bad one may
    /// come to another, without beginning anew.
    private void checkIterations() {
        var open = new ArrayList<Object>();
        var spoiled = new ArrayList<Object>();
        var redriven = new ArrayList<Object>();
        for (Map<String, Object> event : events) {
            switch (type(event)) {
                case "MapIterationStarted" -> open.add(details(event));
                case "MapIterationSucceeded" ->
                    assertTrue(
                            open.remove(details(event)) || redriven.remove(details(event)),
                            () -> "ends what never began: " + event);
                case "MapIterationFailed", "MapIterationAborted" -> {
                    assertTrue(
                            open.remove(details(event)) || redriven.remove(details(event)),
                            () -> "ends what never began: " + event);
                    spoiled.add(details(event));
                }
                case "ExecutionRedriven" -> {
                    redriven.addAll(spoiled);
                    spoiled.clear();
                }
                default -> {}
            }
        }
        assertTrue(open.isEmpty() || endsAnywhere(), () -> "iterations are left open: " + open);
    }

    private void checkFold(Map<String, Object> description) {
        boolean ended = false;
        long redrives = 0;
        for (Map<String, Object> event : events) {
            if (type(event).equals("ExecutionRedriven")) {
                assertTrue(ended, () -> "is redriven before its end: " + event);
                ended = false;
                redrives++;
                assertEquals(redrives, ((Number) details(event).get("redriveCount")).longValue());
            } else {
                assertFalse(ended, () -> "comes after the end: " + event);
                ended = STATUS.containsKey(type(event));
            }
        }
        assertTrue(ended, () -> "has no end: " + events.getLast());
        Map<String, Object> last = events.getLast();
        assertEquals(STATUS.get(type(last)), description.get("status"));
        assertEquals(redrives, ((Number) description.get("redriveCount")).longValue());
        assertTrue(Objects.equals(details(last).get("output"), description.get("output")));
        if (!type(last).equals("ExecutionTimedOut")) {
            assertEquals(details(last).get("error"), description.get("error"));
            assertEquals(details(last).get("cause"), description.get("cause"));
        }
        assertEquals(details(events.getFirst()).get("input"), description.get("input"));
        assertFalse(
                Objects.toString(description.get("cause")).startsWith("Internal error"),
                description::toString);
    }

    private Optional<Map<String, Object>> before(Map<String, Object> event) {
        long previous = previous(event);
        return previous == 0 ? Optional.empty() : Optional.of(events.get((int) previous - 1));
    }

    private static long id(Map<String, Object> event) {
        return ((Number) event.get("id")).longValue();
    }

    private static long previous(Map<String, Object> event) {
        return ((Number) event.get("previousEventId")).longValue();
    }

    private static String type(Map<String, Object> event) {
        return (String) event.get("type");
    }

    /// `Task` of `TaskStateEntered`.
    private static String kind(Map<String, Object> event) {
        String type = type(event);
        return type.substring(0, type.indexOf("State"));
    }

    private static String name(Map<String, Object> event) {
        return (String) details(event).get("name");
    }

    private static Map<?, ?> details(Map<String, Object> event) {
        return event.values().stream()
                .filter(Map.class::isInstance)
                .findFirst()
                .map(details -> (Map<?, ?>) details)
                .orElse(Map.of());
    }
}
