package dev.mapwright.adapters.metrics.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.metrics.Datapoint;
import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.Statistic;
import dev.mapwright.adapters.metrics.Unit;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tables of AWS's documentation, in which an X breaches, a 0 doesn't and a - is missing; and
/// SAME is a state that is kept.
class EvaluationTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0 - X - X, OK, OK, OK, OK",
        "- - - - 0, OK, OK, OK, OK",
        "- - - - -, INSUFFICIENT_DATA, SAME, ALARM, OK",
        "0 X X - X, ALARM, ALARM, ALARM, ALARM",
        "- - X - -, ALARM, SAME, ALARM, OK"
    })
    void threeOutOfThree(
            String points, String missing, String ignore, String breaching, String notBreaching) {
        assertEquals(List.of(missing, ignore, breaching, notBreaching), verdicts(points, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "0 - X - X, ALARM, ALARM, ALARM, ALARM",
        "0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
        "0 - X - -, OK, OK, ALARM, OK",
        "- - - - 0, OK, OK, ALARM, OK",
        "- - - X -, ALARM, SAME, ALARM, OK"
    })
    void twoOutOfThree(
            String points, String missing, String ignore, String breaching, String notBreaching) {
        assertEquals(List.of(missing, ignore, breaching, notBreaching), verdicts(points, 2));
    }

    @Test
    void saysWhyInTheWordsOfCloudWatch() {
        var alarm = new Evaluation(rule(2, MissingData.MISSING), points("0 X X"));
        assertEquals(
                "Threshold Crossed: 2 out of the last 3 datapoints [9.0 (01/03/26 12:02:00), 9.0 (01/03/26 12:01:00)]"
                        + " were greater than or equal to the threshold (5.0)"
                        + " (minimum 2 datapoints for OK -> ALARM transition).",
                alarm.reason(Value.ALARM, Value.OK));
        var ok = new Evaluation(rule(3, MissingData.MISSING), points("X X 0"));
        assertEquals(
                "Threshold Crossed: 1 out of the last 3 datapoints [1.0 (01/03/26 12:02:00)]"
                        + " was not greater than or equal to the threshold (5.0)"
                        + " (minimum 1 datapoint for ALARM -> OK transition).",
                ok.reason(Value.OK, Value.ALARM));
        var none = new Evaluation(rule(3, MissingData.BREACHING), List.of());
        assertEquals(
                "Threshold Crossed: no datapoints were received for 3 periods"
                        + " and 3 missing datapoints were treated as [breaching].",
                none.reason(Value.ALARM, Value.OK));
        assertEquals(
                "Insufficient Data: 3 datapoints were unknown.",
                none.reason(Value.INSUFFICIENT_DATA, Value.OK));
    }

    private static List<String> verdicts(String points, int needed) {
        return List.of(
                        MissingData.MISSING,
                        MissingData.IGNORE,
                        MissingData.BREACHING,
                        MissingData.NOT_BREACHING)
                .stream()
                .map(missing -> new Evaluation(rule(needed, missing), points(points)))
                .map(evaluation -> evaluation.verdict().map(Enum::name).orElse("SAME"))
                .toList();
    }

    private static List<Datapoint> points(String marks) {
        var points = new ArrayList<Datapoint>();
        Instant at = START;
        for (String mark : marks.split(" ")) {
            if (!mark.equals("-")) {
                points.add(new Datapoint(at, Samples.of(mark.equals("X") ? 9 : 1), Unit.COUNT));
            }
            at = at.plusSeconds(60);
        }
        return points;
    }

    private static AlarmRule rule(int needed, MissingData missing) {
        return new AlarmRule(
                Statistic.SUM,
                Optional.empty(),
                60,
                3,
                Optional.of(needed),
                5,
                Comparison.GREATER_OR_EQUAL,
                Optional.of(missing));
    }
}
