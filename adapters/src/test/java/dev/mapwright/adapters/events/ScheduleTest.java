package dev.mapwright.adapters.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Optional;

class ScheduleTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:30Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rate(1 minute)           | 2026-01-01T00:00:30Z | 2026-01-01T00:01:30Z
            rate(5 minutes)          | 2026-01-01T00:07:00Z | 2026-01-01T00:10:30Z
            rate(2 days)             | 2026-01-01T00:07:00Z | 2026-01-03T00:00:30Z
            cron(0 12 * * ? *)       | 2026-01-01T12:00:00Z | 2026-01-02T12:00:00Z
            cron(15 10 ? * 6L *)     | 2026-01-01T00:00:00Z | 2026-01-30T10:15:00Z
            cron(0 8 1 * ? *)        | 2026-01-01T09:00:00Z | 2026-02-01T08:00:00Z
            cron(0/15 * * * ? *)     | 2026-01-01T00:16:00Z | 2026-01-01T00:30:00Z
            cron(*/5 8-17 ? * MON-FRI *) | 2026-01-02T17:56:00Z | 2026-01-05T08:00:00Z
            cron(0 9 ? * 2#1 *)      | 2026-01-06T00:00:00Z | 2026-02-02T09:00:00Z
            cron(0 0 L * ? *)        | 2026-02-01T00:00:00Z | 2026-02-28T00:00:00Z
            cron(0 0 15W * ? *)      | 2026-02-01T00:00:00Z | 2026-02-16T00:00:00Z
            cron(15 12 * * ? *)      | 2026-03-01T12:00:00Z | 2026-03-01T12:15:00Z
            cron(0 18 ? * MON-FRI *) | 2026-03-01T12:00:00Z | 2026-03-02T18:00:00Z
            cron(0/10 * ? * MON-FRI *) | 2026-03-01T12:00:00Z | 2026-03-02T00:00:00Z
            cron(0/30 20-23,0-2 ? * MON-FRI *) | 2026-04-10T12:00:00Z | 2026-04-10T20:00:00Z
            cron(0 12 ? * L *)       | 2026-03-01T12:00:00Z | 2026-03-07T12:00:00Z
            cron(0 12 31W * ? *)     | 2026-04-01T12:00:00Z | 2026-04-30T12:00:00Z
            cron(30 6 29 FEB ? *)    | 2026-01-01T00:00:00Z | 2028-02-29T06:30:00Z
            cron(0 0 1 JAN ? 2027)   | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z
            """)
    void aScheduleKnowsItsNextTime(String schedule, Instant after, Instant next) {
        assertEquals(Optional.of(next), Schedule.parse(schedule).next(CREATED, after));
    }

    @Test
    void aScheduleCanBeOver() {
        assertEquals(
                Optional.empty(), Schedule.parse("cron(0 0 1 1 ? 2025)").next(CREATED, CREATED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(1 minutes)",
                "rate(5 minute)",
                "rate(0 minutes)",
                "every day",
                "cron(0 12 * * *)",
                "cron(0 12 * * * *)",
                "cron(0 12 ? * 2#6 *)",
                "cron(60 12 * * ? *)",
                "cron(0 12 ? * FUN *)"
            })
    void whatIsNoScheduleIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse(text));
    }
}
