package dev.mapwright.server.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.RequestSigner;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.services.IntegrationTable;
import dev.mapwright.adapters.services.apigateway.ApiGatewayIntegration;
import dev.mapwright.adapters.services.http.HttpIntegration;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.adapters.tables.local.Account;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.server.dynamodb.DynamoDbHandler;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.InProcess;
import dev.mapwright.server.s3.S3Handler;
import dev.mapwright.server.s3.S3Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `aws-sdk:s3:*` against the built-in S3 in this process, and DynamoDB behind an endpoint: what
/// goes through the AWS SDK.
class SdkIntegrationsTest {
    private static final String REGION = "us-east-1";
    private static final Plugins NO_PLUGINS = Plugins.in(Path.of("plugins"));
    private static final Optional<Address.Keys> KEYS =
            Optional.of(new Address.Keys("test", "test", Optional.empty()));

    @TempDir
    Path folder;

    private KeyValueStore store;
    private LocalS3 s3;
    private Endpoint endpoint;
    private IntegrationTable services;

    @BeforeEach
    void start() throws Exception {
        var world = new SystemWorld();
        store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        s3 = LocalS3.open(store, folder.resolve("bodies"), Durability.OS, InstantSource.system());
        s3.buckets().create("orders", REGION);
        var tables = new Tables(store, new Account(REGION, "123456789012"), world::now);
        endpoint = Endpoint.open("127.0.0.1", 0, new DynamoDbHandler(tables, world::uuid));
        var s3Handler = new S3Handler(s3, new S3Settings(REGION, "123456789012"));
        services = new IntegrationTable(
                world,
                new IntegrationTable.Parts(
                        () -> {
                            throw new AssertionError("no executions are started here");
                        },
                        Optional.empty(),
                        Optional.empty(),
                        new LocalObjectStore(s3)),
                new SdkServices(
                        Map.of(
                                "s3", new Address.InProcess(new InProcess(s3Handler), REGION),
                                "dynamodb", new Address.Endpoint(endpoint.uri(), REGION, KEYS)),
                        NO_PLUGINS),
                new IntegrationTable.Web(
                        new HttpIntegration(Map.of(), REGION, InstantSource.system()),
                        new ApiGatewayIntegration(new RequestSigner("execute-api", KEYS), REGION)));
    }

    @AfterEach
    void stop() {
        services.close();
        endpoint.close();
        store.close();
    }

