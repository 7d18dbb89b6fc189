package dev.mapwright.engine.execution;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which executions can be redriven, children of map runs among them.
/// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
final class Redrivability {
    static final Duration REDRIVABLE_PERIOD = Duration.ofDays(14);
    private static final Duration EXECUTION_DURATION_MAX = Duration.ofDays(365);

    /// A redriven execution needs room for ExecutionRedriven and for one event more.
    private static final int EVENTS_NEEDED = 2;

    private final World world;
    private final Store store;
    private final Definitions definitions;
    private final Quotas quotas;

    Redrivability(World world, Store store, Definitions definitions, Quotas quotas) {
        this.world = world;
        this.store = store;
        this.definitions = definitions;
        this.quotas = quotas;
    }

    /// Why the execution cannot be redriven now, in AWS's words; empty when it can be.
    Optional<String> obstacle(Execution execution) {
        if (!isUnsuccessful(execution)) {
            return Optional.of(
                    "Execution is %s and cannot be redriven".formatted(execution.status()));
        }
        if (isMachineGoing(Machine.unlabelled(execution.machineArn()))) {
            return Optional.of("State machine is in DELETING status.");
        }
        return limit(execution);
    }

    /// As [#obstacle], of an unsuccessful execution whose machine is there.
    Optional<String> limit(Execution execution) {
        Instant now = world.now();
        if (isHistoryFull(execution.arn())) {
            return Optional.of("Execution history event limit exceeded.");
        }
        if (execution.startedAt().plus(EXECUTION_DURATION_MAX).isBefore(now)) {
            return Optional.of("Execution has exceeded the max execution time.");
        }
        return execution.endedAt().orElse(now).plus(REDRIVABLE_PERIOD).isBefore(now)
                ? Optional.of("Execution redrivable period exceeded.")
                : Optional.empty();
    }

    private static boolean isUnsuccessful(Execution execution) {
        return switch (execution.status()) {
            case FAILED, TIMED_OUT, ABORTED -> true;
            case RUNNING, SUCCEEDED, PENDING_REDRIVE -> false;
        };
    }

    private boolean isMachineGoing(String machineArn) {
        return definitions
                .find(machineArn)
                .map(machine -> machine.status() == Machine.Status.DELETING)
                .orElse(true);
    }

    /// An event's sequence is never below its id, so few lines have to be read.
    private boolean isHistoryFull(String executionArn) {
        long eventsMax = quotas.historyEventsMax() - EVENTS_NEEDED;
        for (Recorded line : new JournalPages(store, executionArn, eventsMax + 1)) {
            if (line.eventId() > eventsMax) {
                return true;
            }
        }
        return false;
    }
}
