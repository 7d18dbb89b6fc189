package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.Rule;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.StateMachine;
import dev.mapwright.asl.expression.choice.ChoiceRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One state of any type.
final class StateParser {
    private StateParser() {}

    /// Empty if there is no telling which type the state is of.
    static Optional<State> state(String name, Node state, Scene scene) {
        Optional<StateType> type = type(state);
        Language language = QueryLanguages.within(state, scene.language());
        type.ifPresent(known -> state.allow(known.fields(), language));
        return type.map(known -> switch (known) {
            case TASK -> TaskParser.task(name, state, language, scene);
            case WAIT ->
                new State.Wait(
                        name, language.dataflow(state, known), language.until(state), next(state));
            case PASS -> new State.Pass(name, language.dataflow(state, known), next(state));
            case SUCCEED -> new State.Succeed(name, language.dataflow(state, known));
            case FAIL ->
                new State.Fail(
                        name,
                        language.dataflow(state, known),
                        language.text(state, "Error"),
                        language.text(state, "Cause"));
            case CHOICE -> choice(name, state, language);
            case PARALLEL -> parallel(name, state, language, scene);
            case MAP -> MapParser.map(name, state, language, scene);
        });
    }

    private static Optional<StateType> type(Node state) {
        if (!state.has("Type")) {
            state.require(List.of("Type"));
            return Optional.empty();
        }
        Optional<StateType> type = StateType.of(state.raw("Type"));
        if (type.isEmpty()) {
            state.errorAt(
                    "Type",
                    "The field 'Type' should have one of these values: " + StateType.titles());
        }
        return type;
    }

    /// The next state; empty for `"End": true`.
    static Optional<String> next(Node state) {
        boolean ends = state.flag("End").orElse(false);
        if (ends && state.has("Next")) {
            state.error("There should only be one of the following fields: [Next, End]");
        } else if (!ends && !state.has("Next")) {
            state.error("This object should have only one of the following fields: [Next, End]");
        }
        return state.text("Next");
    }

    private static State choice(String name, Node state, Language language) {
        state.require(List.of("Choices"));
        var rules = new ArrayList<Rule>();
        for (Node rule : state.objects("Choices")) {
            List<String> allowed = rule.members().keySet().stream()
                    .filter(StateParser::isRuleField)
                    .toList();
            rule.allow(allowed, language);
            rules.add(new Rule(
                    language.condition(rule),
                    language.rule(rule, state),
                    rule.requiredText("Next")));
        }
        return new State.Choice(
                name,
                language.dataflow(state, StateType.CHOICE),
                List.copyOf(rules),
                state.text("Default"));
    }

    private static boolean isRuleField(String field) {
        return List.of("Next", "Assign", "Comment", "Output", "Condition").contains(field)
                || ChoiceRule.isTestField(field);
    }

    private static State parallel(String name, Node state, Language language, Scene scene) {
        state.require(List.of("Branches"));
        List<StateMachine> branches = state.objects("Branches").stream()
                .map(branch -> MachineParser.branch(branch, scene))
                .toList();
        return new State.Parallel(
                name,
                language.dataflow(state, StateType.PARALLEL),
                branches,
                RecoveryParser.recovery(state, language),
                next(state));
    }
}
