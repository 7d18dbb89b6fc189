package dev.mapwright.benchmarks;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.LocalAnswer;
import dev.mapwright.adapters.aws.LocalService;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `aws-sdk:SERVICE:ACTION` costs beyond the SDK's client that it calls: making the request of
/// a Task's parameters, and a Task's result of the response. The client is called for itself with a
/// request that was made before, in turns with the Task; behind both is a service in this process
/// that answers at once. Counted is the processor time of the calling thread, which a busy machine
/// lengthens little.
final class SdkOverhead implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int CALLS = 20_000;
    private static final double BAR_MICROS = 50;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final String REGION = "us-east-1";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";
    private static final int ITEMS = 10;
    private static final String ITEM = """
            {"id": {"S": "%d"}, "total": {"N": "12.50"}, "paid": {"BOOL": true},
             "lines": {"L": [{"M": {"sku": {"S": "a"}, "count": {"N": "1"}}}]}}""";

    @Override
    public String name() {
        return "sdk-overhead";
    }

    @Override
    public String about() {
        return "%,d generic SDK calls beside as many of the client".formatted(CALLS);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        var figures = new ArrayList<Figure>();
        figures.addAll(message(workbench));
        figures.addAll(query(workbench));
        return figures;
    }

    /// A small request and a small answer.
    private static List<Figure> message(Workbench workbench) throws Exception {
        var answer = """
                {"MessageId": "6a6c2c1e-4c57-4f3c-8f3f-3c2b5ad0e0a1", "MD5OfMessageBody": "%s"}""".formatted("b1946ac92492d2347c6235b4d2611184");
        var address = new Address.InProcess(new AtOnce(answer), REGION);
        var request = SendMessageRequest.builder()
                .queueUrl(QUEUE)
                .messageBody("hello\n")
                .build();
        try (var client = SdkClients.build(SqsClient.builder(), address, Retrying.NONE)) {
            return compared(
                    workbench,
                    "sqs",
                    "sendMessage",
                    address,
                    """
                    {"QueueUrl": "%s", "MessageBody": "hello\\n"}""".formatted(QUEUE),
                    () -> client.sendMessage(request));
        }
    }

    /// An answer of some hundred values.
    private static List<Figure> query(Workbench workbench) throws Exception {
        var items = new ArrayList<String>();
        for (int item = 0; item < ITEMS; item++) {
            items.add(ITEM.formatted(item));
        }
        var answer = "{\"Count\": %1$d, \"ScannedCount\": %1$d, \"Items\": %2$s}"
                .formatted(ITEMS, items);
        var address = new Address.InProcess(new AtOnce(answer), REGION);
        var request = QueryRequest.builder()
                .tableName("orders")
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("1")))
                .build();
        try (var client = SdkClients.build(DynamoDbClient.builder(), address, Retrying.NONE)) {
            return compared(
                    workbench, "dynamodb", "query", address, """
                    {"TableName": "orders", "KeyConditionExpression": "id = :id",
                     "ExpressionAttributeValues": {":id": {"S": "1"}}}""", () -> client.query(request));
        }
    }

    private static List<Figure> compared(
            Workbench workbench,
            String service,
            String action,
            Address address,
            String arguments,
            Meter.Work direct)
            throws Exception {
        try (var services = new SdkServices(
                Map.of(service, address), Plugins.in(workbench.folder().resolve("plugins")))) {
            TaskIntegration task = services.find(service, action).orElseThrow();
            TaskRequest request = request(service, action, arguments);
            var ofClient = new ArrayList<Double>();
            var overheads = new ArrayList<Double>();
            for (int round = 0; round <= ROUNDS; round++) {
                double client = microsPerCall(direct);
                double generic = microsPerCall(() -> task.call(request));
                workbench.say(
                        "%s:%s round %d: client %.1f µs, generic call %.1f µs",
                        service, action, round, client, generic);
                if (round > 0) {
                    ofClient.add(client);
                    overheads.add(generic - client);
                }
            }
            return List.of(
                    Figure.of(service + ":" + action + ", client", Meter.median(ofClient), "µs"),
                    Figure.of(service + ":" + action + ", overhead", Meter.median(overheads), "µs")
                            .atMost(BAR_MICROS));
        }
    }

    private static TaskRequest request(String service, String action, String arguments) {
        String name = "aws-sdk:" + service;
        var resource = new TaskResource(
                "arn:aws:states:::" + name + ":" + action,
                name,
                action,
                TaskResource.Pattern.REQUEST_RESPONSE);
        return new TaskRequest(
                resource,
                Json.ofText(arguments),
                "key",
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                Optional.empty(),
                Optional.empty());
    }

    private static double microsPerCall(Meter.Work call) throws Exception {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int made = 0; made < CALLS; made++) {
            call.run();
        }
        return (THREADS.getCurrentThreadCpuTime() - begun) / NANOS_PER_MICRO / CALLS;
    }

    private record AtOnce(byte[] body) implements LocalService {
        AtOnce(String body) {
            this(body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void answer(Call call, LocalAnswer answer) throws IOException {
            answer.header("Content-Type", "application/x-amz-json-1.0");
            answer.header("x-amzn-RequestId", "6a6c2c1e-4c57-4f3c-8f3f-3c2b5ad0e0a1");
            try (OutputStream out = answer.body()) {
                out.write(body);
            }
        }
    }
}
