package dev.mapwright.testkit.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Dispatching.Change;
import dev.mapwright.engine.maprun.ItemSelector;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.maprun.Surroundings;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;
import dev.mapwright.testkit.world.SimulatedWorld;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// Runs whose children are started at a pace, and runs that are paused. Times are virtual.
class DispatchingTest {
    private static final String RUN = "arn:aws:states:us-east-1:123456789012:mapRun:m/label:run";

    private CommittingStore store = new CommittingStore();
    private final List<Long> startedAt = new ArrayList<>();
    private SimulatedWorld world = new SimulatedWorld(1);
    private Instant begun;

    @Test
    void tenPerSecondAreOneEachTenthOfASecond() {
        run(15, Optional.of(new Pace(10, Duration.ZERO)), _ -> {});

        assertEquals(LongStream.rangeClosed(1, 15).map(i -> 100 * i).boxed().toList(), startedAt);
    }

    @Test
    void lessThanOnePerSecondIsPossible() {
        run(3, Optional.of(new Pace(0.25, Duration.ZERO)), _ -> {});

        assertEquals(List.of(4_000L, 8_000L, 12_000L), startedAt);
    }

    @Test
    void noSecondSeesMoreThanThePace() {
        for (int perSecond : new int[] {1, 7, 50, 99, 333, 1_000}) {
            startedAt.clear();
            begun = null;
            world = new SimulatedWorld(perSecond, world.now());
            store = new CommittingStore();
            int items = 3 * perSecond + 5;
            run(items, Optional.of(new Pace(perSecond, Duration.ZERO)), _ -> {});

            assertTrue(
                    busiestSecond() <= perSecond,
                    busiestSecond() + " in a second at a pace of " + perSecond);
            double slowest = 1_000 * items / (0.98 * perSecond) + 20;
            assertTrue(
                    startedAt.getLast() <= slowest,
                    "at a pace of %d, the last of %d started after %d ms"
                            .formatted(perSecond, items, startedAt.getLast()));
        }
    }

    /// Half of 100 per second times 4 s are 200 children while it rises, and 100 per second after.
    @Test
    void theRateRisesEvenlyFromNothing() {
        run(500, Optional.of(new Pace(50, Duration.ofSeconds(4))), _ -> {});

        assertEquals(6, startedBy(1_000));
        assertEquals(25, startedBy(2_000));
        assertEquals(56, startedBy(3_000));
        assertEquals(100, startedBy(4_000));
        assertEquals(150, startedBy(5_000));
    }

    @Test
    void aPausedRunStartsNothingUntilItIsResumed() {
        run(40, Optional.of(new Pace(10, Duration.ZERO)), run -> {
            world.sleepUntil(begun.plusMillis(1_050));
            run.adjust(new Change.Pause());
            world.sleepUntil(begun.plusMillis(60_000));
            assertEquals(10, startedAt.size());
            assertEquals(new Counts(30, 0, 10, 0, 0, 0, 0, 0, 0), run.counts().items());
            run.adjust(new Change.Resume());
        });

        assertEquals(60_050, startedAt.get(10));
        assertEquals(62_950, startedAt.getLast());
    }

    @Test
    void aLiftedLimitLetsAllStartAtOnce() {
        run(40, Optional.of(new Pace(1, Duration.ZERO)), run -> {
            world.sleepUntil(begun.plusMillis(2_500));
            run.adjust(new Change.Limit(Optional.empty()));
        });

        assertEquals(2, startedBy(2_499));
        assertEquals(40, startedBy(2_600));
    }

    @Test
    void theLimitAndThePauseSurviveACrash() {
        crashAfter(60, Duration.ofMillis(1_950), _ -> {});
        assertEquals(19, startedAt.size());
        crashAfter(60, Duration.ofMillis(3_050), run -> run.adjust(new Change.Pause()));
        assertEquals(19, startedAt.size());
        crashAfter(60, Duration.ofMillis(9_000), _ -> {});
        assertEquals(19, startedAt.size());
        run(60, Optional.empty(), run -> run.adjust(new Change.Resume()));

        assertEquals(60, startedAt.size());
        assertEquals(10, busiestSecond());
        assertTrue(startedAt.getLast() >= 9_000 + 4_100);
    }

