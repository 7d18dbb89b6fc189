package dev.mapwright.server.api;

import static java.util.Map.entry;

import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.server.awsjson.Operation;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All operations of the Step Functions API: the only place where AWS's names meet our methods.
final class Operations {
    /// Who answers what.
    private record Resources(
            MachineOperations machines,
            VersionOperations versions,
            AliasOperations aliases,
            TagOperations tags,
            ExecutionOperations executions,
            MapRunOperations mapRuns,
            ActivityOperations activities,
            TaskOperations tasks,
            TestOperations tests) {}

    private static final Map<String, Function<Resources, Operation>> SUPPORTED = Map.ofEntries(
            entry("CreateActivity", to -> to.activities()::create),
            entry("CreateStateMachine", to -> to.machines()::create),
            entry("CreateStateMachineAlias", to -> to.aliases()::create),
            entry("DeleteActivity", to -> to.activities()::delete),
            entry("DeleteStateMachine", to -> to.machines()::delete),
            entry("DeleteStateMachineAlias", to -> to.aliases()::delete),
            entry("DeleteStateMachineVersion", to -> to.versions()::delete),
            entry("DescribeActivity", to -> to.activities()::describe),
            entry("DescribeExecution", to -> to.executions()::describe),
            entry("DescribeMapRun", to -> to.mapRuns()::describe),
            entry("DescribeStateMachine", to -> to.machines()::describe),
            entry("DescribeStateMachineAlias", to -> to.aliases()::describe),
            entry("DescribeStateMachineForExecution", to -> to.machines()::describeForExecution),
            entry("GetActivityTask", to -> to.activities()::work),
            entry("GetExecutionHistory", to -> to.executions()::history),
            entry("ListActivities", to -> to.activities()::list),
            entry("ListExecutions", to -> to.executions()::list),
            entry("ListMapRuns", to -> to.mapRuns()::list),
            entry("ListStateMachineAliases", to -> to.aliases()::list),
            entry("ListStateMachineVersions", to -> to.versions()::list),
            entry("ListStateMachines", to -> to.machines()::list),
            entry("ListTagsForResource", to -> to.tags()::list),
            entry("PublishStateMachineVersion", to -> to.versions()::publish),
            entry("RedriveExecution", to -> to.executions()::redrive),
            entry("SendTaskFailure", to -> to.tasks()::fail),
            entry("SendTaskHeartbeat", to -> to.tasks()::heartbeat),
            entry("SendTaskSuccess", to -> to.tasks()::succeed),
            entry("StartExecution", to -> to.executions()::start),
            entry("StartSyncExecution", to -> to.executions()::startSync),
            entry("StopExecution", to -> to.executions()::stop),
            entry("TagResource", to -> to.tags()::tag),
            entry("TestState", to -> to.tests()::test),
            entry("UntagResource", to -> to.tags()::untag),
            entry("UpdateMapRun", to -> to.mapRuns()::update),
            entry("UpdateStateMachine", to -> to.machines()::update),
            entry("UpdateStateMachineAlias", to -> to.aliases()::update),
            entry("ValidateStateMachineDefinition", to -> to.machines()::validate));

    private final Resources resources;

    Operations(Engine engine, StateTests tests, String region) {
        this.resources = new Resources(
                new MachineOperations(engine.definitions(), engine.executions()),
                new VersionOperations(engine.definitions()),
                new AliasOperations(engine.aliases(), engine.definitions()),
                new TagOperations(engine.tags()),
                new ExecutionOperations(engine, region),
                new MapRunOperations(engine.mapRuns(), engine.executions()),
                new ActivityOperations(engine.activities()),
                new TaskOperations(engine.answers(), engine.settings().quotas().payloadBytesMax()),
                new TestOperations(tests));
    }

    Map<String, Operation> byName() {
        return SUPPORTED.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, of -> of.getValue().apply(resources)));
    }

    static Set<String> supported() {
        return SUPPORTED.keySet();
    }
}
