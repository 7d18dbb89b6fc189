package dev.mapwright.asl.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.definition.Recovery.Decision;
import dev.mapwright.asl.definition.Recovery.Decision.GiveUp;
import dev.mapwright.asl.definition.Recovery.Decision.GoTo;
import dev.mapwright.asl.definition.Recovery.Decision.RetryAfter;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.jsonata.JsonataDataflow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class RecoveryTest {
    @ParameterizedTest
    @CsvSource({
        "Custom, Custom, true",
        "Custom, Other, false",
        "Custom, States.Runtime, false",
        "States.ALL, Custom, true",
        "States.ALL, States.Timeout, true",
        "States.ALL, States.TaskFailed, true",
        "States.ALL, States.Runtime, false",
        "States.ALL, States.DataLimitExceeded, true",
        "States.TaskFailed, Custom, true",
        "States.TaskFailed, States.TaskFailed, true",
        "States.TaskFailed, States.Permissions, true",
        "States.TaskFailed, States.Timeout, false",
        "States.TaskFailed, States.HeartbeatTimeout, false",
        "States.TaskFailed, States.Runtime, false",
        "States.TaskFailed, States.DataLimitExceeded, false",
        "States.Timeout, States.Timeout, true",
        "States.Timeout, States.HeartbeatTimeout, true",
        "States.HeartbeatTimeout, States.Timeout, false",
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "States.Runtime, States.Runtime, true",
    })
    void aNameMatchesTheErrorsThatTheLanguageSays(String name, String error, boolean matches) {
        var recovery = new Recovery(List.of(), List.of(catcher(name, "Next")));

        Decision decision = recovery.decide(Failure.of(error), List.of(), new Random(1));

        assertEquals(matches, decision instanceof GoTo);
    }

    @Test
    void theFirstRetrierThatNamesTheErrorDecidesAndItsSpentAttemptsLeadToTheCatchers() {
        var recovery = new Recovery(
                List.of(retrier("A", 2), retrier("B", 1), retrier("States.ALL", 5)),
                List.of(catcher("B", "Caught B"), catcher("States.ALL", "Caught all")));

        assertEquals(new RetryAfter(Duration.ofSeconds(1), 1), decide(recovery, "B", 0, 0, 0));
        assertEquals(new RetryAfter(Duration.ofSeconds(2), 0), decide(recovery, "A", 1, 1, 4));
        assertEquals(
                "Caught B", ((GoTo) decide(recovery, "B", 0, 1, 0)).catcher().next());
        assertEquals(
                "Caught all", ((GoTo) decide(recovery, "A", 2, 0, 0)).catcher().next());
        assertEquals(new RetryAfter(Duration.ofSeconds(16), 2), decide(recovery, "C", 0, 0, 4));
        assertEquals(new GiveUp(), decide(recovery, "States.Runtime", 0, 0, 0));
    }

    @Test
    void zeroAttemptsNeverRetry() {
        var recovery = new Recovery(List.of(retrier("A", 0)), List.of());

        assertEquals(new GiveUp(), decide(recovery, "A", 0));
    }

    @Test
    void delaysGrowByTheBackoffRateUpToTheirMaximum() {
        var retrier = new Retrier(
                List.of("A"),
                Duration.ofSeconds(3),
                1.5,
                9,
                Optional.of(Duration.ofSeconds(10)),
                false);
        var recovery = new Recovery(List.of(retrier), List.of());

        assertEquals(new RetryAfter(Duration.ofMillis(3000), 0), decide(recovery, "A", 0));
        assertEquals(new RetryAfter(Duration.ofMillis(4500), 0), decide(recovery, "A", 1));
        assertEquals(new RetryAfter(Duration.ofMillis(6750), 0), decide(recovery, "A", 2));
        assertEquals(new RetryAfter(Duration.ofMillis(10000), 0), decide(recovery, "A", 3));
        assertEquals(new RetryAfter(Duration.ofMillis(10000), 0), decide(recovery, "A", 8));
    }

    @Test
    void anExponentThatOverflowsStaysWithinTheLongestDelay() {
        var retrier = new Retrier(
                List.of("A"), Duration.ofSeconds(1), 10.0, 99_999_999, Optional.empty(), false);
        var recovery = new Recovery(List.of(retrier), List.of());

        assertEquals(
                new RetryAfter(Duration.ofSeconds(99_999_999), 0), decide(recovery, "A", 5000));
    }

    @Test
    void fullJitterTakesAnyTimeUpToTheDelay() {
        var retrier =
                new Retrier(List.of("A"), Duration.ofSeconds(8), 2.0, 9, Optional.empty(), true);
        var recovery = new Recovery(List.of(retrier), List.of());
        var random = new Random(7);

        for (int i = 0; i < 200; i++) {
            var retry = (RetryAfter) recovery.decide(Failure.of("A"), List.of(1), random);
            assertTrue(
                    retry.delay().toMillis() >= 0 && retry.delay().toMillis() <= 16_000,
                    retry.toString());
        }
    }

    private static Decision decide(Recovery recovery, String error, Integer... used) {
        return recovery.decide(Failure.of(error), List.of(used), new Random(1));
    }

    private static Retrier retrier(String error, int maxAttempts) {
        return new Retrier(
                List.of(error), Duration.ofSeconds(1), 2.0, maxAttempts, Optional.empty(), false);
    }

    private static Catcher catcher(String error, String next) {
        return new Catcher(
                List.of(error),
                new JsonataDataflow(Optional.empty(), Optional.empty(), Map.of()),
                next);
    }
}
