package dev.mapwright.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/// Expressions mean what they mean in Trino.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialectTest {
    @TempDir
    static Path folder;

    private Athena athena;

    @BeforeAll
    void open() throws Exception {
        athena = new Athena(folder);
    }

    @AfterAll
    void close() {
        athena.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7 / 2                                                                | 3
            7 / 2.0                                                              | 3.5
            CAST('12' AS integer) + 1                                            | 13
            CAST(1.5 AS varchar)                                                 | 1.5
            TRY_CAST('x' AS double) IS NULL                                      | true
            date_parse('2025-03-04 05:06:07', '%Y-%m-%d %H:%i:%s')               | 2025-03-04 05:06:07.000
            date_format(timestamp '2025-03-04 05:06:07', '%d.%c.%Y %H:%i')       | 04.3.2025 05:06
            from_iso8601_timestamp('2025-03-04T05:06:07Z')                       | 2025-03-04 05:06:07.000 UTC
            from_unixtime(0)                                                     | 1970-01-01 00:00:00.000 UTC
            to_unixtime(timestamp '1970-01-01 00:00:01')                         | 1.0
            date(from_iso8601_timestamp('2025-03-04T05:06:07Z'))                 | 2025-03-04
            date_trunc('month', timestamp '2025-03-04 05:06:07')                 | 2025-03-01 00:00:00.000
            date_diff('day', timestamp '2025-01-01 23:00', timestamp '2025-01-02 01:00') | 0
            date_add('day', 2, timestamp '2025-01-01 00:00:00')                  | 2025-01-03 00:00:00.000
            day_of_week(date '2025-03-04')                                       | 2
            json_extract_scalar('{"a":{"b":"x"}}', '$.a.b')                      | x
            json_extract_scalar('{"a":{"b":"x"}}', '$.a') IS NULL                | true
            regexp_like('abc', '^a')                                             | true
            regexp_extract('a1', '[0-9]')                                        | 1
            regexp_extract('a', '[0-9]') IS NULL                                 | true
            regexp_replace('a1b2', '([0-9])', '<$1>')                            | a<1>b<2>
            element_at(map(ARRAY['a'], ARRAY[1]), 'a')                           | 1
            array_join(ARRAY[1, 2], '-')                                         | 1-2
            cardinality(ARRAY[1, 2])                                             | 2
            split_part('a,b', ',', 2)                                            | b
            if(1 > 2, 'y', 'n')                                                  | n
            approx_distinct(1)                                                   | 1
            sum(2)                                                               | 2
            count_if(true)                                                       | 1
            round(2.5)                                                           | 3
            concat('it''s', '!')                                                 | it's!
            """)
    void evaluates(String expression, String value) throws Exception {
        assertEquals(
                "\"v\"\n\"%s\"\n".formatted(value),
                athena.result("SELECT %s AS v".formatted(expression)));
    }
}
