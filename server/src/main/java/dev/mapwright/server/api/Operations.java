package dev.mapwright.server.api;

import static java.util.Map.entry;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// All operations of the Step Functions API: the only place where AWS's names meet our methods.
final class Operations {
    /// What one operation answers to its parameters.
    interface Operation {
        Members answer(Parameters parameters) throws Refused, InterruptedException;
    }

    /// Operations of the service model that are refused by name.
    private static final Set<String> NOT_SUPPORTED = Set.of(
            "CreateActivity",
            "CreateStateMachineAlias",
            "DeleteActivity",
            "DeleteStateMachineAlias",
            "DeleteStateMachineVersion",
            "DescribeActivity",
            "DescribeStateMachineAlias",
            "GetActivityTask",
            "ListActivities",
            "ListStateMachineAliases",
            "ListStateMachineVersions",
            "ListTagsForResource",
            "PublishStateMachineVersion",
            "RedriveExecution",
            "SendTaskFailure",
            "SendTaskHeartbeat",
            "SendTaskSuccess",
            "TagResource",
            "TestState",
            "UntagResource",
            "UpdateStateMachineAlias");

    /// Who answers what.
    private record Resources(
            MachineOperations machines, ExecutionOperations executions, MapRunOperations mapRuns) {}

    private static final Map<String, Function<Resources, Operation>> SUPPORTED = Map.ofEntries(
            entry("CreateStateMachine", to -> to.machines()::create),
            entry("DeleteStateMachine", to -> to.machines()::delete),
            entry("DescribeExecution", to -> to.executions()::describe),
            entry("DescribeMapRun", to -> to.mapRuns()::describe),
            entry("DescribeStateMachine", to -> to.machines()::describe),
            entry("DescribeStateMachineForExecution", to -> to.machines()::describeForExecution),
            entry("GetExecutionHistory", to -> to.executions()::history),
            entry("ListExecutions", to -> to.executions()::list),
            entry("ListMapRuns", to -> to.mapRuns()::list),
            entry("ListStateMachines", to -> to.machines()::list),
            entry("StartExecution", to -> to.executions()::start),
            entry("StartSyncExecution", to -> to.executions()::startSync),
            entry("StopExecution", to -> to.executions()::stop),
            entry("UpdateMapRun", to -> to.mapRuns()::update),
            entry("UpdateStateMachine", to -> to.machines()::update),
            entry("ValidateStateMachineDefinition", to -> to.machines()::validate));

    private final Resources resources;

    Operations(
            MachineOperations machines, ExecutionOperations executions, MapRunOperations mapRuns) {
        this.resources = new Resources(machines, executions, mapRuns);
    }

    Json answer(String name, Json request) throws Refused, InterruptedException {
        Function<Resources, Operation> operation = SUPPORTED.get(name);
        if (operation == null) {
            throw new Refused(
                    "UnknownOperationException",
                    NOT_SUPPORTED.contains(name)
                            ? "Mapwright does not support the operation %s yet.".formatted(name)
                            : "There is no operation of this name in Step Functions.");
        }
        return operation.apply(resources).answer(new Parameters(request)).json();
    }

    static Set<String> supported() {
        return SUPPORTED.keySet();
    }

    static Set<String> notSupported() {
        return NOT_SUPPORTED;
    }
}
