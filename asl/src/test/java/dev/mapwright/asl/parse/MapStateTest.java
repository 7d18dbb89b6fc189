package dev.mapwright.asl.parse;

import static dev.mapwright.asl.parse.Definitions.jsonPath;
import static dev.mapwright.asl.parse.Definitions.jsonata;
import static dev.mapwright.asl.parse.Definitions.problems;
import static dev.mapwright.asl.parse.Definitions.problemsIfExpress;
import static dev.mapwright.asl.parse.Definitions.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.WriterSpec;
import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class MapStateTest {
    private static final String DISTRIBUTED = """
            'Type': 'Map', 'End': true, 'ItemProcessor': {
              'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'EXPRESS'},
              'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true}}}""";
    private static final String INLINE = """
            'Type': 'Map', 'End': true, 'ItemProcessor': {
              'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true}}}""";

    @Test
    void everythingOfADistributedMapIsRead() throws Exception {
        var map = (State.MapState) state(jsonPath(DISTRIBUTED + """
                , 'Label': 'orders', 'MaxConcurrency': 7, 'ToleratedFailureCount': 3,
                'ToleratedFailurePercentage': 1.1,
                'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
                  'ReaderConfig': {'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW', 'MaxItems': 0},
                  'Parameters': {'Bucket': 'b', 'Key.$': '$.key'}},
                'ItemSelector': {'v.$': '$$.Map.Item.Value'},
                'ItemBatcher': {'MaxItemsPerBatch': 10, 'BatchInput': {'t.$': '$.t'}},
                'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject',
                  'Parameters': {'Bucket': 'out'}, 'WriterConfig': {'OutputType': 'JSONL'}}"""));
        var mode = (MapMode.Distributed) map.mode();
        var scope = Definitions.scope("{'key': 'k', 't': 1}");

        assertTrue(mode.express());
        assertTrue(map.items().isEmpty());
        assertEquals(Optional.of("orders"), mode.label());
        assertEquals(
                "{\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Pass\",\"End\":true}}}",
                mode.definition());
        var reader = mode.reader().orElseThrow();
        assertEquals("getObject", reader.resource().action());
        assertEquals(
                "{\"Bucket\":\"b\",\"Key\":\"k\"}",
                reader.arguments().evaluate(scope).text());
        assertEquals(Json.of("CSV"), reader.config().get("InputType").evaluate(scope));
        assertFalse(reader.config().containsKey("MaxItems"));
        assertEquals("0", reader.maxItems().orElseThrow().evaluate(scope).text());
        assertEquals(
                "10",
                mode.batch()
                        .orElseThrow()
                        .maxItemsPerBatch()
                        .orElseThrow()
                        .evaluate(scope)
                        .text());
        assertEquals(
                "1.1",
                mode.tolerance().percentage().orElseThrow().evaluate(scope).text());
        assertEquals(WriterSpec.OutputType.JSONL, mode.writer().orElseThrow().outputType());
    }

    @Test
    void theOldNamesMeanTheSame() throws Exception {
        var map = (State.MapState) state(jsonPath("""
                'Type': 'Map', 'End': true, 'Parameters': {'v': 1},
                'Iterator': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}"""));

        assertEquals("I", map.processor().startAt());
        assertEquals(
                "{\"v\":1}",
                map.itemSelector()
                        .orElseThrow()
                        .evaluate(Definitions.scope("{}"))
                        .text());
        assertEquals("{}", map.dataflow().arguments(Definitions.scope("{}")).text());
    }

    @Test
    void toleratedFailuresMeanNothingInAnInlineMapButAreAccepted() {
        assertEquals(List.of(), problems(jsonPath(INLINE + ", 'ToleratedFailurePercentage': 1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'ItemReader': {}     | Field 'ItemReader' is not supported
            'ItemBatcher': {}    | Field 'ItemBatcher' is not supported
            'ResultWriter': {}   | Field 'ResultWriter' is not supported
            'Label': 'l'         | Field 'Label' is not supported
            'MaxConcurrency': 1, 'MaxConcurrencyPath': '$.a' | There should only be one of the following fields: [MaxConcurrency, MaxConcurrencyPath]
            'ItemSelector': {}, 'Parameters': {} | There should only be one of the following fields: [ItemSelector, Parameters]
            """)
    void anInlineMapHasNoFieldsOfADistributedOne(String members, String problem) {
        assertEquals(
                List.of("SCHEMA_VALIDATION_FAILED: " + problem + " at /States/S"),
                problems(jsonPath(INLINE + ", " + members)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'Label': ''                          | INVALID_LABEL_NAME: Invalid Label name: the label is empty at /States/S/Label
            'Label': 'a b'                       | INVALID_LABEL_NAME: Invalid Label name: Label 'a b' contains invalid characters at /States/S/Label
            'Label': '12345678901234567890123456789012345678901' | INVALID_LABEL_NAME: Invalid Label name: Label '12345678901234567890123456789012345678901' exceeds the 40-character limit allowed by the service at /States/S/Label
            'ToleratedFailurePercentage': 100.5  | SCHEMA_VALIDATION_FAILED: Maximum value is 100.0 at /States/S/ToleratedFailurePercentage
            'ToleratedFailureCount': -1          | SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/S/ToleratedFailureCount
            'ItemBatcher': {}                    | SCHEMA_VALIDATION_FAILED: This object should have at least one of the following fields: [MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath] at /States/S/ItemBatcher
            'ItemBatcher': {'MaxItemsPerBatch': 0} | SCHEMA_VALIDATION_FAILED: Minimum value is 1 at /States/S/ItemBatcher/MaxItemsPerBatch
            'ItemBatcher': {'MaxInputBytesPerBatch': 262145} | SCHEMA_VALIDATION_FAILED: Maximum value is 262144 at /States/S/ItemBatcher/MaxInputBytesPerBatch
            'ResultWriter': {}                   | SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/ResultWriter
            'ResultWriter': {'WriterConfig': {'Transformation': 'SHRINK'}} | SCHEMA_VALIDATION_FAILED: Value should be one of the following: [NONE, COMPACT, FLATTEN] at /States/S/ResultWriter/WriterConfig/Transformation
            'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject'} | SCHEMA_VALIDATION_FAILED: These fields are required: [Parameters] at /States/S/ResultWriter
            """)
    void aBadDistributedMapIsRefused(String members, String problem) {
        assertEquals(List.of(problem), problems(jsonPath(DISTRIBUTED + ", " + members)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'InputType': 'CSV'                   | The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig
            'InputType': 'CSV', 'CSVHeaderLocation': 'GIVEN' | These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig
            'InputType': 'JSON', 'CSVHeaderLocation': 'FIRST_ROW' | Field 'CSVHeaderLocation' is not supported at /States/S/ItemReader/ReaderConfig
            'InputType': 'XML'                   | Value should be one of the following: [CSV, JSON, JSONL, PARQUET, MANIFEST] at /States/S/ItemReader/ReaderConfig/InputType
            'InputType': 'JSONL', 'ItemsPointer': '/a' | Field 'ItemsPointer' is not supported at /States/S/ItemReader/ReaderConfig
            'InputType': 'JSON', 'ItemsPointer': 'a' | Value is not a JSON Pointer at /States/S/ItemReader/ReaderConfig/ItemsPointer
            'ManifestType': 'S3_INVENTORY', 'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW' | Field 'InputType' is not supported at /States/S/ItemReader/ReaderConfig
            'ManifestType': 'ATHENA_DATA', 'InputType': 'JSON' | Value should be one of the following: [CSV, JSONL, PARQUET] at /States/S/ItemReader/ReaderConfig/InputType
            'InputType': 'JSON', 'MaxItems': 1, 'MaxItemsPath': '$.a' | There should only be one of the following fields: [MaxItems, MaxItemsPath] at /States/S/ItemReader/ReaderConfig
            'InputType': 'JSON', 'MaxItems': 100000001 | Maximum value is 100000000 at /States/S/ItemReader/ReaderConfig/MaxItems
            'InputType': 'JSON', 'Transformation': 'LOAD_AND_FLATTEN' | Field 'Transformation' is not supported at /States/S/ItemReader/ReaderConfig
            'MaxItems': 1                        | These fields are required: [InputType] at /States/S/ItemReader/ReaderConfig
            """)
    void aBadReaderConfigIsRefused(String config, String problem) {
        String reader = """
                , 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
                  'Parameters': {'Bucket': 'b', 'Key': 'k'}, 'ReaderConfig': {%s}}""".formatted(config);

        assertEquals(
                List.of("SCHEMA_VALIDATION_FAILED: " + problem),
                problems(jsonPath(DISTRIBUTED + reader)));
    }

    @Test
    void aFlattenedListingHoldsNoManifests() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [CSV, JSON, JSONL, PARQUET]"
                                + " at /States/S/ItemReader/ReaderConfig/InputType"),
                problems(jsonPath(DISTRIBUTED + """
                        , 'ItemReader': {'Resource': 'arn:aws:states:::s3:listObjectsV2', 'Parameters': {'Bucket': 'b'},
                          'ReaderConfig': {'Transformation': 'LOAD_AND_FLATTEN', 'InputType': 'MANIFEST'}}""")));
    }

    @Test
    void aProcessorMayBeWrittenInJsonataButNotBackInJsonPath() {
        String processor = """
                'Type': 'Map', 'End': true, 'ItemProcessor': {'QueryLanguage': '%s',
                  'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true}}}""";

        assertEquals(List.of(), problems(jsonPath(processor.formatted("JSONata"))));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata'"
                                + " for whole state machine at /States/S/ItemProcessor"),
                problems(jsonata(processor.formatted("JSONPath"))));
    }

    @Test
    void theProcessorOfAStateIsFoundByItsLabelOrTheOneMadeForIt() throws Exception {
        String machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
        String processor =
                "{\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Pass\",\"End\":true}}}";
        var unlabelled = Definitions.machine(jsonPath(DISTRIBUTED));
        var labelled = Definitions.machine(jsonPath(DISTRIBUTED + ", 'Label': 'orders'"));
        var mode = (MapMode.Distributed) unlabelled.findMap("S").orElseThrow().mode();

        assertEquals(Optional.of(processor), labelled.processorOf("orders", machine));
        assertEquals(
                Optional.of(processor),
                unlabelled.processorOf(mode.labelIn(machine, "S"), machine));
        assertEquals(Optional.empty(), unlabelled.processorOf("orders", machine));
        assertEquals(
                Optional.empty(),
                unlabelled.processorOf(mode.labelIn(machine, "S"), machine + "2"));
    }

    @Test
    void aReaderNamesItsBucketAndItsObject() {
        assertEquals(
                List.of("SCHEMA_VALIDATION_FAILED: The field 'Key' is required but was missing"
                        + " at /States/S/ItemReader/Parameters"),
                problems(jsonPath(DISTRIBUTED + """
                        , 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
                          'Parameters': {'Bucket.$': '$.b'}, 'ReaderConfig': {'InputType': 'JSON'}}""")));
        assertEquals(List.of(), problems(jsonata(DISTRIBUTED + """
                , 'ItemReader': {'Resource': 'arn:aws:states:::s3:listObjectsV2',
                  'Arguments': '{% $states.input.where %}'}""")));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: The field 'Resource' does not match any of the allowed values. "
                                + "Examples: [arn:<partition>:states:::s3:getObject, arn:<partition>:states:::s3:listObjectsV2]"
                                + " at /States/S/ItemReader/Resource"),
                problems(jsonPath(DISTRIBUTED + """
                        , 'ItemReader': {'Resource': 'arn:aws:states:::s3:putObject',
                          'Parameters': {'Bucket': 'b', 'Key': 'k'}, 'ReaderConfig': {'InputType': 'JSON'}}""")));
    }

    @Test
    void anExpressMachineHasNoDistributedMapAndExpressChildrenDoNotWait() {
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support 'DISTRIBUTED' Map state"
                                + " at /States/S/ItemProcessor/ProcessorConfig/Mode"),
                problemsIfExpress(jsonPath(DISTRIBUTED)));
        assertEquals(
                List.of(
                        "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration"
                                + " at /States/S/ItemProcessor/States/T/Resource"),
                problems(jsonPath("""
                        'Type': 'Map', 'End': true, 'ItemProcessor': {
                          'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'EXPRESS'},
                          'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'End': true,
                            'Resource': 'arn:aws:states:::ecs:runTask.sync'}}}""")));
    }

    @Test
    void theProcessorsConfigurationIsChecked() {
        assertEquals(
                List.of("SCHEMA_VALIDATION_FAILED: These fields are required: [ExecutionType]"
                        + " at /States/S/ItemProcessor/ProcessorConfig"),
                problems(jsonPath("""
                        'Type': 'Map', 'End': true, 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED'},
                          'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}""")));
        assertEquals(
                List.of("SCHEMA_VALIDATION_FAILED: Field 'ExecutionType' is not supported"
                        + " at /States/S/ItemProcessor/ProcessorConfig"),
                problems(jsonPath("""
                        'Type': 'Map', 'End': true, 'ItemProcessor': {
                          'ProcessorConfig': {'Mode': 'INLINE', 'ExecutionType': 'EXPRESS'},
                          'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}""")));
    }
}