    @Test
    void timeThatPassesWhileItIsDecidedStrandsNoChild() {
        store.enter(world, Long.MAX_VALUE);
        var passing = new PassingWorld(world);
        var random = new SplittableRandom(1);
        End end = world.run(() -> {
            begun = world.now();
            var children = new ScriptedChildren(
                    passing,
                    store,
                    child -> {
                        passing.sleepUntil(passing.now().plusMillis(random.nextInt(90, 105)));
                        return new Ending.Succeeded(child.input());
                    },
                    this::starts);
            MapRun run = open(passing, children, 300, Optional.of(new Pace(10, Duration.ZERO)));
            run.admit();
            run.run();
        });

        assertEquals(End.COMPLETED, end);
        assertEquals(300, startedAt.size());
    }

    /// Time does not only pass while somebody sleeps: each look at the clock takes a while.
    private static final class PassingWorld implements World {
        private static final int LOOK_NANOS = 100_000;

        private final SimulatedWorld inner;
        private long looks;

        PassingWorld(SimulatedWorld inner) {
            this.inner = inner;
        }

        @Override
        public Instant now() {
            looks++;
            return inner.now().plusNanos(looks * LOOK_NANOS);
        }

        @Override
        public RandomGenerator random() {
            return inner.random();
        }

        @Override
        public UUID uuid() {
            return inner.uuid();
        }

        @Override
        public void sleepUntil(Instant time) throws InterruptedException {
            inner.sleepUntil(time.minusNanos(looks * LOOK_NANOS));
        }

        @Override
        public Strand start(String name, Body body) {
            return inner.start(name, body);
        }

        @Override
        public <T> Inbox<T> inbox() {
            Inbox<T> inbox = inner.inbox();
            return new Inbox<>() {
                @Override
                public void put(T message) {
                    inbox.put(message);
                }

                @Override
                public Optional<T> take(Instant deadline) throws InterruptedException {
                    return inbox.take(
                            deadline.equals(Instant.MAX)
                                    ? deadline
                                    : deadline.minusNanos(looks * LOOK_NANOS));
                }
            };
        }
    }

    private interface Meddling {
        void with(MapRun run) throws InterruptedException;
    }

    private void run(int items, Optional<Pace> pace, Meddling meddling) {
        store.enter(world, Long.MAX_VALUE);
        assertEquals(End.COMPLETED, world.run(() -> live(items, pace, meddling)));
    }

    private void crashAfter(int items, Duration time, Meddling meddling) {
        store.enter(world, Long.MAX_VALUE);
        var pace = Optional.of(new Pace(10, Duration.ZERO));
        assertEquals(End.CRASHED, world.run(() -> {
            Instant from = begun == null ? world.now() : begun;
            world.start("crash", () -> {
                world.sleepUntil(from.plus(time));
                world.crash();
            });
            live(items, pace, meddling);
        }));
        store.crashed(new SplittableRandom(1));
        world = new SimulatedWorld(2, world.now());
    }

    private void live(int items, Optional<Pace> pace, Meddling meddling)
            throws InterruptedException {
        begun = begun == null ? world.now() : begun;
        var children = new ScriptedChildren(
                world, store, child -> new Ending.Succeeded(child.input()), this::starts);
        MapRun run = open(world, children, items, pace);
        run.admit();
        world.start("meddler", () -> meddling.with(run));
        run.run();
    }

    private MapRun open(World in, ScriptedChildren children, int items, Optional<Pace> pace) {
        return new Surroundings(
                        in,
                        store,
                        dataset -> {
                            throw new ReadFailed("no reader for " + dataset.resource());
                        },
                        new RecordedResults(3, () -> {}),
                        children,
                        Limits.STANDARD)
                .open(
                        store.mapRun(RUN).orElseGet(() -> record(items)),
                        ItemSelector.WHOLE_ITEM,
                        pace);
    }

    private void starts(int open) {
        startedAt.add(Duration.between(begun, world.now()).toMillis());
    }

    private long startedBy(long millis) {
        return startedAt.stream().filter(at -> at <= millis).count();
    }

    private int busiestSecond() {
        int most = 0;
        for (int first = 0, last = 0; last < startedAt.size(); last++) {
            while (startedAt.get(last) - startedAt.get(first) >= 1_000) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private MapRunRecord record(int items) {
        var plan = new RunPlan(
                new Dataset.StateItems(
                        Json.of(LongStream.range(0, items).boxed().toList())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new MapRunRecord(
                RUN,
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                "arn:aws:states:us-east-1:123456789012:stateMachine:m/label",
                "Map",
                Execution.Type.STANDARD,
                MapRunRecord.Status.RUNNING,
                world.now(),
                Optional.empty(),
                new Settings(0, Optional.empty(), Optional.empty()),
                plan.json(),
                Counts.NONE,
                Counts.NONE,
                Optional.empty());
    }
}
