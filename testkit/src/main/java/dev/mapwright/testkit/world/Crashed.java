package dev.mapwright.testkit.world;

/// The simulated process was killed. Thrown at every wait of every strand, again and again, so that
/// nothing survives by catching it; nobody but the world may do so.
public final class Crashed extends Error {
    Crashed() {
        super("the simulated process was killed", null, false, false);
    }
}
