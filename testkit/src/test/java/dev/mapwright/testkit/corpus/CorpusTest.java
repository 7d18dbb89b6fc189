package dev.mapwright.testkit.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.asl.parse.Parser;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// What workflows of the world look like: checked, created, described and run. They call what they
/// please; everything outside is played by [Outside].
class CorpusTest {
    private static final int COUNT_MIN = 60;
    private static final long MOODS = 10;

    @Test
    void thereAreManyOfThem() {
        assertTrue(accepted().size() >= COUNT_MIN, () -> accepted().size() + " definitions");
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsAcceptedOrRefusedForTheReasonsBesideIt(Sample sample) {
        var parsed = Parser.parse(sample.definition(), sample.type() == Execution.Type.EXPRESS);

        assertEquals(
                sample.diagnostics(),
                parsed.diagnostics().stream().map(CorpusTest::shown).toList());
        assertEquals(sample.isRefused(), parsed.machine().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedIsNotCreated(Sample sample) {
        Stage.set(Outside.Temper.FRIENDLY, 1, stage -> {
            var refused = assertThrows(Refused.class, () -> stage.create(sample));
            assertEquals("InvalidDefinition", refused.code());
        });
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aDefinitionComesBackByteForByte(Sample sample) {
        Stage.set(Outside.Temper.FRIENDLY, 1, stage -> {
            var machine = stage.describe(stage.create(sample));
            assertEquals(sample.definition(), machine.definition());
        });
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void withEveryTaskAnsweredItRunsToAnEnd(Sample sample) {
        sample.inputs().forEach(input -> run(sample, input, Outside.Temper.FRIENDLY, 1));
    }

    @ParameterizedTest
    @MethodSource("thoseThatCall")
    void withTasksThatFailAtRandomItRunsToAnEnd(Sample sample) {
        for (long seed = 1; seed <= MOODS; seed++) {
            for (Json input : sample.inputs()) {
                run(sample, input, Outside.Temper.MOODY, seed);
            }
        }
    }

    private static void run(Sample sample, Json input, Outside.Temper temper, long seed) {
        try {
            Stage.set(temper, seed, stage -> stage.run(sample, input));
        } catch (AssertionError violation) {
            throw new AssertionError(
                    "%s with input %s, seed %d: %s"
                            .formatted(sample, input.text(), seed, violation.getMessage()),
                    violation);
        }
    }

    private static String shown(Diagnostic found) {
        return "%s %s: %s at %s"
                .formatted(
                        found.severity(),
                        found.code(),
                        found.message().replace("\n", "\\n"),
                        found.location().orElse("null").replace("\n", "\\n"));
    }

    static List<Sample> all() {
        return Sample.all();
    }

    static List<Sample> accepted() {
        return all().stream().filter(sample -> !sample.isRefused()).toList();
    }

    static List<Sample> refused() {
        return all().stream().filter(Sample::isRefused).toList();
    }

    static List<Sample> thoseThatCall() {
        return accepted().stream().filter(sample -> !sample.isSelfContained()).toList();
    }
}
