package dev.mapwright.testkit.simulation;

/// Something that must hold in every run did not. An Error, so that nothing in the engine takes it
/// for one of its own problems.
final class Violation extends AssertionError {
    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable why) {
        super(what, why);
    }

    static void unless(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new Violation(what.formatted(values));
        }
    }
}
