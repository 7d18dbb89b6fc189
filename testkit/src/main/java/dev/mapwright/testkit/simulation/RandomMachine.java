package dev.mapwright.testkit.simulation;

import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Draws a state machine from a seed: every kind of state, nested, with retries, catchers, timeouts
/// and loops. What its Tasks do is written in their arguments; see [ScriptedTasks].
public final class RandomMachine {
    static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:scripted";
    static final String JOB = "arn:aws:states:::batch:submitJob.sync";

    private static final int DEPTH_MAX = 3;
    private static final int STATES_MAX = 24;
    private static final int STEPS_MAX = 3;
    private static final int BRANCHES_MAX = 3;
    private static final int INLINE_ITEMS_MAX = 5;
    private static final int DISTRIBUTED_ITEMS_MAX = 9;

    private final RandomGenerator random;
    private int names;
    private boolean predictable = true;

    private RandomMachine(RandomGenerator random) {
        this.random = random;
    }

    /// @param predictable whether every run must end the same: no two different failures race, and
    ///     no timeout
    public record Drawn(String definition, boolean predictable) {
        /// Whether a predictable one ends as it does undisturbed. One that was stopped does once it
        /// is redriven, if redriving it makes no difference.
        boolean keepsEnding(Disturbance disturbance) {
            return switch (disturbance) {
                case Disturbance.Stopped _ -> false;
                case Disturbance.Redriven _ ->
                    !definition.contains(ScriptedTasks.Outcome.FAIL_UNTIL_REDRIVEN.name());
                case Disturbance.None _,
                        Disturbance.CrashAtCommit _,
                        Disturbance.Crashes _,
                        Disturbance.Adjusted _,
                        Disturbance.ShutDown _ -> true;
            };
        }
    }

    /// Where a flow stands in the machine.
    private record Setting(int depth, boolean inExpress, boolean jsonata) {
        Setting inside() {
            return new Setting(depth + 1, inExpress, jsonata);
        }

        Setting child(boolean express) {
            return new Setting(depth + 1, express, jsonata);
        }
    }

    public static Drawn draw(long seed) {
        var source = new SplittableRandom(seed);
        var machine = new RandomMachine(source);
        boolean jsonata = source.nextBoolean();
        Draft flow = machine.flow(new Setting(0, false, jsonata));
        var definition = new LinkedHashMap<String, Object>();
        definition.put("QueryLanguage", jsonata ? "JSONata" : "JSONPath");
        if (machine.oneIn(10)) {
            definition.put("TimeoutSeconds", 1 + source.nextInt(60));
            machine.predictable = false;
        }
        definition.putAll(flow.machine());
        return new Drawn(Json.of(definition).text(), machine.predictable);
    }

    private Draft flow(Setting setting) {
        var draft = new Draft();
        for (int steps = 1 + random.nextInt(STEPS_MAX); steps > 0; steps--) {
            step(draft, setting);
        }
        if (oneIn(8)) {
            draft.enter(name("Fail"), state("Fail", "Error", "Boom", "Cause", "drawn"));
            draft.mayFail(Set.of("Boom"));
        } else if (oneIn(2)) {
            draft.enter(name("Succeed"), state("Succeed"));
        } else {
            draft.enter(name("Last"), state("Pass", "End", true));
        }
        return draft;
    }

    private void step(Draft draft, Setting setting) {
        boolean mayNest = setting.depth() < DEPTH_MAX && names < STATES_MAX;
        switch (random.nextInt(mayNest ? 14 : 8)) {
            case 0 -> pass(draft, setting);
            case 1 -> choice(draft, setting);
            case 2 -> await(draft);
            case 3 -> loop(draft, setting);
            case 4, 5, 6 -> task(draft, setting);
            case 7 -> broken(draft, setting);
            case 8, 9 -> parallel(draft, setting);
            case 10, 11 -> inlineMap(draft, setting);
            default -> distributedMap(draft, setting);
        }
    }

    private void pass(Draft draft, Setting setting) {
        draft.step(
                name("Pass"), state("Pass", setting.jsonata() ? "Output" : "Result", constant()));
    }

