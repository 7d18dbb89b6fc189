package dev.mapwright.benchmarks;

import dev.mapwright.benchmarks.Meter.Span;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;
import dev.mapwright.server.config.Configuration.Durability;
import dev.mapwright.server.config.Setting;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What the API answers, and how fast, with two map runs of very many children in the store, one of
/// STANDARD and one of EXPRESS ones, of which a single one has failed. At the end retention drops
/// all of them, while the engine goes on.
record Visibility(String name, int children) implements Benchmark {
    private static final double BAR_MILLIS = 50;
    private static final int REPEATED = 100;
    private static final int PAGE_MAX = 1_000;

    /// As far as the middle of a million.
    private static final int PAGES_MAX = 500;

    private static final double BYTES_PER_MIB = 1024 * 1024;

    /// How long retention is given, and what it has to leave at most.
    private static final Duration GIVEN_BACK_MAX = Duration.ofMinutes(5);

    private static final double LEFT_SHARE_MAX = 0.1;

    /// An empty store has logs and a few small files too.
    private static final double LEFT_MIB = 2;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final List<String> STATUSES =
            List.of("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "RUNNING", "PENDING_REDRIVE");

    /// Children of one state, and the one in the middle of the input fails.
    private static final String CHILD = """
            {"Type":"Choice","Default":"Done","Choices":[
              {"Variable":"$.orderNumber","StringEquals":"ON%08d","Next":"Broken"}]},
            "Done":{"Type":"Succeed"},"Broken":{"Type":"Fail","Error":"Rare"}""";

    @Override
    public String about() {
        return "pages and descriptions among %,d children of a map run; then their retention"
                .formatted(children);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        Path data = workbench.folder().resolve("data");
        var figures = new ArrayList<Figure>();
        var executions = new EnumMap<Type, String>(Type.class);
        Path items = workbench.folder().resolve("items.csv");
        ItemsFile.write(items, children);
        try (var engine = new EngineUnderTest(workbench.start(data, Durability.FSYNC), items)) {
            for (Type type : Type.values()) {
                executions.put(type, runOf(type, engine, workbench));
            }
            for (Type type : Type.values()) {
                figures.addAll(questions(engine.client(), type, executions.get(type)));
            }
        }
        figures.addAll(afterRestart(workbench, data, executions));
        figures.addAll(retention(workbench, data, executions));
        return figures;
    }

    private String runOf(Type type, EngineUnderTest engine, Workbench workbench) throws Exception {
        String definition = Processor.map(type.name(), CHILD.formatted(children / 2))
                .replace("\"MaxConcurrency\"", "\"ToleratedFailureCount\":1,\"MaxConcurrency\"");
        String execution = engine.start(engine.create("visibility-" + type, definition));
        Span span = Meter.time(() -> engine.await(execution, children - 1L));
        workbench.say("%,d %s children in %.0f s", children, type, span.seconds());
        return execution;
    }

    // --- What is asked

    private static List<Figure> questions(ServiceClient client, Type type, String execution)
            throws Exception {
        var figures = new ArrayList<Figure>();
        String mapRun = mapRun(client, execution);
        var some = new ArrayList<String>();
        figures.addAll(
                repeated(type + " first page", () -> page(client, Map.of("mapRunArn", mapRun))));
        figures.addAll(pages(client, type + " pages of 1,000", Map.of("mapRunArn", mapRun), some));
        for (String status : STATUSES) {
            Map<String, Object> query = Map.of("mapRunArn", mapRun, "statusFilter", status);
            figures.addAll(repeated(type + " first page, " + status, () -> page(client, query)));
        }
        figures.addAll(pages(
                client,
                type + " pages of 1,000, SUCCEEDED",
                Map.of("mapRunArn", mapRun, "statusFilter", "SUCCEEDED"),
                new ArrayList<>()));
        Map<String, Object> redriven = Map.of("mapRunArn", mapRun, "redriveFilter", "REDRIVEN");
        figures.addAll(repeated(type + " first page, REDRIVEN", () -> page(client, redriven)));
        figures.addAll(each(
                type + " DescribeExecution",
                some,
                child -> client.states("DescribeExecution", Map.of("executionArn", child))));
        if (type == Type.STANDARD) {
            figures.addAll(each(
                    type + " GetExecutionHistory",
                    some,
                    child -> client.states("GetExecutionHistory", Map.of("executionArn", child))));
        }
        figures.addAll(repeated(
                type + " DescribeMapRun",
                () -> client.states("DescribeMapRun", Map.of("mapRunArn", mapRun))));
        figures.addAll(repeated(
                type + " ListMapRuns",
                () -> client.states("ListMapRuns", Map.of("executionArn", execution))));
        return figures;
    }

    private static String mapRun(ServiceClient client, String execution) throws Exception {
        return client.states("ListMapRuns", Map.of("executionArn", execution))
                .objects("mapRuns")
                .getFirst()
                .text("mapRunArn");
    }

    private static Answer page(ServiceClient client, Map<String, Object> query)
            throws CallFailed, InterruptedException {
        return client.states("ListExecutions", query);
    }

    private static List<Figure> repeated(String what, Latencies.Call<?> call) throws Exception {
        var latencies = new Latencies(what);
        while (latencies.count() < REPEATED) {
            latencies.time(call);
        }
        return latencies.figures(BAR_MILLIS);
    }

    /// One page after the other.
    ///
    /// @param some gets a child of each page
    private static List<Figure> pages(
            ServiceClient client, String what, Map<String, Object> query, List<String> some)
            throws Exception {
        var latencies = new Latencies(what);
        var request = new HashMap<String, Object>(query);
        request.put("maxResults", PAGE_MAX);
        Optional<String> token;
        do {
            Answer page = latencies.time(() -> page(client, request));
            List<Answer> executions = page.objects("executions");
            some.add(executions.get(executions.size() / 2).text("executionArn"));
            token = page.findText("nextToken");
            token.ifPresent(next -> request.put("nextToken", next));
        } while (token.isPresent() && latencies.count() < PAGES_MAX);
        return latencies.figures(BAR_MILLIS);
    }

    private interface Question {
        Answer ask(String about) throws Exception;
    }

    private static List<Figure> each(String what, List<String> children, Question question)
            throws Exception {
        var latencies = new Latencies(what);
        for (String child : children) {
            latencies.time(() -> question.ask(child));
        }
        return latencies.figures(BAR_MILLIS);
    }

    // --- Another process

    private static List<Figure> afterRestart(
            Workbench workbench, Path data, Map<Type, String> executions) throws Exception {
        var figures = new ArrayList<Figure>();
        long begun = System.nanoTime();
        try (var engine = workbench.start(data, Durability.FSYNC);
                var client = new ServiceClient(engine.endpoint())) {
            figures.add(Figure.of("ready after a restart", secondsSince(begun), "s"));
            for (var execution : executions.entrySet()) {
                String mapRun = mapRun(client, execution.getValue());
                Map<String, Object> rare = Map.of("mapRunArn", mapRun, "statusFilter", "FAILED");
                Span span = Meter.time(() -> page(client, rare));
                figures.add(Figure.of(
                                execution.getKey() + " first call after a restart, FAILED",
                                span.seconds() * 1e3,
                                "ms")
                        .atMost(BAR_MILLIS));
            }
        }
        return figures;
    }

    /// Everything is older than a second. Other executions are started meanwhile.
    private static List<Figure> retention(
            Workbench workbench, Path data, Map<Type, String> executions) throws Exception {
        Path store = data.resolve("store").resolve("rocksdb");
        double before = mebibytes(store);
        double leftMax = before * LEFT_SHARE_MAX + LEFT_MIB;
        var others = new Latencies("StartExecution during retention");
        long begun = System.nanoTime();
        try (var engine = workbench.start(data, Durability.FSYNC, Map.of(Setting.RETENTION, "1s"));
                var client = new ServiceClient(engine.endpoint())) {
            String machine = client.states(
                            "CreateStateMachine",
                            Map.of(
                                    "name",
                                    "other",
                                    "roleArn",
                                    EngineUnderTest.ROLE,
                                    "definition",
                                    "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"))
                    .text("stateMachineArn");
            while (mebibytes(store) > leftMax && secondsSince(begun) < GIVEN_BACK_MAX.toSeconds()) {
                others.time(
                        () -> client.states("StartExecution", Map.of("stateMachineArn", machine)));
                Thread.sleep(PAUSE);
            }
            for (String execution : executions.values()) {
                requireGone(client, execution);
            }
        }
        var figures = new ArrayList<Figure>(List.of(
                Figure.of("store with all children", before, "MiB"),
                Figure.of("store after retention", mebibytes(store), "MiB").atMost(leftMax),
                Figure.of("room given back after", secondsSince(begun), "s")));
        figures.addAll(others.figures(BAR_MILLIS));
        return figures;
    }

    private static void requireGone(ServiceClient client, String execution) throws Exception {
        try {
            client.states("DescribeExecution", Map.of("executionArn", execution));
        } catch (CallFailed gone) {
            if (gone.code().equals("ExecutionDoesNotExist")) {
                return;
            }
            throw gone;
        }
        throw new IllegalStateException("expected %s to have been dropped".formatted(execution));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /// A file that was just deleted takes no room.
    private static double mebibytes(Path folder) {
        var files = Objects.requireNonNull(folder.toFile().listFiles(), () -> "no " + folder);
        return Stream.of(files).mapToLong(File::length).sum() / BYTES_PER_MIB;
    }
}
