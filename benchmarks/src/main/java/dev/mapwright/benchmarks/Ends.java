package dev.mapwright.benchmarks;

import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;

import java.util.List;
import java.util.Map;

/// A queue into which EventBridge puts a message whenever an execution ends. Who asked again and
/// again instead would take processor time from what is measured, and hear of the end late.
final class Ends {
    private static final String NAME = "ends";
    private static final String PATTERN = """
            {"source":["aws.states"],"detail-type":["Step Functions Execution Status Change"],
             "detail":{"status":["SUCCEEDED","FAILED","TIMED_OUT","ABORTED"]}}""";

    /// What SQS allows at most.
    private static final int WAIT_SECONDS = 20;

    private final ServiceClient client;
    private final String queueUrl;

    private Ends(ServiceClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    static Ends hear(ServiceClient client) throws Exception {
        String url =
                client.json("AmazonSQS.CreateQueue", Map.of("QueueName", NAME)).text("QueueUrl");
        String arn = client.json(
                        "AmazonSQS.GetQueueAttributes",
                        Map.of("QueueUrl", url, "AttributeNames", List.of("QueueArn")))
                .object("Attributes")
                .text("QueueArn");
        client.json("AWSEvents.PutRule", Map.of("Name", NAME, "EventPattern", PATTERN));
        client.json(
                "AWSEvents.PutTargets",
                Map.of("Rule", NAME, "Targets", List.of(Map.of("Id", NAME, "Arn", arn))));
        return new Ends(client, url);
    }

    /// Returns when an execution has ended since the last call, or after a while.
    void awaitOne() throws Exception {
        Answer answer = client.json(
                "AmazonSQS.ReceiveMessage",
                Map.of("QueueUrl", queueUrl, "WaitTimeSeconds", WAIT_SECONDS));
        if (answer.members().containsKey("Messages")) {
            for (Answer message : answer.objects("Messages")) {
                client.json(
                        "AmazonSQS.DeleteMessage",
                        Map.of(
                                "QueueUrl",
                                queueUrl,
                                "ReceiptHandle",
                                message.text("ReceiptHandle")));
            }
        }
    }
}
