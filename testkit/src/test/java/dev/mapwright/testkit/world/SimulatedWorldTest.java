package dev.mapwright.testkit.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.world.Strand;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

class SimulatedWorldTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void daysPassAtOnce() {
        var world = new SimulatedWorld(1);
        assertEquals(
                End.COMPLETED,
                world.run(() -> world.sleepUntil(world.now().plus(Duration.ofDays(365)))));
        assertEquals(Instant.parse("2027-01-01T00:00:00Z"), world.now());
    }

    @Test
    void strandsWakeInTheOrderOfTheirDeadlines() {
        var world = new SimulatedWorld(1);
        world.run(() -> {
            Instant start = world.now();
            var strands = new ArrayList<Strand>();
            for (int seconds : new int[] {3, 1, 2}) {
                strands.add(world.start("sleeper", () -> {
                    world.sleepUntil(start.plusSeconds(seconds));
                    heard.add(seconds + " s");
                }));
            }
            for (Strand strand : strands) {
                strand.join();
            }
        });
        assertEquals(List.of("1 s", "2 s", "3 s"), heard);
    }

    @Test
    void theSameSeedGivesTheSameTraceAndOthersGiveOthers() {
        var traces = new HashSet<List<String>>();
        for (long seed = 0; seed < 20; seed++) {
            List<String> trace = conversation(seed).trace();
            assertEquals(trace, conversation(seed).trace());
            traces.add(trace);
        }
        assertTrue(traces.size() > 10, traces.size() + " different traces of 20");
    }

    @Test
    void messagesOfOneSenderArriveInOrder() {
        for (long seed = 0; seed < 20; seed++) {
            heard.clear();
            conversation(seed);
            assertEquals(
                    List.of("a1", "a2", "a3"),
                    heard.stream().filter(text -> text.startsWith("a")).toList());
            assertEquals(
                    List.of("b1", "b2", "b3"),
                    heard.stream().filter(text -> text.startsWith("b")).toList());
        }
    }

    @Test
    void anEmptyInboxAnswersEmptyAtTheDeadline() {
        var world = new SimulatedWorld(1);
        world.run(() -> {
            assertEquals(Optional.empty(), world.inbox().take(world.now().plusSeconds(7)));
            assertEquals(SimulatedWorld.FIRST_INSTANT.plusSeconds(7), world.now());
        });
    }

    @Test
    void cancellingInterruptsAStrandWhereItWaits() {
        var world = new SimulatedWorld(1);
        world.run(() -> {
            Strand strand = world.start("waiting", () -> {
                try {
                    world.inbox().take(Instant.MAX);
                } catch (InterruptedException e) {
                    heard.add("interrupted");
                }
                world.sleepUntil(world.now().plusSeconds(1));
                heard.add("and slept");
            });
            strand.cancel();
            strand.join();
            strand.cancel();
        });
        assertEquals(List.of("interrupted", "and slept"), heard);
    }

    @Test
    void aDeadlockFailsTheRunAndListsWhoWaitsWhere() {
        var world = new SimulatedWorld(1);
        var failure = assertThrows(
                AssertionError.class,
                () -> world.run(() -> {
                    Strand other = world.start("other", () -> world.inbox().take(Instant.MAX));
                    other.join();
                }));
        assertTrue(
                failure.getMessage().startsWith("Every strand waits for ever:\n"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("  main joins other\n"), failure.getMessage());
        assertTrue(
                failure.getMessage().contains("  other takes a message\n"), failure.getMessage());
        assertTrue(failure.getMessage().contains("SimulatedWorldTest"), failure.getMessage());
    }

    @Test
    void aDefectOfAnyStrandFailsTheRun() {
        var world = new SimulatedWorld(1);
        var failure = assertThrows(
                IllegalStateException.class,
                () -> world.run(() -> {
                    world.start("broken", () -> {
                        throw new IllegalStateException("expected a, found b");
                    });
                    world.sleepUntil(Instant.MAX);
                }));
        assertEquals("expected a, found b", failure.getMessage());
    }

    @Test
    void whatRunsWhenMainReturnsIsKilled() {
        var world = new SimulatedWorld(1);
        assertEquals(End.COMPLETED, world.run(() -> {
            world.start("for ever", () -> {
                try {
                    world.sleepUntil(Instant.MAX);
                } finally {
                    heard.add("unwound");
                }
            });
            world.sleepUntil(world.now().plusSeconds(1));
        }));
        assertEquals(List.of("unwound"), heard);
    }

    @Test
    void aCrashAtAnyStepEndsEveryStrand() {
        long steps = conversation(3).steps();
        assertTrue(steps > 10, steps + " steps");
        for (long step = 1; step <= steps; step++) {
            var world = new SimulatedWorld(3);
            world.crashAtStep(step);
            assertEquals(End.CRASHED, world.run(() -> converse(world)));
            assertEquals(step, world.steps());
        }
    }

    @Test
    void nothingSurvivesACrashByCatchingIt() {
        var world = new SimulatedWorld(1);
        End end = world.run(() -> {
            while (true) {
                try {
                    world.sleepUntil(world.now().plusSeconds(1));
                    world.crash();
                } catch (Crashed swallowed) {
                    heard.add("swallowed");
                    if (heard.size() > 3) {
                        throw swallowed;
                    }
                }
            }
        });
        assertEquals(End.CRASHED, end);
        assertEquals(SimulatedWorld.FIRST_INSTANT.plusSeconds(1), world.now());
    }

    @Test
    void randomNumbersAndNamesComeFromTheSeed() {
        assertEquals(new SimulatedWorld(5).uuid(), new SimulatedWorld(5).uuid());
        assertNotEquals(new SimulatedWorld(5).uuid(), new SimulatedWorld(6).uuid());
        assertEquals(4, new SimulatedWorld(5).uuid().version());
        assertEquals(2, new SimulatedWorld(5).uuid().variant());
        assertEquals(
                new SimulatedWorld(5).random().nextLong(),
                new SimulatedWorld(5).random().nextLong());
    }

    private SimulatedWorld conversation(long seed) {
        var world = new SimulatedWorld(seed);
        assertEquals(End.COMPLETED, world.run(() -> converse(world)));
        return world;
    }

    private void converse(SimulatedWorld world) throws InterruptedException {
        var inbox = world.<String>inbox();
        for (String name : List.of("a", "b")) {
            world.start(name, () -> {
                for (int i = 1; i <= 3; i++) {
                    inbox.put(name + i);
                    world.sleepUntil(world.now().plusMillis(world.random().nextInt(3)));
                }
            });
        }
        for (int i = 0; i < 6; i++) {
            heard.add(inbox.take(Instant.MAX).orElseThrow());
        }
    }
}
