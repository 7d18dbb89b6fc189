package dev.mapwright.server.awsjson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution.Status;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.regex.Pattern;

class ParametersTest {
    @Test
    void readsWhatKeepsTheConstraints() throws Exception {
        var in = parameters("{\"name\":\"orders\",\"maxResults\":1000,\"publish\":false}");
        assertEquals("orders", in.required("name", 80));
        assertEquals(Optional.of(1000L), in.number("maxResults", 0, 1000));
        assertEquals(Optional.of(false), in.flag("publish"));
        assertEquals(Optional.empty(), in.text("nextToken", 1024));
        in.check();
    }

    @Test
    void namesTheLimitOfANumber() throws Exception {
        var in = parameters("{\"maxResults\":1001}");
        in.number("maxResults", 0, 1000);
        assertEquals(
                "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 1000",
                assertThrows(Refused.class, in::check).getMessage());
    }

    @Test
    void reportsAllViolationsAtOnce() throws Exception {
        var in = parameters("{\"nextToken\":\"\"}");
        in.required("stateMachineArn", 256);
        in.text("nextToken", 1024);
        assertEquals(
                "2 validation errors detected: Value null at 'stateMachineArn' failed to satisfy constraint:"
                        + " Member must not be null; Value '' at 'nextToken' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1",
                assertThrows(Refused.class, in::check).getMessage());
    }

    @Test
    void namesTheSetOfAnEnumeration() throws Exception {
        var in = parameters("{\"statusFilter\":\"succeeded\"}");
        in.choice("statusFilter", Status.SUCCEEDED, Status.TIMED_OUT);
        assertEquals(
                "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint:"
                        + " Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT]",
                assertThrows(Refused.class, in::check).getMessage());
    }

    @Test
    void namesThePatternThatATextDoesNotHave() throws Exception {
        var in = parameters("{\"clientToken\":\"a b\",\"traceHeader\":\"Root=1\"}");
        in.text("clientToken", 1, 64, Pattern.compile("[!-~]+"));
        in.text("traceHeader", 0, 256, Pattern.compile("\\p{ASCII}*"));
        in.text("absent", 0, 256, Pattern.compile("[!-~]+"));
        assertEquals(
                "1 validation error detected: Value 'a b' at 'clientToken' failed to satisfy constraint:"
                        + " Member must satisfy regular expression pattern: [!-~]+",
                assertThrows(Refused.class, in::check).getMessage());
    }

    @Test
    void refusesAMemberOfAnotherType() throws Exception {
        var in = parameters("{\"name\":7}");
        var refused = assertThrows(Refused.class, () -> in.required("name", 80));
        assertEquals("SerializationException", refused.code());
    }

    @Test
    void showsMembersWithASmallFirstLetter() throws Exception {
        var in = parameters("{\"Record\":{}}");
        in.object("Record").orElseThrow().requiredBlob("Data", 10);
        assertEquals(
                "1 validation error detected: Value null at 'record.data' failed to satisfy constraint:"
                        + " Member must not be null",
                assertThrows(Refused.class, in::check).getMessage());
    }

    @Test
    void readsBytesFromBase64() throws Exception {
        var in = parameters("{\"Data\":\"aGk=\"}");
        assertArrayEquals(new byte[] {'h', 'i'}, in.requiredBlob("Data", 2));
        in.check();
    }

    private static Parameters parameters(String json) throws Exception {
        return new Parameters(Json.parse(json), JsonService.VALIDATION);
    }
}
