package dev.mapwright.testkit.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Limits;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.maprun.RunPlan.Batching;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// What a run is given, drawn from a seed.
record Scenario(
        long seed,
        int items,
        int batchItemsMax,
        Execution.Type type,
        Settings settings,
        boolean exported,
        boolean fromReader,
        int failEvery,
        Optional<Pace> pace,
        Meddling meddling) {

    static Scenario of(long seed) {
        var random = new SplittableRandom(seed);
        int failEvery = random.nextInt(3) == 0 ? 0 : 2 + random.nextInt(8);
        return new Scenario(
                seed,
                random.nextInt(40),
                random.nextInt(4),
                random.nextBoolean() ? Execution.Type.EXPRESS : Execution.Type.STANDARD,
                settings(random, failEvery),
                random.nextInt(3) > 0,
                random.nextBoolean(),
                failEvery,
                pace(seed),
                Meddling.values()[random.nextInt(Meddling.values().length)]);
    }

    /// A few runs have one.
    private static Optional<Pace> pace(long seed) {
        return seed % 5 == 0
                ? Optional.of(new Pace(20 + seed % 3 * 100, Duration.ofMillis(seed % 2 * 400)))
                : Optional.empty();
    }

    private static Settings settings(RandomGenerator random, int failEvery) {
        int concurrency = random.nextInt(6);
        return switch (failEvery == 0 ? 0 : random.nextInt(4)) {
            case 0 -> new Settings(concurrency, Optional.empty(), Optional.empty());
            case 1 -> new Settings(concurrency, Optional.of(random.nextLong(4)), Optional.empty());
            case 2 ->
                new Settings(
                        concurrency,
                        Optional.empty(),
                        Optional.of(100.0 * random.nextInt(50) / 100));
            default -> new Settings(concurrency, Optional.empty(), Optional.of(100.0));
        };
    }

    boolean toleratesAll() {
        return failEvery == 0
                || settings.toleratedFailurePercentage()
                        .filter(most -> most == 100)
                        .isPresent();
    }

    boolean fails(long item) {
        return failEvery > 0 && item % failEvery == failEvery - 1;
    }

    RunPlan plan() {
        Dataset dataset = fromReader
                ? new Dataset.Read("s3:getObject", Json.EMPTY_OBJECT, Json.EMPTY_OBJECT, 0)
                : new Dataset.StateItems(
                        Json.of(LongStream.range(0, items).boxed().toList()));
        Optional<Batching> batching = batchItemsMax == 0
                ? Optional.empty()
                : Optional.of(new Batching(batchItemsMax, 1_000, Optional.empty()));
        Optional<Json> writer =
                exported ? Optional.of(Json.ofText("{\"Bucket\":\"b\"}")) : Optional.empty();
        return new RunPlan(dataset, batching, writer, Optional.empty());
    }

    /// Room for three batches at most, and a snapshot every few facts.
    Limits limits() {
        return new Limits(8, 1_000_000, 262_144, 3, 10_000, 300, 6, 100_000, 12);
    }

    static int places(int maxConcurrency) {
        return maxConcurrency == 0 ? 8 : maxConcurrency;
    }

    /// What happens to a run from outside.
    enum Meddling {
        NONE,
        ADJUSTED,
        PAUSED,
        STOPPED
    }
}
