package dev.mapwright.benchmarks;

import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A map run whose engine is killed with SIGKILL again and again and started anew on the same
/// folder: in the beginning, at drawn moments on the way, and while the last results are exported.
/// Every hundredth item fails by design, which is tolerated. The ledger is looked at all the time.
/// Nothing is measured unless everything came out right: anything else is an error.
///
/// @param kills that are drawn; there are as many as [#AT_THE_END] more
record Survival(String name, Type childType, int items, int kills, long seed) implements Benchmark {
    private static final int AT_THE_END = 2;
    private static final int FAILING = 100;
    private static final Duration POLL = Duration.ofMillis(5);

    /// How long the engine is left alone after it is ready, where it is killed by time.
    private static final int LEFT_ALONE_MILLIS_MAX = 1_500;

    private static final String CHILD = """
            {"Type":"Choice","Default":"Done","Choices":[
              {"Variable":"$.orderNumber","StringMatches":"*00","Next":"Broken"}]},
            "Done":{"Type":"Pass","Result":1,"End":true},"Broken":{"Type":"Fail","Error":"Hundredth"}""";

    @Override
    public String about() {
        return "%,d %s children while the engine is killed %d times"
                .formatted(items, childType, kills + AT_THE_END);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        Path data = workbench.folder().resolve("data");
        Path file = workbench.folder().resolve("items.csv");
        ItemsFile.write(file, items);
        var watch = new Watch();
        long begun = System.nanoTime();
        String execution;
        try (var engine = ServedEngine.on(data);
                var client = new ServiceClient(engine.endpoint())) {
            execution = begin(client, file);
            Thread.sleep(new SplittableRandom(seed).nextInt(LEFT_ALONE_MILLIS_MAX));
            engine.kill();
        }
        for (Deque<Long> moments = moments(); ; ) {
            long restarted = System.nanoTime();
            try (var engine = ServedEngine.on(data);
                    var client = new ServiceClient(engine.endpoint())) {
                watch.readySeconds.add(secondsSince(restarted));
                long moment = moments.isEmpty() ? Long.MAX_VALUE : moments.remove();
                if (!watch.until(moment, client, execution)) {
                    workbench.say("killing after %,d items", watch.ended);
                    engine.kill();
                    continue;
                }
                double seconds = secondsSince(begun);
                requireExact(engine, client, execution);
                engine.stop();
                return figures(watch, seconds);
            }
        }
    }

    private String begin(ServiceClient client, Path file) throws Exception {
        client.makeBucket("orders-in");
        client.makeBucket("orders-out");
        client.putObject("orders-in", "orders/orders.csv", file);
        String definition = Processor.map(childType.name(), CHILD)
                .replace(
                        "\"MaxConcurrency\"",
                        "\"ToleratedFailurePercentage\":2,\"MaxConcurrency\"");
        String machine = client.states(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "survival",
                                "definition",
                                definition,
                                "roleArn",
                                EngineUnderTest.ROLE))
                .text("stateMachineArn");
        return client.states("StartExecution", Map.of("stateMachineArn", machine))
                .text("executionArn");
    }

    /// After how many items the engine is killed: once in each of as many equal parts of the run,
    /// and at its end.
    private Deque<Long> moments() {
        var random = new SplittableRandom(seed);
        var moments = new ArrayDeque<Long>();
        long part = items / kills;
        for (int kill = 1; kill < kills; kill++) {
            moments.add(kill * part + random.nextLong(part));
        }
        for (int kill = 0; kill < AT_THE_END; kill++) {
            moments.add((long) items);
        }
        return moments;
    }

    /// What is seen of the run from outside.
    private static final class Watch {
        private final List<Double> readySeconds = new ArrayList<>();
        private long looks;
        private long ended;

        /// Looks on until so many items have ended, or the execution has.
        ///
        /// @return whether the execution has
        boolean until(long moment, ServiceClient client, String execution) throws Exception {
            while (true) {
                Answer now = client.states("DescribeExecution", Map.of("executionArn", execution));
                look(client, execution);
                if (!now.text("status").equals("RUNNING")) {
                    requireSuccess(now);
                    return true;
                }
                if (ended >= moment) {
                    return false;
                }
                Thread.sleep(POLL);
            }
        }

        private void look(ServiceClient client, String execution)
                throws CallFailed, InterruptedException {
            for (Answer run : client.states("ListMapRuns", Map.of("executionArn", execution))
                    .objects("mapRuns")) {
                Answer now =
                        client.states("DescribeMapRun", Map.of("mapRunArn", run.text("mapRunArn")));
                looks++;
                ended = balanced(now.object("itemCounts"));
                balanced(now.object("executionCounts"));
            }
        }

        /// @return how many have ended
        private static long balanced(Answer counts) {
            long ended = counts.number("succeeded")
                    + counts.number("failed")
                    + counts.number("timedOut")
                    + counts.number("aborted");
            long sum = ended + counts.number("pending") + counts.number("running");
            if (sum != counts.number("total")) {
                throw new IllegalStateException(
                        "expected the counts to add up to their total, found " + counts);
            }
            return ended;
        }
    }

    private static void requireSuccess(Answer execution) {
        if (!execution.text("status").equals("SUCCEEDED")) {
            throw new IllegalStateException(
                    "expected the execution to succeed, found " + execution);
        }
    }

    private void requireExact(ServedEngine engine, ServiceClient client, String execution)
            throws Exception {
        Answer run = client.states("ListMapRuns", Map.of("executionArn", execution))
                .objects("mapRuns")
                .getFirst();
        Answer counts = client.states("DescribeMapRun", Map.of("mapRunArn", run.text("mapRunArn")))
                .object("itemCounts");
        int failing = items / FAILING;
        require("items", items, counts.number("total"));
        require("items that succeeded", items - failing, counts.number("succeeded"));
        require("items that failed", failing, counts.number("failed"));
        require("results", items, counts.number("resultsWritten"));
        Answer ended = client.states("DescribeExecution", Map.of("executionArn", execution));
        var exported = new ExportedItems(engine.endpoint(), client, ended.text("output"));
        var failed = new BitSet();
        for (int number = FAILING; number <= items; number += FAILING) {
            failed.set(number);
        }
        var succeeded = new BitSet();
        succeeded.set(1, items + 1);
        succeeded.andNot(failed);
        require("items exported as SUCCEEDED", succeeded, exported.of("SUCCEEDED"));
        require("items exported as FAILED", failed, exported.of("FAILED"));
        require("items exported as PENDING", new BitSet(), exported.of("PENDING"));
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(
                    "expected %,d %s, found %,d".formatted(expected, what, found));
        }
    }

    private static void require(String what, BitSet expected, BitSet found) {
        var wrong = (BitSet) expected.clone();
        wrong.xor(found);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "expected %,d %s, found %,d; %,d differ, from item %d on"
                            .formatted(
                                    expected.cardinality(),
                                    what,
                                    found.cardinality(),
                                    wrong.cardinality(),
                                    wrong.nextSetBit(0)));
        }
    }

    private List<Figure> figures(Watch watch, double seconds) {
        double worst = watch.readySeconds.stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return List.of(
                Figure.of("kills", watch.readySeconds.size(), "kills"),
                Figure.of("looks at a balanced ledger", watch.looks, "looks"),
                Figure.of("items with all kills", items / seconds, "items/s"),
                Figure.of("ready after a kill, at the latest", worst, "s"));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
