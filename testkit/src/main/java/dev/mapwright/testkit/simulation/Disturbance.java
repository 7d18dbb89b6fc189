package dev.mapwright.testkit.simulation;

/// What happens to an execution from outside.
///
/// @param seed of the processes' worlds, and of every moment that is drawn
sealed interface Disturbance {
    long seed();

    record None(long seed) implements Disturbance {}

    /// The process dies just before its n-th commit.
    record CrashAtCommit(long seed, long commit) implements Disturbance {}

    /// Several processes in a row die anywhere.
    record Crashes(long seed, int count, int stepsMax) implements Disturbance {}

    /// UpdateMapRun again and again, while processes die.
    record Adjusted(long seed, int crashes) implements Disturbance {}

    /// StopExecution at some moment, while processes die.
    record Stopped(long seed, int crashes) implements Disturbance {}

    /// RedriveExecution after each end that is no success, while processes die; half of the lives
    /// are stopped before.
    record Redriven(long seed, int crashes, int redrives) implements Disturbance {}

    /// Processes that shut down in order, one after the other.
    record ShutDown(long seed, int times) implements Disturbance {}
}
