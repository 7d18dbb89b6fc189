package dev.mapwright.engine.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.store.MapRunRecord.Settings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class ToleranceTest {
    @ParameterizedTest(
            name = "count {0}, percentage {1}, {2} failed of {3} known, at most {4}: {5}")
    @CsvSource(textBlock = """
            # neither set: one failure is too many
            -,   -,    0,   0,   100, WITHIN
            -,   -,    1,   4,     4, EXCEEDED
            # strictly more than the count
            1,   -,    1,   4,     4, WITHIN
            1,   -,    2,   4,     4, EXCEEDED
            0,   -,    1, 100,   100, EXCEEDED
            # only the count set: the percentage is ignored, not 0
            1,   -,    1,   1,     1, WITHIN
            # only the percentage set: the count is ignored, not 0
            -,  25,    1,   4,     4, WITHIN
            -,  25,    2,   4,     4, EXCEEDED
            -,  1.1,  11, 1000, 1000, WITHIN
            -,  1.1,  12, 1000, 1000, EXCEEDED
            # 100 percent never fails
            -, 100,  100, 100,   100, WITHIN
            # not certain before enough items are known
            -,  10,    2,  10,   100, IN_DOUBT
            -,  10,    1,  10,   100, WITHIN
            -,  10,   11,  20,   100, EXCEEDED
            # 0 percent is certain at once
            -,   0,    1,   1,  1000, EXCEEDED
            # both set: whichever is exceeded first
            5,  10,    6, 100,   100, EXCEEDED
            50, 10,   11, 100,   100, EXCEEDED
            50, 10,   10, 100,   100, WITHIN
            3,  10,    2,   4,   100, IN_DOUBT
            """)
    void judgesByCountAndPercentage(
            String count,
            String percentage,
            long failures,
            long known,
            long max,
            Tolerance expected) {
        var settings = new Settings(
                0,
                Optional.of(count).filter(ToleranceTest::isSet).map(Long::valueOf),
                Optional.of(percentage).filter(ToleranceTest::isSet).map(Double::valueOf));

        assertEquals(expected, Tolerance.judge(settings, failures, known, max));
    }

    private static boolean isSet(String cell) {
        return !cell.equals("-");
    }
}
