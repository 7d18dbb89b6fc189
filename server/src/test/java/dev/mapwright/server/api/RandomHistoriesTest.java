package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.testkit.maprun.RecordedResults;
import dev.mapwright.testkit.simulation.RandomMachine;
import dev.mapwright.testkit.simulation.ScriptedTasks;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Random machines, run, stopped at random moments and redriven: whatever comes of them, their
/// histories are well formed and tell what DescribeExecution tells.
class RandomHistoriesTest {
    private static final int SEEDS = 300;
    private static final int REDRIVES_MAX = 2;
    private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

    /// EXPRESS children cannot be stopped: they may be at it for a while.
    private static final Duration AFTERWARDS = Duration.ofMinutes(10);

    @Test
    void everyHistoryIsWellFormed() {
        var seen = new TreeMap<String, Integer>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Life(seed, seen).live();
            } catch (AssertionError broken) {
                throw new AssertionError(
                        "seed %d: %s%n%s"
                                .formatted(
                                        seed,
                                        broken.getMessage(),
                                        RandomMachine.draw(seed).definition()),
                        broken);
            }
        }
        // Otherwise the machines are not as various as they should be.
        for (String type : List.of(
                "ChoiceStateExited",
                "EvaluationFailed",
                "ExecutionAborted",
                "ExecutionFailed",
                "ExecutionRedriven",
                "ExecutionSucceeded",
                "ExecutionTimedOut",
                "FailStateEntered",
                "LambdaFunctionFailed",
                "LambdaFunctionTimedOut",
                "MapIterationAborted",
                "MapIterationFailed",
                "MapIterationSucceeded",
                "MapRunFailed",
                "MapRunSucceeded",
                "ParallelStateFailed",
                "ParallelStateSucceeded",
                "SucceedStateExited",
                "TaskFailed",
                "TaskSubmitted",
                "TaskTimedOut",
                "WaitStateExited")) {
            assertTrue(seen.containsKey(type), () -> "no history has a " + type + ": " + seen);
        }
    }

    private static final class Life {
        private final long seed;
        private final Map<String, Integer> seen;
        private final RandomGenerator random;
        private final SimulatedWorld world;
        private final Map<String, Operation> operations;

        Life(long seed, Map<String, Integer> seen) {
            this.seed = seed;
            this.seen = seen;
            this.random = new SplittableRandom(seed);
            this.world = new SimulatedWorld(seed);
            var store = new MemoryStore(world);
            var tasks = new ScriptedTasks();
            tasks.enter(world, store);
            var results = new HashMap<String, RecordedResults>();
            var engine = new Engine(
                    world,
                    store,
                    PLACE,
                    tasks,
                    dataset -> {
                        throw new ReadFailed("no reader for " + dataset.resource());
                    },
                    (run, generation, target, checkpoint) -> results.computeIfAbsent(
                                    run, _ -> new RecordedResults(3, () -> {}))
                            .open(run, generation, target, checkpoint),
                    Settings.AWS);
            var tests = new StateTests(world, tasks, PLACE);
            this.operations = new Operations(engine, tests, PLACE.region()).byName();
        }

        void live() {
            world.run(() -> {
                try {
                    begin();
                } catch (Refused refused) {
                    throw new AssertionError(refused.code() + ": " + refused.getMessage());
                }
            });
        }

        private void begin() throws Refused, InterruptedException {
            Object machine = call(
                            "CreateStateMachine",
                            Map.of(
                                    "name",
                                    "m",
                                    "roleArn",
                                    "arn:aws:iam::123456789012:role/r",
                                    "definition",
                                    RandomMachine.draw(seed).definition()))
                    .get("stateMachineArn");
            var execution = (String) call(
                            "StartExecution",
                            Map.of("stateMachineArn", machine, "name", "e", "input", "7"))
                    .get("executionArn");
            if (random.nextInt(4) == 0) {
                stopSomeTime(execution);
            }
            Map<String, Object> ended = await(execution);
            check(execution, ended);
            for (int redrives = 0; redrives < REDRIVES_MAX; redrives++) {
                if (ended.get("redriveStatus").equals("REDRIVABLE") && redrive(execution)) {
                    ended = await(execution);
                    check(execution, ended);
                }
            }
            checkChildren(execution);
        }

        private void stopSomeTime(String execution) throws Refused, InterruptedException {
            world.sleepUntil(world.now().plusMillis(1L << random.nextInt(16)));
            if (describe(execution).get("status").equals("RUNNING")) {
                call("StopExecution", Map.of("executionArn", execution, "error", "Stopped"));
            }
        }

        private boolean redrive(String execution) throws InterruptedException {
            try {
                call("RedriveExecution", Map.of("executionArn", execution));
                return true;
            } catch (Refused refused) {
                assertEquals("ExecutionNotRedrivable", refused.code());
                return false;
            }
        }

        private Map<String, Object> await(String execution) throws Refused, InterruptedException {
            Map<String, Object> now = describe(execution);
            while (now.get("status").equals("RUNNING")) {
                world.sleepUntil(world.now().plusSeconds(1));
                now = describe(execution);
            }
            return now;
        }

        private Map<String, Object> describe(String execution)
                throws Refused, InterruptedException {
            return call("DescribeExecution", Map.of("executionArn", execution));
        }

        private void check(String execution, Map<String, Object> description)
                throws Refused, InterruptedException {
            List<Map<String, Object>> events = history(execution, Map.of("maxResults", 1000));
            WellFormedHistory.check(events, description);
            events.forEach(event -> seen.merge((String) event.get("type"), 1, Integer::sum));
            assertEquals(
                    events.reversed(),
                    history(execution, Map.of("maxResults", 7, "reverseOrder", true)));
        }

        private void checkChildren(String execution) throws Refused, InterruptedException {
            world.sleepUntil(world.now().plus(AFTERWARDS));
            for (Map<String, Object> run :
                    list("ListMapRuns", "mapRuns", Map.of("executionArn", execution))) {
                Object arn = run.get("mapRunArn");
                for (Map<String, Object> child :
                        list("ListExecutions", "executions", Map.of("mapRunArn", arn))) {
                    var childArn = (String) child.get("executionArn");
                    if (childArn.contains(":execution:")) {
                        check(childArn, describe(childArn));
                        checkChildren(childArn);
                    }
                }
            }
        }

        private List<Map<String, Object>> history(String execution, Map<String, Object> how)
                throws Refused, InterruptedException {
            var request = new LinkedHashMap<>(how);
            request.put("executionArn", execution);
            return list("GetExecutionHistory", "events", request);
        }

        /// All pages together.
        private List<Map<String, Object>> list(
                String operation, String member, Map<String, Object> request)
                throws Refused, InterruptedException {
            var all = new ArrayList<Map<String, Object>>();
            var next = new LinkedHashMap<>(request);
            Optional<Object> token;
            do {
                Map<String, Object> page = call(operation, next);
                ((List<?>) page.get(member)).forEach(item -> all.add(members(item)));
                token = Optional.ofNullable(page.get("nextToken"));
                token.ifPresent(text -> next.put("nextToken", text));
            } while (token.isPresent());
            return all;
        }

        private Map<String, Object> call(String operation, Map<String, Object> request)
                throws Refused, InterruptedException {
            var parameters = new Parameters(Json.of(request), JsonService.VALIDATION);
            return members(operations.get(operation).answer(parameters).json().value());
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> members(Object object) {
            return (Map<String, Object>) object;
        }
    }
}
