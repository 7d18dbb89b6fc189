package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.clients.JavaClients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The process is killed while executions begin and end: none of that goes unannounced.
class StatusEventsTest {
    private static final int EXECUTIONS = 400;
    private static final int KILLED_AFTER = 250;
    private static final int SILENCES_MAX = 30;

    /// Ends in each of the ways that it can by itself.
    private static final String MACHINE = """
            {"StartAt": "How", "TimeoutSeconds": 1, "States": {
              "How": {"Type": "Choice", "Default": "Good", "Choices": [
                {"Variable": "$.how", "StringEquals": "bad", "Next": "Bad"},
                {"Variable": "$.how", "StringEquals": "long", "Next": "Long"}]},
              "Good": {"Type": "Succeed"},
              "Bad": {"Type": "Fail", "Error": "Bad", "Cause": "asked to be"},
              "Long": {"Type": "Wait", "Seconds": 60, "End": true}}}
            """;

    @TempDir
    Path folder;

    @Test
    void everyStatusOfEveryExecutionIsAnnouncedAlsoOverAKill() throws Exception {
        Path data = folder.resolve("data");
        try (var served = Served.on(data)) {
            var clients = new JavaClients(served.endpoint());
            try (var states = clients.make(SfnClient.builder());
                    var sqs = clients.make(SqsClient.builder());
                    var events = clients.make(EventBridgeClient.builder())) {
                sqs.createQueue(request -> request.queueName("heard"));
                events.putRule(request ->
                        request.name("states").eventPattern("{\"source\": [\"aws.states\"]}"));
                events.putTargets(request -> request.rule("states").targets(target -> target.id("1")
                        .arn("arn:aws:sqs:us-east-1:123456789012:heard")));
                String machine = states.createStateMachine(request -> request.name("ways")
                                .definition(MACHINE)
                                .roleArn("arn:aws:iam::123456789012:role/r"))
                        .stateMachineArn();
                var killer = Thread.ofVirtual().unstarted(() -> kill(served));
                for (int i = 0; i < EXECUTIONS; i++) {
                    if (i == KILLED_AFTER) {
                        killer.start();
                    }
                    if (!start(states, machine, i)) {
                        break;
                    }
                }
                killer.join();
            }
        }
        try (var served = Served.on(data)) {
            var clients = new JavaClients(served.endpoint());
            try (var states = clients.make(SfnClient.builder());
                    var sqs = clients.make(SqsClient.builder())) {
                Map<String, Set<String>> statuses = statuses(states);
                assertEquals(statuses, heard(sqs, statuses));
            }
        }
    }

    /// False when nobody answers any more.
    private static boolean start(SfnClient states, String machine, int number) {
        String how = List.of("good", "bad", "long", "stop").get(number % 4);
        try {
            String execution = states.startExecution(request -> request.stateMachineArn(machine)
                            .name("e" + number)
                            .input(Json.of(Map.of("how", how.equals("stop") ? "long" : how))
                                    .text()))
                    .executionArn();
            if (how.equals("stop")) {
                states.stopExecution(request -> request.executionArn(execution));
            }
            return true;
        } catch (SdkClientException killed) {
            return false;
        }
    }

    private static void kill(Served served) {
        try {
            served.kill();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What each execution has been, by its name, once all of them have ended.
    private static Map<String, Set<String>> statuses(SfnClient states) throws Exception {
        String machine = states.listStateMachines().stateMachines().getFirst().stateMachineArn();
        while (!states.listExecutions(request ->
                        request.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
                .executions()
                .isEmpty()) {
            Thread.sleep(100);
        }
        var statuses = new TreeMap<String, Set<String>>();
        for (ExecutionListItem each : states.listExecutionsPaginator(
                        request -> request.stateMachineArn(machine))
                .executions()) {
            statuses.put(each.name(), new TreeSet<>(Set.of("RUNNING", each.statusAsString())));
        }
        return statuses;
    }

    /// What was said of each execution, until all that is expected has been and nothing more comes.
    private static Map<String, Set<String>> heard(SqsClient sqs, Map<String, Set<String>> expected)
            throws Exception {
        String queue = sqs.getQueueUrl(request -> request.queueName("heard")).queueUrl();
        var heard = new TreeMap<String, Set<String>>();
        int silences = 0;
        while (true) {
            List<Message> messages = sqs.receiveMessage(request ->
                            request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(5))
                    .messages();
            if (messages.isEmpty() && (heard.equals(expected) || ++silences == SILENCES_MAX)) {
                return heard;
            }
            for (Message message : messages) {
                var event = (Map<?, ?>) Json.parse(message.body()).value();
                var detail = (Map<?, ?>) event.get("detail");
                heard.computeIfAbsent((String) detail.get("name"), _ -> new TreeSet<>())
                        .add((String) detail.get("status"));
                sqs.deleteMessage(
                        request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }
}
