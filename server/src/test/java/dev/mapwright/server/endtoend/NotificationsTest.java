package dev.mapwright.server.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.clients.JavaClients;
import dev.mapwright.testkit.clients.MachineClients;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What alarms, rules and topics have to say, all the way to queues and functions. The tests share
/// an engine, so that each has names of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsTest {
    private static final String ACCOUNT = "us-east-1:123456789012";

    private Served served;
    private SqsClient sqs;
    private SnsClient sns;
    private EventBridgeClient events;
    private LambdaClient lambda;
    private CloudWatchClient cloudWatch;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        served = Served.on(data);
        var clients = new JavaClients(served.endpoint());
        sqs = clients.make(SqsClient.builder());
        sns = clients.make(SnsClient.builder());
        events = clients.make(EventBridgeClient.builder());
        lambda = clients.make(LambdaClient.builder());
        cloudWatch = clients.make(CloudWatchClient.builder());
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable client : List.of(sqs, sns, events, lambda, cloudWatch)) {
            client.close();
        }
        served.close();
    }

    @Test
    void anAlarmTellsATopicAFunctionAndTheDefaultBus() throws Exception {
        String topic = sns.createTopic(request -> request.name("oncall")).topicArn();
        String pager = queue("pager");
        sns.subscribe(request -> request.topicArn(topic)
                .protocol("sqs")
                .endpoint(queueArn("pager"))
                .attributes(Map.of("RawMessageDelivery", "true")));
        String calls = function("calls");
        String heard = queue("heard");
        rule(
                "alarms",
                "{\"source\": [\"aws.cloudwatch\"]}",
                target -> target.arn(queueArn("heard")));
        cloudWatch.putMetricAlarm(request -> request.alarmName("open runs")
                .alarmDescription("too many runs are open")
                // No metric of the engine's: only this test moves the alarm.
                .namespace("Drills")
                .metricName("ApproximateOpenMapRunCount")
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(10.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("ignore")
                .alarmActions(topic, functionArn("calls")));

        cloudWatch.setAlarmState(request ->
                request.alarmName("open runs").stateValue(StateValue.ALARM).stateReason("a drill"));

        Map<?, ?> message = json(JavaClients.receive(sqs, pager).body());
        assertEquals("open runs", message.get("AlarmName"));
        assertEquals("too many runs are open", message.get("AlarmDescription"));
        assertEquals("INSUFFICIENT_DATA", message.get("OldStateValue"));
        assertEquals("ALARM", message.get("NewStateValue"));
        assertEquals("a drill", message.get("NewStateReason"));
        assertEquals(
                "ApproximateOpenMapRunCount",
                ((Map<?, ?>) message.get("Trigger")).get("MetricName"));
        Map<?, ?> event = json(JavaClients.receive(sqs, heard).body());
        assertEquals("CloudWatch Alarm State Change", event.get("detail-type"));
        assertEquals(
                List.of("arn:aws:cloudwatch:us-east-1:123456789012:alarm:open runs"),
                event.get("resources"));
        Map<?, ?> call = json(JavaClients.receive(sqs, calls).body());
        assertEquals("aws.cloudwatch", call.get("source"));
        assertEquals("open runs", ((Map<?, ?>) call.get("alarmData")).get("alarmName"));
    }

    @Test
    void theAwsCliHearsOfAnAlarmOnceItsActionsAreEnabled(@TempDir Path folder) throws Exception {
        var cli = new MachineClients(served.endpoint(), folder);
        String topic = sns.createTopic(request -> request.name("night")).topicArn();
        String bell = queue("bell");
        sns.subscribe(
                request -> request.topicArn(topic).protocol("sqs").endpoint(queueArn("bell")));
        cli.aws(
                ("cloudwatch put-metric-alarm --alarm-name quiet --namespace Logs --metric-name Errors"
                                + " --statistic Sum --period 60 --evaluation-periods 1 --threshold 1"
                                + " --comparison-operator GreaterThanThreshold --treat-missing-data ignore"
                                + " --no-actions-enabled --alarm-actions " + topic
                                + " --ok-actions " + topic)
                        .split(" "));
        cli.aws(
                "cloudwatch set-alarm-state --alarm-name quiet --state-value ALARM --state-reason drill"
                        .split(" "));
        cli.aws("cloudwatch enable-alarm-actions --alarm-names quiet".split(" "));
        cli.aws("cloudwatch set-alarm-state --alarm-name quiet --state-value OK --state-reason over"
                .split(" "));
        Map<?, ?> envelope = json(JavaClients.receive(sqs, bell).body());
        assertEquals("OK: \"quiet\" in US East (N. Virginia)", envelope.get("Subject"));
        assertEquals("ALARM", json((String) envelope.get("Message")).get("OldStateValue"));
    }

    @Test
    void aFunctionGetsWhatTheTargetsInputMakesOfAnEvent() throws Exception {
        String calls = function("inputs");
        String pattern = "{\"source\": [\"shop\"]}";
        rule("all", pattern, target -> target.arn(functionArn("inputs")));
        rule("constant", pattern, target -> target.arn(functionArn("inputs"))
                .input("{\"constant\": 1}"));
        rule("part", pattern, target -> target.arn(functionArn("inputs"))
                .inputPath("$.detail.order"));
        rule(
                "template",
                pattern,
                target -> target.arn(functionArn("inputs"))
                        .inputTransformer(
                                input -> input.inputPathsMap(Map.of(
                                                "id", "$.detail.order.id", "all", "$.detail"))
                                        .inputTemplate(
                                                "{\"text\": \"order <id> by <aws.events.rule-name>\", \"detail\": <all>}")));
        events.putEvents(request -> request.entries(entry ->
                entry.source("shop").detailType("Order").detail("{\"order\": {\"id\": 7}}")));
        var inputs = new HashSet<Object>();
        for (int i = 0; i < 4; i++) {
            Map<?, ?> input = json(JavaClients.receive(sqs, calls).body());
            inputs.add(input.containsKey("detail-type") ? input.get("detail") : input);
        }
        Object order = Map.of("order", Map.of("id", 7));
        assertEquals(
                Set.of(
                        order,
                        Map.of("constant", 1),
                        Map.of("id", 7),
                        Map.of("text", "order 7 by template", "detail", order)),
                inputs);
    }

    @Test
    void whatATargetDoesNotTakeGoesToItsDeadLetterQueueWithTheReason() throws Exception {
        String dead = queue("dead");
        rule("lost", "{\"source\": [\"stall\"]}", target -> target.arn(functionArn("nowhere"))
                .retryPolicy(retry -> retry.maximumRetryAttempts(0))
                .deadLetterConfig(queue -> queue.arn(queueArn("dead"))));
        events.putEvents(request -> request.entries(
                entry -> entry.source("stall").detailType("Order").detail("{\"id\": 7}")));
        Message message = JavaClients.receive(sqs, dead);
        assertEquals(Map.of("id", 7), json(message.body()).get("detail"));
        assertEquals(
                functionArn("nowhere"),
                message.messageAttributes().get("TARGET_ARN").stringValue());
        assertEquals(
                "arn:aws:events:us-east-1:123456789012:rule/lost",
                message.messageAttributes().get("RULE_ARN").stringValue());
        assertTrue(message.messageAttributes()
                .get("ERROR_MESSAGE")
                .stringValue()
                .contains("Function not found"));
    }

    @Test
    void aFunctionGetsTheMessagesOfATopic() throws Exception {
        String calls = function("messages");
        String topic = sns.createTopic(request -> request.name("orders")).topicArn();
        sns.subscribe(request ->
                request.topicArn(topic).protocol("lambda").endpoint(functionArn("messages")));
        sns.publish(request -> request.topicArn(topic).subject("new").message("order 7"));
        var records = (List<?>) json(JavaClients.receive(sqs, calls).body()).get("Records");
        Map<?, ?> record = (Map<?, ?>) records.getFirst();
        assertEquals("aws:sns", record.get("EventSource"));
        assertEquals("order 7", ((Map<?, ?>) record.get("Sns")).get("Message"));
        assertEquals("new", ((Map<?, ?>) record.get("Sns")).get("Subject"));
    }

    @Test
    void aSignatureIsThatOfTheCertificateThatTheMessageNames() throws Exception {
        String topic = sns.createTopic(request ->
                        request.name("signed").attributes(Map.of("SignatureVersion", "2")))
                .topicArn();
        String queue = queue("signed");
        sns.subscribe(
                request -> request.topicArn(topic).protocol("sqs").endpoint(queueArn("signed")));
        sns.publish(request -> request.topicArn(topic).subject("new").message("order 7"));
        Map<?, ?> message = json(JavaClients.receive(sqs, queue).body());
        assertEquals("2", message.get("SignatureVersion"));
        var signature = Signature.getInstance("SHA256withRSA");
        try (var certificate =
                URI.create((String) message.get("SigningCertURL")).toURL().openStream()) {
            signature.initVerify(
                    CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        for (String name :
                List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")) {
            signature.update(
                    (name + "\n" + message.get(name) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(signature.verify(Base64.getDecoder().decode((String) message.get("Signature"))));
    }

    private String queue(String name) {
        return sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    private static String queueArn(String name) {
        return "arn:aws:sqs:" + ACCOUNT + ":" + name;
    }

    private static String functionArn(String name) {
        return "arn:aws:lambda:" + ACCOUNT + ":function:" + name;
    }

    /// A function that sends every event on to a queue of its name.
    ///
    /// @return the queue's URL
    private String function(String name) throws IOException {
        String url = queue(name);
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("app.py"));
            out.write("""
                    import json, urllib.request
                    def handler(event, context):
                        message = json.dumps({"QueueUrl": "%1$s", "MessageBody": json.dumps(event)})
                        urllib.request.urlopen(urllib.request.Request("%1$s", message.encode(), {
                            "X-Amz-Target": "AmazonSQS.SendMessage",
                            "Content-Type": "application/x-amz-json-1.0"})).read()
                    """.formatted(url).getBytes(StandardCharsets.UTF_8));
        }
        lambda.createFunction(request -> request.functionName(name)
                .runtime("python3.12")
                .handler("app.handler")
                .role("arn:aws:iam::123456789012:role/r")
                .timeout(60)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip.toByteArray()))));
        return url;
    }

    private void rule(String name, String pattern, Consumer<Target.Builder> target) {
        events.putRule(request -> request.name(name).eventPattern(pattern));
        events.putTargets(request -> request.rule(name).targets(one -> {
            one.id("1");
            target.accept(one);
        }));
    }

    private static Map<?, ?> json(String text) throws Exception {
        return (Map<?, ?>) Json.parse(text).value();
    }
}
