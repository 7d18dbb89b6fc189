package dev.mapwright.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.server.demo.Progress;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class StageTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final DescribeMapRunResponse MAPPED =
            run(MapRunStatus.SUCCEEDED, NOON.minusSeconds(100), 1_000, 0);
    private static final DescribeMapRunResponse REDUCING =
            run(MapRunStatus.RUNNING, NOON.minusSeconds(10), 60, 20);

    @Test
    void progressIsThatOfTheRunUnderWaySinceItBegan() {
        assertEquals(
                Optional.of(new Progress(60, 80, 5, 0, 10)),
                Stage.progress(List.of(MAPPED, REDUCING), NOON));
    }

    @Test
    void betweenTwoRunsThereIsNoneToShow() {
        assertEquals(Optional.empty(), Stage.progress(List.of(MAPPED), NOON));
    }

    private static DescribeMapRunResponse run(
            MapRunStatus status, Instant began, long succeeded, long left) {
        return DescribeMapRunResponse.builder()
                .status(status)
                .startDate(began)
                .itemCounts(counts -> counts.succeeded(succeeded)
                        .failed(0L)
                        .timedOut(0L)
                        .aborted(0L)
                        .total(succeeded + left))
                .executionCounts(counts -> counts.running(5L))
                .build();
    }
}
