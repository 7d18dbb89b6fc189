package dev.mapwright.scenarios;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.server.demo.Progress;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A fresh engine, AWS clients that are pointed at it, and what scenarios do with them.
final class Stage implements AutoCloseable {
    private static final String REGION = "us-east-1";
    private static final String ROLE = "arn:aws:iam::123456789012:role/mapwright-scenario";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Address.Keys KEYS = new Address.Keys("test", "test", Optional.empty());

    private final EngineProcess.Place place;
    private final Path folder;
    private final Size size;
    private final long seed;
    private final Consumer<Progress> watcher;
    private final List<SdkAutoCloseable> clients = new ArrayList<>();
    private final SfnClient states;
    private final S3Client s3;
    private final DynamoDbClient dynamoDb;
    private EngineProcess engine;
    private double residentPeakMebibytes;
    private long unbalanced;

    /// @param settings of the engine, as its configuration file has them
    /// @param folder empty; for the engine's data and for generated files
    Stage(
            Map<String, String> settings,
            Path folder,
            Size size,
            long seed,
            Consumer<Progress> watcher)
            throws IOException {
        this.folder = folder;
        this.size = size;
        this.seed = seed;
        this.watcher = watcher;
        this.place = EngineProcess.Place.in(folder, settings);
        this.engine = EngineProcess.at(place);
        this.states = client(SfnClient.builder());
        this.s3 = client(S3Client.builder());
        this.dynamoDb = client(DynamoDbClient.builder());
    }

    Size size() {
        return size;
    }

    long seed() {
        return seed;
    }

    /// For generated files.
    Path folder() {
        return folder;
    }

    URI endpoint() {
        return place.endpoint();
    }

    /// A client of any service, closed with the stage.
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable>
            C client(B builder) {
        var address = new Address.Endpoint(place.endpoint(), REGION, Optional.of(KEYS));
        C client = SdkClients.build(builder, address, Retrying.BY_SDK);
        clients.add(client);
        return client;
    }

    SfnClient states() {
        return states;
    }

    S3Client s3() {
        return s3;
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    // --- Preparing

    /// A text that lies beside the scenarios' classes.
    static String resource(String name) throws IOException {
        try (InputStream in = Stage.class.getResourceAsStream(name)) {
            Objects.requireNonNull(in, () -> "expected the resource " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void bucket(String name) {
        s3.createBucket(request -> request.bucket(name));
    }

    void put(String bucket, String key, Path file) {
        s3.putObject(request -> request.bucket(bucket).key(key), file);
    }

    void put(String bucket, String key, String text) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    String get(String bucket, String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
    }

    /// The length of an object in bytes.
    long size(String bucket, String key) {
        return s3.headObject(request -> request.bucket(bucket).key(key)).contentLength();
    }

    /// The elements of an object that is a JSON array of objects, however long.
    Stream<Map<?, ?>> elements(String bucket, String key) {
        MappingIterator<Map<?, ?>> elements = JSON.readerFor(Map.class)
                .readValues(s3.getObject(request -> request.bucket(bucket).key(key)));
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false)
                .onClose(elements::close);
    }

    /// A table on demand whose keys are strings.
    ///
    /// @param keys the partition key, and the sort key if there is one
    void table(String name, String... keys) {
        var schema = new ArrayList<KeySchemaElement>();
        var attributes = new ArrayList<AttributeDefinition>();
        for (String key : keys) {
            KeyType type = schema.isEmpty() ? KeyType.HASH : KeyType.RANGE;
            schema.add(
                    KeySchemaElement.builder().attributeName(key).keyType(type).build());
            attributes.add(AttributeDefinition.builder()
                    .attributeName(key)
                    .attributeType(ScalarAttributeType.S)
                    .build());
        }
        dynamoDb.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(schema)
                .attributeDefinitions(attributes));
    }

    /// @return its ARN
    String machine(String name, String definition) {
        return states.createStateMachine(
                        request -> request.name(name).definition(definition).roleArn(ROLE))
                .stateMachineArn();
    }

    // --- Running

    /// From the start to the end, with its progress shown.
    Ended run(String machineArn, String input) throws InterruptedException {
        String arn = start(machineArn, input);
        return await(arn, execution -> execution.status() != ExecutionStatus.RUNNING);
    }

    /// As [#run], with the engine killed at a moment that the seed draws, and started again on what
    /// it left.
    ///
    /// @param secondsMax when that moment is, after the start, at the latest
    Ended runKilled(String machineArn, String input, double secondsMax)
            throws IOException, InterruptedException {
        String arn = start(machineArn, input);
        Thread.sleep((long) (new SplittableRandom(seed).nextDouble(secondsMax) * 1e3));
        rememberPeak();
        engine.kill();
        engine = EngineProcess.at(place);
        return await(arn, execution -> execution.status() != ExecutionStatus.RUNNING);
    }

    String start(String machineArn, String input) {
        return states.startExecution(
                        request -> request.stateMachineArn(machineArn).input(input))
                .executionArn();
    }

    /// Once more after it has failed, to its new end.
    Ended redrive(String arn) throws InterruptedException {
        states.redriveExecution(request -> request.executionArn(arn));
        return await(arn, execution -> execution.status() != ExecutionStatus.RUNNING);
    }

    Ended await(String arn, Predicate<DescribeExecutionResponse> enough)
            throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            DescribeExecutionResponse execution =
                    states.describeExecution(request -> request.executionArn(arn));
            List<DescribeMapRunResponse> runs = runs(arn);
            unbalanced +=
                    runs.stream().filter(run -> !Invariants.isBalanced(run)).count();
            progress(runs, Instant.now()).ifPresent(watcher);
            if (enough.test(execution)) {
                return new Ended(
                        arn,
                        execution.statusAsString(),
                        Objects.requireNonNullElse(execution.output(), ""),
                        Objects.requireNonNullElse(execution.error(), ""),
                        Objects.requireNonNullElse(execution.cause(), ""),
                        seconds(execution, begun),
                        runs);
            }
            Thread.sleep(POLL);
        }
    }