    @Test
    void aBodyIsStoredAsJsonAndReadAsText() throws Exception {
        var put = members(call("aws-sdk:s3", "putObject", """
                {"Bucket": "orders", "Key": "a/ü 1", "Body": {"n": 1}, "Metadata": {"phase": "initial"}}"""));
        assertTrue(((String) put.get("ETag")).startsWith("\""), put.toString());
        assertTrue(put.containsKey("ChecksumCRC32"), put.toString());
        assertFalse(put.containsKey("SdkHttpMetadata"), put.toString());

        var got = members(call("aws-sdk:s3", "getObject", """
                {"Bucket": "orders", "Key": "a/ü 1"}"""));

        assertEquals("{\"n\":1}", got.get("Body"));
        assertEquals(7, ((Number) got.get("ContentLength")).intValue());
        assertEquals(Map.of("phase", "initial"), got.get("Metadata"));
        assertTrue(((String) got.get("LastModified"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
        assertEquals("Body", List.copyOf(got.keySet()).getLast());
    }

    @Test
    void aTextIsStoredWithItsQuotesAndNullAsNull() throws Exception {
        assertEquals("\"text data\"", stored("\"text data\""));
        assertEquals("null", stored("null"));
        assertEquals("[1,2]", stored("[1,2]"));
    }

    private String stored(String body) throws Exception {
        call("aws-sdk:s3", "putObject", """
                {"Bucket": "orders", "Key": "k", "Body": %s}""".formatted(body));
        var got = members(call("aws-sdk:s3", "getObject", """
                {"Bucket": "orders", "Key": "k"}"""));
        assertEquals(Map.of(), got.get("Metadata"));
        return (String) got.get("Body");
    }

    @Test
    void structuresListsAndTimesGoBothWays() throws Exception {
        stored("1");
        call("aws-sdk:s3", "putObjectTagging", """
                {"Bucket": "orders", "Key": "k",
                 "Tagging": {"TagSet": [{"Key": "colour", "Value": "green"}, {"Key": "x", "Value": ""}]}}""");
        assertEquals("""
                {"TagSet":[{"Key":"colour","Value":"green"},{"Key":"x","Value":""}]}""", call("aws-sdk:s3", "getObjectTagging", """
                        {"Bucket": "orders", "Key": "k"}""").text());

        var list = members(call("aws-sdk:s3", "listObjectsV2", """
                {"Bucket": "orders", "MaxKeys": 1}"""));
        assertEquals(1, list.get("KeyCount"));
        assertEquals(false, list.get("IsTruncated"));
        assertEquals("k", ((Map<?, ?>) ((List<?>) list.get("Contents")).getFirst()).get("Key"));

        var failed = failure("aws-sdk:s3", "getObject", """
                {"Bucket": "orders", "Key": "k", "IfUnmodifiedSince": "2001-01-01T00:00:00Z"}""");
        assertEquals("S3.S3Exception", failed.failure().name());
    }

    @Test
    void aServicesErrorIsTheSdksException() {
        var missingKey = failure("aws-sdk:s3", "getObject", """
                {"Bucket": "orders", "Key": "nothing"}""");
        assertEquals("S3.NoSuchKeyException", missingKey.failure().name());
        assertTrue(
                missingKey
                        .failure()
                        .cause()
                        .orElseThrow()
                        .matches(
                                "The specified key does not exist\\. \\(Service: S3, Status Code: 404, Request ID: [-0-9a-f]+,"
                                        + " Extended Request ID: [-0-9a-f]+\\) \\(SDK Attempt Count: 1\\)"),
                missingKey.failure().cause().orElseThrow());

        var missingBucket = failure("aws-sdk:s3", "listObjects", """
                {"Bucket": "nowhere-at-all"}""");
        assertEquals("S3.NoSuchBucketException", missingBucket.failure().name());
    }

    @Test
    void whatAnActionDoesNotHaveIsNamed() {
        assertUnusable("The field \"Bogus\" is not supported by Step Functions", """
                {"Bucket":"orders","Bogus":1}""");
        assertUnusable("The value for the field 'Bucket' must be a STRING", """
                {"Bucket":7}""");
        assertUnusable(
                "The value for the field 'MaxKeys' must be an INTEGER from -2147483648 to 2147483647, not 1.5",
                """
                {"Bucket":"orders","MaxKeys":1.5}""");
    }

    private void assertUnusable(String reason, String arguments) {
        var failed = failure("aws-sdk:s3", "listObjectsV2", arguments);
        assertEquals("States.Runtime", failed.failure().name());
        assertEquals(
                "The Parameters '%s' could not be used to start the Task: [%s]"
                        .formatted(arguments, reason),
                failed.failure().cause().orElseThrow());
    }

    @Test
    void aResultTooLargeForAStateIsReadNoFurtherThanNeeded() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024];
        Arrays.fill(large, (byte) 'x');
        new LocalObjectStore(s3).put("orders", "large", "text/plain", large);

        var got = members(call("aws-sdk:s3", "getObject", """
                {"Bucket": "orders", "Key": "large"}"""));

        assertEquals(256 * 1024 + 1, ((String) got.get("Body")).length());
    }

    @Test
    void actionsAndServicesThatAreNotThereAreNotFound() {
        assertTrue(services.find(resource("aws-sdk:s3", "listBuckets")).isPresent());
        for (TaskResource resource : List.of(
                resource("aws-sdk:s3", "listObjectsV2Paginator"),
                resource("aws-sdk:s3", "waiter"),
                resource("aws-sdk:s3", "selectObjectContent"),
                resource("aws-sdk:sqs", "sendMessage"),
                resource("dynamodb", "query"),
                resource("states", "stopExecution"))) {
            assertTrue(services.find(resource).isEmpty(), resource.arn());
        }
    }

    @Test
    void whatSpeaksToKubernetesIsRefusedForThatReason() {
        for (String action : List.of("runJob", "call")) {
            TaskResource resource = resource("eks", action);
            assertTrue(services.find(resource).isEmpty(), resource.arn());
            assertEquals(
                    "Mapwright has no integration for the resource arn:aws:states:::eks:%s: it speaks to"
                                    .formatted(action)
                            + " Kubernetes, and Mapwright does not",
                    services.absence(resource));
        }
    }

    @Test
    void dynamoDbElsewhereAnswersAsAnSdk() throws Exception {
        createTable();

        assertEquals("{}", call("aws-sdk:dynamodb", "putItem", """
                {"TableName": "Things", "Item": {"id": {"S": "a"}, "b": {"B": "grün"}, "n": {"N": "1"},
                 "l": {"L": [{"S": "x"}]}, "m": {"M": {"y": {"S": "z"}}}}}""").text());
        assertEquals("""
                {"Item":{"b":{"B":"grün"},"id":{"S":"a"},"l":{"L":[{"S":"x"}]},"m":{"M":{"y":{"S":"z"}}},\
                "n":{"N":"1"}}}""", sorted(call("aws-sdk:dynamodb", "getItem", """
                {"TableName": "Things", "Key": {"id": {"S": "a"}}}""")));
        var failed = failure("aws-sdk:dynamodb", "putItem", """
                {"TableName": "nowhere", "Item": {"id": {"S": "a"}}}""");
        assertEquals("DynamoDb.ResourceNotFoundException", failed.failure().name());
    }

    @Test
    void attributeValuesHaveTheSdksNames() throws Exception {
        createTable();

        call("aws-sdk:dynamodb", "putItem", """
                {"TableName": "Things", "Item": {"id": {"S": "a"}, "t": {"Bool": true}, "z": {"Nul": true},
                 "ss": {"Ss": ["x", "y"]}, "ns": {"Ns": ["1"]}, "bs": {"Bs": ["grün"]}}}""");

        assertEquals(Json.parse("""
                        {"Count": 1, "ScannedCount": 1,
                         "Items": [{"id": {"S": "a"}, "t": {"Bool": true}, "z": {"Nul": true},
                           "ss": {"Ss": ["x", "y"]}, "ns": {"Ns": ["1"]}, "bs": {"Bs": ["grün"]}}]}"""), call("aws-sdk:dynamodb", "scan", """
                        {"TableName": "Things"}"""));
    }

    @Test
    void theOptimizedIntegrationHasTheNamesOfTheApi() throws Exception {
        createTable();

        call("dynamodb", "putItem", """
                {"TableName": "Things", "Item": {"id": {"S": "a"}, "t": {"BOOL": true}, "z": {"NULL": true}}}""");

        assertEquals(
                Map.of(
                        "id", Map.of("S", "a"),
                        "t", Map.of("BOOL", true),
                        "z", Map.of("NULL", true)),
                members(call("dynamodb", "getItem", """
                        {"TableName": "Things", "Key": {"id": {"S": "a"}}}""")).get("Item"));
    }

    @Test
    void dynamoDbsErrorsAreTheSdks() {
        var missing = failure("aws-sdk:dynamodb", "putItem", """
                {"TableName": "nowhere", "Item": {"id": {"S": "a"}}}""");
        assertEquals("DynamoDb.ResourceNotFoundException", missing.failure().name());
        String cause = missing.failure().cause().orElseThrow();
        assertTrue(
                cause.matches("Requested resource not found \\(Service: DynamoDb, Status Code: 400,"
                        + " Request ID: [-0-9a-fA-F]+\\) \\(SDK Attempt Count: 1\\)"),
                cause);

        var invalid = failure("aws-sdk:dynamodb", "putItem", """
                {"TableName": "Things"}""");
        assertEquals("DynamoDb.DynamoDbException", invalid.failure().name());
    }

    @Test
    void dynamoDbElsewhereAnswersInTheEnvelopeOfTheOlderSdk() throws Exception {
        createTable();
        call("dynamodb", "putItem", """
                {"TableName": "Things", "Item": {"id": {"S": "a"}, "t": {"BOOL": true}, "b": {"B": "YQ=="}}}""");

        var got = members(call("dynamodb", "getItem", """
                {"TableName": "Things", "Key": {"id": {"S": "a"}}}"""));

        assertEquals(
                List.of("Item", "SdkHttpMetadata", "SdkResponseMetadata"),
                List.copyOf(got.keySet()));
        assertEquals(
                Map.of(
                        "id", Map.of("S", "a"),
                        "t", Map.of("BOOL", true),
                        "b", Map.of("B", "YQ==")),
                got.get("Item"));
        assertEquals(200, ((Map<?, ?>) got.get("SdkHttpMetadata")).get("HttpStatusCode"));
        var failed = failure("dynamodb", "putItem", """
                {"TableName": "nowhere", "Item": {"id": {"S": "a"}}}""");
        assertEquals("DynamoDB.ResourceNotFoundException", failed.failure().name());
        assertTrue(
                failed.failure()
                        .cause()
                        .orElseThrow()
                        .matches(
                                "Requested resource not found \\(Service: AmazonDynamoDBv2; Status Code: 400; Error Code:"
                                        + " ResourceNotFoundException; Request ID: [-0-9a-fA-F]+; Proxy: null\\)"),
                failed.failure().cause().orElseThrow());
    }

    @Test
    void aServiceThatDoesNotAnswerFailsTheTask() throws Exception {
        URI gone = endpoint.uri();
        endpoint.close();

        var failed = failure("aws-sdk:dynamodb", "listTables", "{}");

        assertEquals("DynamoDb.SdkClientException", failed.failure().name());
        assertTrue(
                failed.failure().cause().orElseThrow().contains(Integer.toString(gone.getPort())),
                failed.failure().cause().orElseThrow());
    }

    @Test
    void aServiceWithoutItsModuleIsRefusedByName() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new SdkServices(Map.of("s4", new Address.Aws(REGION, KEYS)), NO_PLUGINS));
        assertEquals(
                "There is no service 's4': the AWS SDK's module 's4' is not there. Put s4-2.35.0.jar"
                        + " (software.amazon.awssdk:s4:2.35.0 on Maven Central) into the plugins folder plugins,"
                        + " and start again.",
                refused.getMessage());
    }

    private void createTable() throws Exception {
        var created = members(call("aws-sdk:dynamodb", "createTable", """
                {"TableName": "Things", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}"""));
        var table = (Map<?, ?>) created.get("TableDescription");
        assertEquals("Things", table.get("TableName"));
    }

    private Json call(String service, String action, String arguments) throws Exception {
        TaskResource resource = resource(service, action);
        return services.find(resource)
                .orElseThrow()
                .call(new TaskRequest(
                        resource,
                        Json.parse(arguments),
                        "key",
                        "arn:aws:states:us-east-1:123456789012:execution:m:e",
                        Optional.empty(),
                        Optional.empty()));
    }

    private TaskFailed failure(String service, String action, String arguments) {
        return assertThrows(TaskFailed.class, () -> call(service, action, arguments));
    }

    private static TaskResource resource(String service, String action) {
        return new TaskResource(
                "arn:aws:states:::" + service + ":" + action,
                service,
                action,
                TaskResource.Pattern.REQUEST_RESPONSE);
    }

    private static String sorted(Json item) {
        var members = (Map<?, ?>) members(item).get("Item");
        var all = new TreeMap<String, Object>();
        members.forEach((name, value) -> all.put((String) name, value));
        return Json.of(Map.of("Item", all)).text();
    }

    private static Map<?, ?> members(Json json) {
        return (Map<?, ?>) json.value();
    }
}
