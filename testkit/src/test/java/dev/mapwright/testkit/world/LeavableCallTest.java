package dev.mapwright.testkit.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.world.LeavableCall;
import dev.mapwright.testkit.world.SimulatedWorld.End;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class LeavableCallTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final Instant start = world.now();
    private final List<String> heard = new ArrayList<>();

    @Test
    void aCallThatReturnsInTimeIsHeard() {
        assertEquals(Optional.of("answer"), returned(start.plusSeconds(3)));
        assertEquals(List.of("asked"), heard);
    }

    @Test
    void aCallThatTakesLongerIsLeftAndInterrupted() {
        assertEquals(Optional.empty(), returned(start.plusSeconds(1)));
        assertEquals(List.of("asked", "interrupted"), heard);
    }

    @Test
    void whoHasTimeForEverMakesTheCallHimself() {
        assertEquals(Optional.of("answer"), returned(Instant.MAX));
    }

    private Optional<String> returned(Instant until) {
        var returned = new ArrayList<Optional<String>>();
        End end = world.run(() -> {
            returned.add(new LeavableCall<>(world, "call", this::answer).returned(until));
            world.sleepUntil(world.now().plusSeconds(1));
        });
        assertEquals(End.COMPLETED, end);
        return returned.getFirst();
    }

    private String answer() throws InterruptedException {
        heard.add("asked");
        try {
            world.sleepUntil(start.plusSeconds(2));
        } catch (InterruptedException interrupted) {
            heard.add("interrupted");
            throw interrupted;
        }
        return "answer";
    }
}
