package dev.mapwright.engine.execution;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.expression.jsonpath.JsonPathDataflow;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.Outline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds what Tasks give to services against what these take, as far as the definition fixes it.
/// The parser knows no service; so this walks through the machine and the text that it was made of,
/// side by side.
final class ParameterCheck {
    private static final String CODE = "SCHEMA_VALIDATION_FAILED";

    /// As many as ValidateStateMachineDefinition can return.
    private static final int FINDINGS_MAX = 100;

    private final Integrations integrations;
    private final List<Diagnostic> found = new ArrayList<>();

    private ParameterCheck(Integrations integrations) {
        this.integrations = integrations;
    }

    /// @param definition the text of the machine
    static List<Diagnostic> of(StateMachine machine, String definition, Integrations integrations) {
        var check = new ParameterCheck(integrations);
        check.machine(machine, Json.ofText(definition).value(), "");
        return check.found;
    }

    private void machine(StateMachine machine, Object text, String location) {
        machine.states()
                .forEach((name, state) -> state(
                        state, member(member(text, "States"), name), location + "/States/" + name));
    }

    private void state(State state, Object text, String location) {
        switch (state) {
            case State.Task task ->
                integrations
                        .form(task.resource())
                        .ifPresent(form -> task(task, form, text, location));
            case State.Parallel parallel -> {
                for (int i = 0; i < parallel.branches().size(); i++) {
                    Object branch = ((List<?>) member(text, "Branches")).get(i);
                    machine(parallel.branches().get(i), branch, location + "/Branches[" + i + "]");
                }
            }
            case State.MapState map -> {
                String field = Stream.of("ItemProcessor", "Iterator")
                        .filter(((Map<?, ?>) text)::containsKey)
                        .findFirst()
                        .orElseThrow();
                machine(map.processor(), member(text, field), location + "/" + field);
            }
            case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
        }
    }

    private void task(State.Task task, ActionForm form, Object text, String location) {
        boolean isJsonPath = task.dataflow() instanceof JsonPathDataflow;
        String field = isJsonPath ? "Parameters" : "Arguments";
        Object given = member(text, field);
        if (given == null) {
            return;
        }
        var outline = isJsonPath ? Outline.ofParameters(given) : Outline.ofArguments(given);
        for (String fault : form.parameterFaults(outline)) {
            if (found.size() < FINDINGS_MAX) {
                found.add(new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        CODE,
                        fault,
                        Optional.of(location + "/" + field)));
            }
        }
    }

    private static Object member(Object object, String name) {
        return ((Map<?, ?>) object).get(name);
    }
}
