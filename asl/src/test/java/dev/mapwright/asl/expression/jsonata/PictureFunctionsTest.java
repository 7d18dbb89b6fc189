package dev.mapwright.asl.expression.jsonata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

class PictureFunctionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            $formatNumber(1234567.891, '#,##0.00')    | 1,234,567.89
            $formatNumber(0, '#,##0.00')              | 0.00
            $formatNumber(0, '0.0e0')                 | 0.0e0
            $formatNumber(-5, '0;(0)')                | (5)
            $formatNumber(-0.5, '#.##')               | -.5
            $formatNumber(0.256, '0.0%')              | 25.6%
            $formatNumber(1234, 'Euro #,##0')         | Euro 1,234
            $formatNumber(12345, '00.0e0')            | 12.3e3
            $formatNumber(1234.5, '#.##0,0', {'decimal-separator': ',', 'grouping-separator': '.'}) | 1.234,5
            """)
    void writesNumbersByPicture(String expression, String expected) {
        assertEquals('"' + expected + '"', evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            $formatNumber(1, '0;0;0')  | D3080
            $formatNumber(1, '0.0.0')  | D3081
            $formatNumber(1, '0,.0')   | D3087
            $formatNumber(1, '')       | D3085
            $formatNumber(1, '#0.0#0') | D3091
            $formatNumber(1, 'x')      | D3086
            $formatNumber(1, '0.0.0%%') | D3082
            """)
    void refusesPicturesThatBreakTheRules(String expression, String code) {
        assertEquals(
                code, assertThrows(QueryError.class, () -> evaluate(expression)).code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $formatInteger(2000000000000000, 'w')       | "two thousand trillion"
            $formatInteger(-3000000000000007, 'Ww')     | "-Three Thousand Trillion and Seven"
            $parseInteger('two thousand trillion and seven', 'w') | 2000000000000007
            $parseInteger('12', '9')                    | 12
            """)
    void writesAndReadsWholeNumbersInWordsOfAnySize(String expression, String expected) {
        assertEquals(expected, evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            $fromMillis($toMillis('2021-01-03'), '[X0001]-W[W01]-[F1]')         | 2020-W53-7
            $fromMillis($toMillis('2021-01-03'), '[[[X]]] week [w] of [xNn]')   | [2020] week 5 of December
            $fromMillis($toMillis('2021-01-03T23:00:00Z'), '[X]-[W]', '+0200')  | 2021-1
            $fromMillis($toMillis('2021-01-03'), '[Y]-[M01]')                   | 2021-01
            """)
    void theYearOfAWeekIsThatOfItsThursday(String expression, String expected) {
        assertEquals('"' + expected + '"', evaluate(expression));
    }

    private static String evaluate(String expression) {
        var bounds = new Bounds(Instant.EPOCH, new SplittableRandom(1));
        return Program.compile(expression)
                .evaluate(Optional.empty(), Map.of(), bounds)
                .orElseThrow()
                .text();
    }
}