    private void choice(Draft draft, Setting setting) {
        String one = name("One");
        String other = name("Other");
        Map<String, Object> rule = setting.jsonata()
                ? map("Condition", "{% $contains($states.context.State.Name, '1') %}", "Next", one)
                : map("Variable", "$$.State.Name", "StringMatches", "*1*", "Next", one);
        draft.enter(name("Choice"), state("Choice", "Choices", List.of(rule), "Default", other));
        draft.aside(one, state("Pass"));
        draft.aside(other, state("Pass"));
    }

    private void await(Draft draft) {
        draft.step(name("Wait"), state("Wait", "Seconds", 1 + random.nextInt(20)));
    }

    /// Something done twice, counted by a variable.
    private void loop(Draft draft, Setting setting) {
        String counter = "n" + names;
        String again = name("Again");
        var start = state("Pass", "Assign", map(counter, 0));
        draft.step(name("Begin"), start);
        Map<String, Object> body = setting.jsonata()
                ? state("Pass", "Assign", map(counter, "{%% $%s + 1 %%}".formatted(counter)))
                : state(
                        "Pass",
                        "Assign",
                        map(counter + ".$", "States.MathAdd($%s, 1)".formatted(counter)));
        String first = name("Count");
        draft.step(first, body);
        task(draft, setting);
        Map<String, Object> rule = setting.jsonata()
                ? map("Condition", "{%% $%s < 2 %%}".formatted(counter), "Next", first)
                : map("Variable", "$" + counter, "NumericLessThan", 2, "Next", first);
        String out = name("Out");
        draft.enter(again, state("Choice", "Choices", List.of(rule), "Default", out));
        draft.aside(out, state("Pass"));
    }

    /// A field that cannot be evaluated; or, for the most part, one that can.
    private void broken(Draft draft, Setting setting) {
        if (!oneIn(3)) {
            task(draft, setting);
        } else if (setting.jsonata()) {
            draft.step(name("Bad"), state("Pass", "Output", "{% $error('drawn') %}"));
            draft.mayFail(Set.of("States.QueryEvaluationError"));
        } else {
            draft.step(name("Bad"), state("Pass", "Parameters", map("a.$", "$.no.such.thing")));
            draft.mayFail(Set.of("States.Runtime"));
        }
    }

    private void task(Draft draft, Setting setting) {
        String name = name("Task");
        var errors = new TreeSet<String>();
        var outcome = ScriptedTasks.Outcome.values()[
                random.nextInt(ScriptedTasks.Outcome.values().length)];
        var state = state("Task", "Resource", oneIn(4) && !setting.inExpress() ? JOB : FUNCTION);
        var arguments = map("outcome", outcome.name(), "millis", random.nextInt(200));
        if (setting.jsonata()) {
            arguments.put("attempt", "{% $states.context.State.RetryCount %}");
            arguments.put("redriveCount", "{% $states.context.Execution.RedriveCount %}");
            arguments.put("input", "{% $states.input %}");
        } else {
            arguments.put("attempt.$", "$$.State.RetryCount");
            arguments.put("redriveCount.$", "$$.Execution.RedriveCount");
            arguments.put("input.$", "$");
        }
        state.put(setting.jsonata() ? "Arguments" : "Parameters", arguments);
        switch (outcome) {
            case SUCCEED -> {}
            case HANG -> errors.add("States.Timeout");
            case FAIL, FAIL_FIRST, FAIL_SOME, FAIL_UNTIL_REDRIVEN -> errors.add("Boom");
        }
        if (outcome == ScriptedTasks.Outcome.HANG || oneIn(2)) {
            state.put("TimeoutSeconds", 60);
        }
        recover(draft, setting, state, errors);
        draft.step(name, state);
    }

    private void parallel(Draft draft, Setting setting) {
        String name = name("Parallel");
        var branches = new ArrayList<Map<String, Object>>();
        var errors = new TreeSet<String>();
        for (int count = 1 + random.nextInt(BRANCHES_MAX); count > 0; count--) {
            Draft branch = flow(setting.inside());
            branches.add(branch.machine());
            errors.addAll(branch.errors());
        }
        predictable &= errors.size() < 2;
        var state = state("Parallel", "Branches", branches);
        recover(draft, setting, state, errors);
        draft.step(name, state);
    }

