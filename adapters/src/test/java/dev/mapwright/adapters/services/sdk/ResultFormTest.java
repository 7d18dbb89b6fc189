package dev.mapwright.adapters.services.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.ActionForm.Completeness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Results that somebody made up, held against what the services say of them.
class ResultFormTest {
    private final SdkServices services = new SdkServices(Map.of(), Plugins.in(Path.of("none")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lambda | getFunction | {"Configuration": {"MemorySize": 127}}    | Field 'MemorySize' is less than the minimum value
            lambda | getFunction | {"Configuration": {"MemorySize": 10241}}  | Field 'MemorySize' exceeds the maximum value
            lambda | getFunction | {"Configuration": {"MemorySize": "128"}}  | Field 'MemorySize' must be a number
            lambda | getFunction | {"Configuration": []}                     | Field 'Configuration' must be an object
            lambda | getFunction | {"Configuration": {"Architectures": ["arm64", "z80"]}} | Field 'Architectures' is not an expected value
            kms    | encrypt     | {"CiphertextBlob": ""}                    | Field 'CiphertextBlob' is smaller than the minimum length
            s3     | getObject   | {"StorageClass": "Papyrus"}               | Field 'StorageClass' is not an expected value
            s3     | getObject   | {"ContentLength": "9000"}                 | Field 'ContentLength' must be a number
            s3     | getObject   | {"LastModified": 7}                       | Field 'LastModified' must be a string
            s3     | getObject   | {"DeleteMarker": "true"}                  | Field 'DeleteMarker' must be a boolean
            s3     | getObject   | {"Metadata": {"a": 1}}                    | Field 'Metadata' must be a string
            s3     | listObjectsV2 | {"Contents": {}}                        | Field 'Contents' must be an array
            sqs    | sendMessage | {"Md5OfMessageBody": 1}                   | Field 'Md5OfMessageBody' must be a string
            """)
    void whatTheSdkWouldNotReturnIsNamed(String service, String action, String result, String fault)
            throws Exception {
        ActionForm form = services.form(service, action).orElseThrow();
        assertEquals(Optional.of(fault), fault(form, result, Completeness.REQUIRED_MEMBERS));
        assertEquals(Optional.of(fault), fault(form, result, Completeness.ANY_MEMBERS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dynamodb | putItem        | {"ConsumedCapacity": {"CapacityUnits": "1"}} | Field 'CapacityUnits' must be a number
            events   | putEvents      | {"Entries": "x"}                             | Field 'Entries' must be an array
            events   | putEvents      | {"Entries": [{"EventId": "a"}, {"EventId": []}]} | Field 'EventId' must be a string
            states   | startExecution | {"ExecutionArn": "a", "StartDate": true}     | Field 'StartDate' must be a string
            sqs      | sendMessage    | {"MD5OfMessageBody": 1}                      | Field 'MD5OfMessageBody' must be a string
            """)
    void optimizedResultsHaveTheNamesOfTheApi(
            String service, String action, String result, String fault) throws Exception {
        assertEquals(
                Optional.of(fault),
                fault(optimized(service, action), result, Completeness.REQUIRED_MEMBERS));
    }

    @Test
    void requiredMembersMayOnlyBeMissingWhereAnyMembersWillDo() throws Exception {
        ActionForm form = optimized("states", "startExecution");
        String result = "{\"executionArn\": \"a\", \"startDate\": \"b\"}";
        assertEquals(
                Optional.of("Required field 'ExecutionArn' is missing"),
                fault(form, result, Completeness.REQUIRED_MEMBERS));
        assertEquals(Optional.empty(), fault(form, result, Completeness.ANY_MEMBERS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            events   | putEvents   | {"random": "json"}
            events   | putEvents   | {}
            sqs      | sendMessage | {"MessageId": null, "SdkHttpMetadata": {"HttpStatusCode": 200}}
            lambda   | invoke      | {"Payload": {"any": ["thing"]}, "StatusCode": 200}
            dynamodb | getItem     | {"Item": {"id": {"S": "a"}, "l": {"L": [{"N": "1"}]}}}
            """)
    void whatIsUnknownOrAbsentIsNobodysFault(String service, String action, String result)
            throws Exception {
        assertEquals(
                Optional.empty(),
                fault(optimized(service, action), result, Completeness.REQUIRED_MEMBERS));
    }

    @Test
    void aResultIsAnObject() throws Exception {
        assertEquals(
                Optional.of("Mocked result must be a JSON object"),
                fault(optimized("events", "putEvents"), "[]", Completeness.ANY_MEMBERS));
    }

    @Test
    void ofServicesAndActionsThatAreNotThereNothingIsKnown() {
        assertTrue(services.form("s4", "getObject").isEmpty());
        assertTrue(services.form("s3", "getSubject").isEmpty());
    }

    private ActionForm optimized(String service, String action) {
        var resource = new TaskResource(
                "arn:aws:states:::" + service + ":" + action,
                service,
                action,
                TaskResource.Pattern.REQUEST_RESPONSE);
        return services.formOptimized(OptimizedService.of(resource).orElseThrow(), action)
                .orElseThrow();
    }

    private static Optional<String> fault(ActionForm form, String result, Completeness completeness)
            throws JsonSyntaxException {
        return form.resultFault(Json.parse(result), completeness);
    }
}
