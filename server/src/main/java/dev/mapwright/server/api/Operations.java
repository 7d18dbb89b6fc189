package dev.mapwright.server.api;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

    private final Map<String, Operation> operations = new TreeMap<>();

    Operations(
            MachineOperations machines, ExecutionOperations executions, MapRunOperations mapRuns) {
        operations.put("CreateStateMachine", machines::create);
        operations.put("DeleteStateMachine", machines::delete);
        operations.put("DescribeExecution", executions::describe);
        operations.put("DescribeMapRun", mapRuns::describe);
        operations.put("DescribeStateMachine", machines::describe);
        operations.put("DescribeStateMachineForExecution", machines::describeForExecution);
        operations.put("GetExecutionHistory", executions::history);
        operations.put("ListExecutions", executions::list);
        operations.put("ListMapRuns", mapRuns::list);
        operations.put("ListStateMachines", machines::list);
        operations.put("StartExecution", executions::start);
        operations.put("StartSyncExecution", executions::startSync);
        operations.put("StopExecution", executions::stop);
        operations.put("UpdateMapRun", mapRuns::update);
        operations.put("UpdateStateMachine", machines::update);
        operations.put("ValidateStateMachineDefinition", machines::validate);
    }

    Json answer(String name, Json request) throws Refused, InterruptedException {
        Operation operation = operations.get(name);
        if (operation == null) {
            throw new Refused(
                    "UnknownOperationException",
                    NOT_SUPPORTED.contains(name)
                            ? "Mapwright does not support the operation %s yet.".formatted(name)
                            : "There is no operation of this name in Step Functions.");
        }
        return operation.answer(new Parameters(request)).json();
    }

    Set<String> supported() {
        return operations.keySet();
    }

    static Set<String> notSupported() {
        return NOT_SUPPORTED;
    }
}
