package dev.mapwright.engine.statetest;

import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.TaskResource.Pattern;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Integrations;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which states need a mock, which take none, and what a mocked result must look like.
final class MockRules {
    private MockRules() {}

    static void check(Subject subject, StateTest test, Integrations integrations) throws Refused {
        StateTest.Settings settings = test.settings();
        if (settings.mapIterationFailureCount().isPresent() && test.mock().isEmpty()) {
            throw invalid(
                    "TestState does not support MapIterationFailureCount when a mock is not specified.");
        }
        if (test.mock().isEmpty()) {
            checkUnmocked(subject);
            return;
        }
        Optional<String> culprit = settings.errorCausedByState();
        if (culprit.isPresent() && !holds(subject, culprit.get())) {
            throw invalid("ErrorCausedByState '%s' is not a state inside of the tested %s state."
                    .formatted(culprit.get(), subject.type()));
        }
        switch (subject.state()) {
            case State.Task task -> checkResult(task, test.mock().get(), integrations);
            case State.MapState map -> checkResult(map, test.mock().get());
            case State.Parallel parallel -> checkResult(parallel, test.mock().get());
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ ->
                throw invalid("State type '%s' is not supported when a mock is specified"
                        .formatted(subject.type()));
        }
    }

    private static void checkUnmocked(Subject subject) throws Refused {
        switch (subject.state()) {
            case State.MapState _, State.Parallel _ ->
                throw new Refused(
                        "InvalidDefinition",
                        "TestState API does not support Map or Parallel states. Supported state"
                                + " types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
            case State.Task task -> {
                if (task.resource().pattern() != Pattern.REQUEST_RESPONSE) {
                    throw new Refused(
                            "InvalidDefinition",
                            "TestState needs a mock for the resource %s: it does not wait for jobs or task tokens."
                                    .formatted(task.resource().arn()));
                }
            }
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private static boolean holds(Subject subject, String name) {
        return Subject.inside(subject.state(), subject.setting())
                .anyMatch(inner -> inner.state().name().equals(name));
    }

    /// Holds the result against what the Task's service says of it, as far as that is known.
    private static void checkResult(State.Task task, Mock mock, Integrations integrations)
            throws Refused {
        if (!(mock instanceof Mock.Result(var result, var validation))) {
            return;
        }
        Optional<ActionForm> form = integrations.form(task.resource());
        if (form.isEmpty()) {
            return;
        }
        Optional<String> fault =
                switch (validation) {
                    case STRICT ->
                        form.get().resultFault(result, ActionForm.Completeness.REQUIRED_MEMBERS);
                    case PRESENT ->
                        form.get().resultFault(result, ActionForm.Completeness.ANY_MEMBERS);
                    case NONE -> Optional.empty();
                };
        if (fault.isPresent()) {
            throw invalid("Mock result schema validation error: " + fault.get());
        }
    }

    private static void checkResult(State.MapState map, Mock mock) throws Refused {
        if (!(mock instanceof Mock.Result(var result, var _))) {
            return;
        }
        if (exports(map)) {
            if (!(result.value() instanceof Map)) {
                throw invalid("Mocked result must be a JSON object.");
            }
        } else if (!(result.value() instanceof List)) {
            throw invalid("Mocked result must be an array.");
        }
    }

    /// A ResultWriter that writes to S3 leaves an object as the state's result.
    private static boolean exports(State.MapState map) {
        return switch (map.mode()) {
            case MapMode.Inline() -> false;
            case MapMode.Distributed distributed ->
                distributed
                        .writer()
                        .filter(writer -> writer.arguments().isPresent())
                        .isPresent();
        };
    }

    private static void checkResult(State.Parallel parallel, Mock mock) throws Refused {
        if (!(mock instanceof Mock.Result(var result, var _))) {
            return;
        }
        if (!(result.value() instanceof List<?> results)) {
            throw invalid("Mocked result must be an array.");
        }
        if (results.size() != parallel.branches().size()) {
            throw invalid(
                    "Mocked result must contain the same number of items as number of Parallel branches.");
        }
    }

    static Refused invalid(String message) {
        return new Refused("ValidationException", message);
    }
}
