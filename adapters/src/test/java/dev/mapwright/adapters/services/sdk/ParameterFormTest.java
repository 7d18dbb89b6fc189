package dev.mapwright.adapters.services.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Outline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a definition gives to a service, held against what the service takes.
class ParameterFormTest {
    private final SdkServices services = new SdkServices(Map.of(), Plugins.in(Path.of("none")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"Bucket": "b", "Bogus": 1}            | The field "Bogus" is not supported by Step Functions
            {"Bucket": "b", "bucket.$": "$.b"}     | The field "bucket" is not supported by Step Functions. Did you mean 'Bucket'?
            {"Bucket": "b", "Prefx": "p"}          | The field "Prefx" is not supported by Step Functions. Did you mean 'Prefix'?
            {"Bucket": 7}                          | The value for the field 'Bucket' must be a STRING
            {"Bucket": "b", "MaxKeys": "2"}        | The value for the field 'MaxKeys' must be an INTEGER
            {"Bucket": "b", "MaxKeys": 2.0}        | The value for the field 'MaxKeys' must be an INTEGER
            {"Bucket": "b", "FetchOwner": "TrUe"}  | The value for the field 'FetchOwner' must be a BOOLEAN
            {"Bucket": "b", "FetchOwner": 1.0}     | The value for the field 'FetchOwner' must be a BOOLEAN
            {"Bucket": "b", "OptionalObjectAttributes": {}} | The value for the field 'OptionalObjectAttributes' must be an ARRAY
            {"Prefix": "p"}                        | The field 'Bucket' is required but was missing
            """)
    void whatListObjectsDoesNotTakeIsNamed(String parameters, String fault) throws Exception {
        assertEquals(List.of(fault), faults("s3", "listObjectsV2", parameters));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"Bucket.$": "$.b", "MaxKeys": 2, "FetchOwner": true}
            {"Bucket": null, "MaxKeys.$": "$.n", "FetchOwner": " TRUE "}
            {"Bucket": "b", "FetchOwner": ""}
            {"Bucket": "b", "FetchOwner": "null"}
            {"Bucket": "b", "FetchOwner": 1}
            """)
    void whatAwsTakesIsTaken(String parameters) throws Exception {
        assertEquals(List.of(), faults("s3", "listObjectsV2", parameters));
    }

    /// The SDK for Java says `DestinationBucket`, and has the API's name for old callers only.
    @Test
    void aMemberThatTheSdkHasRenamedIsTakenUnderBothNames() throws Exception {
        assertEquals(List.of(), faults("s3", "copyObject", """
                {"Bucket": "b", "Key": "k", "CopySource.$": "$.from"}"""));
        assertEquals(List.of(), faults("s3", "copyObject", """
                {"DestinationBucket": "b", "DestinationKey": "k", "CopySource": "a/k"}"""));
    }

    @Test
    void membersAreHeldAgainstTheFormAtEveryLevel() throws Exception {
        assertEquals(
                List.of(
                        "The field \"Bogus\" is not supported by Step Functions",
                        "The value for the field 'N' must be a STRING"),
                faults("dynamodb", "putItem", """
                        {"TableName": "t", "Item": {"a": {"S.$": "$.x", "Bogus": 1}, "b": {"N": 5}}}"""));
        assertEquals(List.of(), faults("s3", "putObjectTagging", """
                {"Bucket": "b", "Key": "k", "Tagging": {}}"""));
    }

    /// The SDK for Java says `NUL`.
    @Test
    void anAttributeThatIsNullIsNamedAsTheApiOrTheSdkNamesIt() throws Exception {
        assertEquals(List.of(), optimized("dynamodb", "putItem", """
                {"TableName": "t", "Item": {"a": {"NULL": true}}}"""));
        assertEquals(List.of(), faults("dynamodb", "putItem", """
                {"TableName": "t", "Item": {"a": {"Nul": true}, "b": {"NULL": true}}}"""));
    }

    /// The models call it required, and the SDK gives it one.
    @Test
    void aClientTokenNeedNotBeGiven() throws Exception {
        assertEquals(List.of(), optimized("emr-containers", "startJobRun", """
                {"VirtualClusterId": "v"}"""));
        assertEquals(List.of(), optimized("emr-serverless", "startJobRun", """
                {"ApplicationId": "a", "ExecutionRoleArn": "r"}"""));
        assertEquals(List.of(), faults("emrserverless", "createApplication", """
                {"ReleaseLabel": "l", "Type": "SPARK", "ClientToken": "mine"}"""));
    }

    @Test
    void aStreamedBodyAndTheKeysOfMapsAreFree() throws Exception {
        assertEquals(List.of(), faults("s3", "putObject", """
                {"Bucket": "b", "Key": "k", "Body": {"any": ["thing"]}, "Metadata": {"any": "key"}}"""));
    }

    @Test
    void optimizedIntegrationsTakeJsonWhereTheApiWantsText() throws Exception {
        assertEquals(List.of(), optimized("sqs", "sendMessage", """
                {"QueueUrl": "q", "MessageBody": {"a": 1},
                 "MessageAttributes": {"x": {"DataType": "String", "StringValue": "y"}}}"""));
        assertEquals(List.of(), optimized("lambda", "invoke", """
                {"FunctionName": "f", "Payload": {"any": 1}}"""));
        assertEquals(List.of(), optimized("batch", "submitJob", """
                {"JobName": "n", "JobQueue": "q", "JobDefinition": "d", "ContainerOverrides": {
                 "Environment": [{"Name": "a", "Value.$": "$.b"}], "Vcpus": 2}}"""));
        assertEquals(
                List.of("The field \"StartedBy\" is not supported by Step Functions"),
                optimized("ecs", "runTask", """
                        {"TaskDefinition": "d", "LaunchType": "FARGATE", "StartedBy": "me", "NetworkConfiguration":
                         {"AwsvpcConfiguration": {"Subnets": ["s"], "AssignPublicIp": "ENABLED"}}}"""));
    }

    @Test
    void jsonataExpressionsAreWhateverARunMakesOfThem() throws Exception {
        ActionForm form = services.form("s3", "listObjectsV2").orElseThrow();
        Object arguments = Json.parse("""
                {"Bucket": "{% $x %}", "MaxKeys": "{% $n %}", "FetchOwner": "{% $o %}"}""").value();
        assertEquals(List.of(), form.parameterFaults(Outline.ofArguments(arguments)));
        assertEquals(List.of(), form.parameterFaults(Outline.ofArguments("{% $states.input %}")));
    }

    private List<String> faults(String service, String action, String parameters) throws Exception {
        return faults(services.form(service, action).orElseThrow(), parameters);
    }

    private List<String> optimized(String service, String action, String parameters)
            throws Exception {
        var resource = new TaskResource(
                "arn:aws:states:::" + service + ":" + action,
                service,
                action,
                TaskResource.Pattern.REQUEST_RESPONSE);
        return faults(
                services.formOptimized(OptimizedService.of(resource).orElseThrow(), action)
                        .orElseThrow(),
                parameters);
    }

    private static List<String> faults(ActionForm form, String parameters) throws Exception {
        return form.parameterFaults(Outline.ofParameters(Json.parse(parameters).value()));
    }
}