    private void inlineMap(Draft draft, Setting setting) {
        String name = name("Map");
        Draft processor = flow(setting.inside());
        predictable &= processor.errors().size() < 2;
        var state = state("Map", "ItemProcessor", processor.machine());
        items(draft, setting, state, INLINE_ITEMS_MAX);
        recover(draft, setting, state, processor.errors());
        draft.step(name, state);
    }

    private void distributedMap(Draft draft, Setting setting) {
        if (setting.inExpress()) {
            inlineMap(draft, setting);
            return;
        }
        String name = name("Distributed");
        boolean express = oneIn(2);
        Draft processor = flow(setting.child(express));
        var machine = new LinkedHashMap<String, Object>();
        machine.put(
                "ProcessorConfig",
                map("Mode", "DISTRIBUTED", "ExecutionType", express ? "EXPRESS" : "STANDARD"));
        machine.putAll(processor.machine());
        var state = state("Map", "ItemProcessor", machine);
        items(draft, setting, state, DISTRIBUTED_ITEMS_MAX);
        if (oneIn(2)) {
            state.put("ItemBatcher", map("MaxItemsPerBatch", 1 + random.nextInt(3)));
        }
        switch (random.nextInt(3)) {
            case 0 -> state.put("ToleratedFailureCount", random.nextInt(4));
            case 1 -> state.put("ToleratedFailurePercentage", 10 * random.nextInt(11));
            default -> {}
        }
        boolean exported = oneIn(3);
        if (exported) {
            state.put(
                    "ResultWriter",
                    map(
                            "Resource",
                            "arn:aws:states:::s3:putObject",
                            setting.jsonata() ? "Arguments" : "Parameters",
                            map("Bucket", "b", "Prefix", "p")));
        }
        if (exported || !processor.errors().isEmpty()) {
            // The result holds ARNs and times, which differ from run to run.
            if (setting.jsonata()) {
                state.put("Output", "mapped");
            } else {
                state.put("ResultPath", null);
            }
        }
        recover(
                draft,
                setting,
                state,
                processor.errors().isEmpty()
                        ? Set.of()
                        : Set.of("States.ExceedToleratedFailureThreshold"));
        draft.step(name, state);
    }

    private void items(Draft draft, Setting setting, Map<String, Object> state, int countMax) {
        List<Integer> items =
                IntStream.range(0, random.nextInt(countMax + 1)).boxed().toList();
        if (setting.jsonata()) {
            state.put("Items", items);
        } else {
            draft.step(name("Items"), state("Pass", "Result", items));
        }
        if (oneIn(2)) {
            state.put("MaxConcurrency", 1 + random.nextInt(3));
        }
        if (oneIn(3)) {
            state.put(
                    "ItemSelector",
                    setting.jsonata()
                            ? map("item", "{% $states.context.Map.Item.Value %}")
                            : map("item.$", "$$.Map.Item.Value"));
        }
    }

    private void recover(
            Draft draft, Setting setting, Map<String, Object> state, Set<String> errors) {
        if (oneIn(2)) {
            state.put(
                    "Retry",
                    List.of(map(
                            "ErrorEquals",
                            List.of(oneIn(2) ? "States.ALL" : "Boom"),
                            "IntervalSeconds",
                            1 + random.nextInt(3),
                            "MaxAttempts",
                            1 + random.nextInt(2))));
        }
        if (oneIn(2)) {
            Map<String, Object> catcher = map("ErrorEquals", List.of("States.ALL"));
            if (setting.jsonata()) {
                catcher.put("Output", map("caught", "{% $states.errorOutput.Error %}"));
            } else {
                catcher.put("ResultPath", null);
            }
            draft.mayFail(errors.contains("States.Runtime") ? Set.of("States.Runtime") : Set.of());
            state.put("Catch", new ArrayList<>(List.of(catcher)));
        } else {
            draft.mayFail(errors);
        }
    }

    private Object constant() {
        return oneIn(3) ? map("drawn", random.nextInt(100)) : (Object) random.nextInt(100);
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private String name(String kind) {
        return kind + names++;
    }

    private static Map<String, Object> state(String type, Object... members) {
        Map<String, Object> state = map("Type", type);
        state.putAll(map(members));
        return state;
    }

    private static Map<String, Object> map(Object... members) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < members.length; i += 2) {
            map.put((String) members[i], members[i + 1]);
        }
        return map;
    }
}
