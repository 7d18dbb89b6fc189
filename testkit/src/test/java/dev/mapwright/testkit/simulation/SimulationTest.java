package dev.mapwright.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/// Whole engines whose process is killed again and again, from seeds. A failure names its seed and
/// the command that repeats it.
class SimulationTest {
    private static final long SEEDS = 200;

    @Test
    void randomMachinesEndTheSameHoweverTheirProcessesDie() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation.check(seed, Simulation.Effort.SOME);
        }
    }

    /// Each of these has found a bug.
    @ParameterizedTest
    @ValueSource(
            longs = {
                16,
                30,
                34,
                36,
                55,
                67,
                113,
                195,
                229,
                430,
                922953816,
                1814428127,
                1882188586,
                547751838,
                1410973001
            })
    void seedsThatOnceFailedHold(long seed) {
        Simulation.check(seed, Simulation.Effort.SOME);
    }

    @Test
    void theCommandSaysThatEverythingHeld() {
        var out = new ByteArrayOutputStream();
        int status = Simulate.run(
                new String[] {"--seed", "1"}, new PrintStream(out), new PrintStream(out));
        assertEquals(0, status);
        assertTrue(out.toString().endsWith(" runs, everything held.\n"), out::toString);
    }

    @Test
    void theCommandRefusesWhatIsNoNumber() {
        var err = new ByteArrayOutputStream();
        int status = Simulate.run(
                new String[] {"--seed", "one"}, new PrintStream(err), new PrintStream(err));
        assertEquals(2, status);
        assertTrue(err.toString().startsWith("--seed: "), err::toString);
    }
}