    /// By the engine's own times once there are both.
    private static double seconds(DescribeExecutionResponse execution, long begun) {
        return Optional.ofNullable(execution.stopDate())
                .map(stop -> Duration.between(execution.startDate(), stop).toMillis() / 1e3)
                .orElseGet(() -> (System.nanoTime() - begun) / 1e9);
    }

    /// The map runs of one execution, oldest first.
    List<DescribeMapRunResponse> runs(String executionArn) {
        return states
                .listMapRunsPaginator(request -> request.executionArn(executionArn))
                .mapRuns()
                .stream()
                .sorted(Comparator.comparing(MapRunListItem::startDate))
                .map(run -> states.describeMapRun(request -> request.mapRunArn(run.mapRunArn())))
                .toList();
    }

    /// Where the newest of the runs stands that are under way: an execution with several has one
    /// after the other.
    ///
    /// @param runs oldest first
    static Optional<Progress> progress(List<DescribeMapRunResponse> runs, Instant now) {
        return runs.reversed().stream()
                .filter(run -> run.status() == MapRunStatus.RUNNING)
                .findFirst()
                .map(run -> progress(run, now));
    }

    private static Progress progress(DescribeMapRunResponse run, Instant now) {
        var items = run.itemCounts();
        long failed = items.failed() + items.timedOut() + items.aborted();
        return new Progress(
                items.succeeded() + failed,
                items.total(),
                run.executionCounts().running(),
                failed,
                Duration.between(run.startDate(), now).toMillis() / 1e3);
    }

    // --- What was seen all the while

    /// How often a map run's counts did not add up.
    long unbalanced() {
        return unbalanced;
    }

    /// Of all processes of the engine.
    double residentPeakMebibytes() throws IOException {
        rememberPeak();
        return residentPeakMebibytes;
    }

    private void rememberPeak() throws IOException {
        residentPeakMebibytes = Math.max(residentPeakMebibytes, engine.residentPeakMebibytes());
    }

    @Override
    public void close() throws IOException {
        clients.forEach(SdkAutoCloseable::close);
        engine.close();
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
