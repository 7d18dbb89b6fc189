package dev.mapwright.adapters.services.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.services.sdk.OptimizedService;
import dev.mapwright.adapters.services.sdk.Plugins;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Jobs of services that answer over HTTP, each in the service's own protocol.
class DescribedJobTest {
    private static final Optional<Address.Keys> KEYS =
            Optional.of(new Address.Keys("test", "test", Optional.empty()));

    /// By the target or path of a request.
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private SdkServices sdk;
    private JobServices jobs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var address = new Address.Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "us-east-1", KEYS);
        sdk = new SdkServices(
                Map.of("glue", address, "batch", address, "ecs", address, "emr", address),
                Plugins.in(Path.of("none")));
        jobs = new JobServices(sdk);
    }

    @AfterEach
    void stop() {
        sdk.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String call = target == null ? exchange.getRequestURI().getPath() : target;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(call + " " + body);
        String answer = answers.getOrDefault(call, "{\"__type\": \"NoSuchThing\"}");
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("x-amzn-RequestId", "request-1");
        exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aGlueJobIsAskedForUntilItHasEndedAndItsRunIsTheResult() throws Exception {
        answers.put("AWSGlue.StartJobRun", "{\"JobRunId\": \"jr_1\"}");
        JobIntegration glue = job("glue:startJobRun");
        TaskRequest request = request("glue:startJobRun", """
                {"JobName": "nightly", "Arguments": {"--day": "1"}}""");

        JobIntegration.Job job = glue.start(request);

        assertEquals("""
                {"describe":{"JobName":"nightly","RunId":"jr_1"},\
                "stop":{"JobName":"nightly","JobRunIds":["jr_1"]}}""", job.id());
        var submitted = (Map<?, ?>) job.submitted().value();
        assertEquals("jr_1", submitted.get("JobRunId"));
        assertEquals(Map.of("RequestId", "request-1"), submitted.get("SdkResponseMetadata"));

        answers.put("AWSGlue.GetJobRun", """
                {"JobRun": {"Id": "jr_1", "JobRunState": "RUNNING"}}""");
        assertEquals(Optional.empty(), glue.poll(job.id(), request));

        answers.put("AWSGlue.GetJobRun", """
                {"JobRun": {"Id": "jr_1", "JobName": "nightly", "JobRunState": "SUCCEEDED", "StartedOn": 1.5}}""");
        assertEquals(Optional.of(Json.parse("""
                        {"Id": "jr_1", "JobName": "nightly", "JobRunState": "SUCCEEDED", "StartedOn": 1500}""")), glue.poll(job.id(), request));
    }

    @Test
    void aJobThatFailedFailsTheTaskWithWhatIsKnownOfIt() throws Exception {
        answers.put("AWSGlue.GetJobRun", """
                {"JobRun": {"Id": "jr_1", "JobRunState": "FAILED", "ErrorMessage": "broken"}}""");
        TaskRequest request = request("glue:startJobRun", "{\"JobName\": \"nightly\"}");
        String id = "{\"describe\":{\"JobName\":\"nightly\",\"RunId\":\"jr_1\"}}";

        var failed =
                assertThrows(TaskFailed.class, () -> job("glue:startJobRun").poll(id, request));

        assertEquals("States.TaskFailed", failed.failure().name());
        assertEquals(
                "{\"ErrorMessage\":\"broken\",\"Id\":\"jr_1\",\"JobRunState\":\"FAILED\"}",
                failed.failure().cause().orElseThrow());
    }

    @Test
    void aBatchJobIsTerminatedWhenItsTaskIsStopped() throws Exception {
        answers.put("/v1/submitjob", "{\"jobId\": \"7\", \"jobName\": \"n\", \"jobArn\": \"a\"}");
        answers.put("/v1/describejobs", """
                {"jobs": [{"jobId": "7", "jobName": "n", "status": "RUNNABLE", "createdAt": 1700000000123}]}""");
        answers.put("/v1/terminatejob", "{}");
        JobIntegration batch = job("batch:submitJob");
        TaskRequest request = request("batch:submitJob", """
                {"JobName": "n", "JobQueue": "q", "JobDefinition": "d",
                 "ContainerOverrides": {"Environment": [{"Name": "a", "Value": "b"}]}}""");

        JobIntegration.Job job = batch.start(request);
        assertTrue(
                asked.getLast()
                        .contains(
                                "\"containerOverrides\":{\"environment\":[{\"name\":\"a\",\"value\":\"b\"}]}"),
                asked.getLast());
        assertEquals(Optional.empty(), batch.poll(job.id(), request));
        batch.cancel(job.id(), request);

        assertEquals(
                "/v1/terminatejob {\"jobId\":\"7\",\"reason\":\"The Step Functions execution was stopped\"}",
                asked.getLast());
    }

    @Test
    void anEcsTaskSucceedsIfItsContainersDo() throws Exception {
        String ecs = "AmazonEC2ContainerServiceV20141113.";
        answers.put(ecs + "RunTask", """
                {"failures": [], "tasks": [{"taskArn": "t", "clusterArn": "c", "lastStatus": "PROVISIONING"}]}""");
        JobIntegration integration = job("ecs:runTask");
        TaskRequest request = request("ecs:runTask", "{\"TaskDefinition\": \"d\"}");

        JobIntegration.Job job = integration.start(request);
        assertTrue(asked.getLast().contains("\"startedBy\":\"AWS Step Functions\""));
        String token = asked.getLast().replaceAll(".*\"clientToken\":\"([^\"]*)\".*", "$1");
        integration.start(request);
        assertTrue(asked.getLast().contains(token), "the same token: " + asked);

        answers.put(ecs + "DescribeTasks", """
                {"tasks": [{"taskArn": "t", "lastStatus": "STOPPED", "containers": [{"name": "x", "exitCode": 0}]}]}""");
        assertEquals(Optional.of(Json.parse("""
                        {"Containers": [{"ExitCode": 0, "Name": "x"}], "LastStatus": "STOPPED", "TaskArn": "t"}""")), integration.poll(job.id(), request));

        for (String container :
                List.of("{\"name\": \"x\", \"exitCode\": 3}", "{\"name\": \"x\"}")) {
            answers.put(ecs + "DescribeTasks", """
                    {"tasks": [{"lastStatus": "STOPPED", "containers": [%s]}]}""".formatted(container));
            var failed = assertThrows(TaskFailed.class, () -> integration.poll(job.id(), request));
            assertEquals("States.TaskFailed", failed.failure().name());
        }
    }

    @Test
    void anEcsTaskThatFoundNoPlaceFails() {
        answers.put("AmazonEC2ContainerServiceV20141113.RunTask", """
                {"failures": [{"reason": "RESOURCE:MEMORY"}], "tasks": []}""");
        TaskRequest request = request("ecs:runTask", "{\"TaskDefinition\": \"d\"}");

        var failed = assertThrows(TaskFailed.class, () -> job("ecs:runTask").start(request));

        assertEquals("AmazonECS.Unknown", failed.failure().name());
        assertEquals(
                "{\"Failures\":[{\"Reason\":\"RESOURCE:MEMORY\"}],\"Tasks\":[]}",
                failed.failure().cause().orElseThrow());
    }

    @Test
    void aServicesRefusalHasTheOlderSdksName() {
        answers.put("AWSGlue.StartJobRun", """
                {"__type": "EntityNotFoundException", "Message": "Failed to start job run due to missing metadata"}""");
        var failed = assertThrows(TaskFailed.class, () -> job("glue:startJobRun")
                .start(request("glue:startJobRun", "{\"JobName\": \"x\"}")));
        assertEquals("Glue.EntityNotFoundException", failed.failure().name());
        assertEquals(
                "Failed to start job run due to missing metadata (Service: AWSGlue; Status Code: 400; Error Code:"
                        + " EntityNotFoundException; Request ID: request-1; Proxy: null)",
                failed.failure().cause().orElseThrow());
    }

    @Test
    void anEmrStepIsGivenAndShownAsStepFunctionsDoes() throws Exception {
        answers.put("ElasticMapReduce.AddJobFlowSteps", "{\"StepIds\": [\"s-1\"]}");
        TaskRequest request = request("elasticmapreduce:addStep", """
                {"ClusterId": "j-1", "Step": {"Name": "n", "HadoopJarStep": {"Jar": "x.jar"}}}""");

        JobIntegration.Job job = job("elasticmapreduce:addStep").start(request);

        assertTrue(
                asked.getLast().contains("\"JobFlowId\":\"j-1\",\"Steps\":[{\"Name\":\"n\""),
                asked.getLast());
        assertEquals("s-1", ((Map<?, ?>) job.submitted().value()).get("StepId"));
        assertEquals("""
                {"describe":{"ClusterId":"j-1","StepId":"s-1"},"stop":{"ClusterId":"j-1","StepIds":["s-1"]}}""", job.id());
    }

    @Test
    void anInstanceFleetIsFoundByItsName() throws Exception {
        answers.put("ElasticMapReduce.ListInstanceFleets", """
                {"InstanceFleets": [{"Id": "if-1", "Name": "core"}, {"Id": "if-2", "Name": "task"}]}""");
        answers.put("ElasticMapReduce.ModifyInstanceFleet", "{}");

        call("elasticmapreduce:modifyInstanceFleetByName", """
                {"ClusterId": "j-1", "InstanceFleetName": "task", "InstanceFleet": {"TargetSpotCapacity": 8}}""");

        assertEquals(
                List.of(
                        "ElasticMapReduce.ListInstanceFleets {\"ClusterId\":\"j-1\"}",
                        "ElasticMapReduce.ModifyInstanceFleet {\"ClusterId\":\"j-1\","
                                + "\"InstanceFleet\":{\"InstanceFleetId\":\"if-2\",\"TargetSpotCapacity\":8}}"),
                asked);
    }

    @Test
    void anInstanceGroupIsFoundByItsNameOrNothingIsChanged() throws Exception {
        answers.put("ElasticMapReduce.ListInstanceGroups", """
                {"InstanceGroups": [{"Id": "ig-1", "Name": "core"}]}""");
        answers.put("ElasticMapReduce.ModifyInstanceGroups", "{}");

        call("elasticmapreduce:modifyInstanceGroupByName", """
                {"ClusterId": "j-1", "InstanceGroupName": "core", "InstanceGroup": {"InstanceCount": 3}}""");
        assertEquals(
                "ElasticMapReduce.ModifyInstanceGroups {\"ClusterId\":\"j-1\","
                        + "\"InstanceGroups\":[{\"InstanceGroupId\":\"ig-1\",\"InstanceCount\":3}]}",
                asked.getLast());

        var failed = assertThrows(
                TaskFailed.class, () -> call("elasticmapreduce:modifyInstanceGroupByName", """
                        {"ClusterId": "j-1", "InstanceGroupName": "nobody", "InstanceGroup": {"InstanceCount": 3}}"""));
        assertEquals("AmazonElasticMapReduce.Unknown", failed.failure().name());
        assertEquals(
                "listInstanceGroups has nothing of the name \"nobody\"",
                failed.failure().cause().orElseThrow());
        assertEquals(
                "ElasticMapReduce.ListInstanceGroups {\"ClusterId\":\"j-1\"}", asked.getLast());
    }

    private void call(String resource, String arguments) throws Exception {
        TaskResource task = resource(resource);
        jobs.find(OptimizedService.of(task).orElseThrow(), task)
                .orElseThrow()
                .call(request(resource, arguments));
    }

    private JobIntegration job(String resource) {
        TaskResource task = resource(resource);
        return (JobIntegration)
                jobs.find(OptimizedService.of(task).orElseThrow(), task).orElseThrow();
    }

    private static TaskRequest request(String resource, String arguments) {
        return new TaskRequest(
                resource(resource),
                Json.ofText(arguments),
                "key",
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                Optional.empty(),
                Optional.empty());
    }

    private static TaskResource resource(String resource) {
        List<String> parts = new ArrayList<>(List.of(resource.split(":")));
        return new TaskResource(
                "arn:aws:states:::" + resource + ".sync",
                parts.getFirst(),
                parts.getLast(),
                TaskResource.Pattern.RUN_A_JOB);
    }
}
