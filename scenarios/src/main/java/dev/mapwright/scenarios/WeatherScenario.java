package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;
import dev.mapwright.scenarios.WeatherFiles.Day;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Weather: the hottest day of each month over very many small CSV files, by map and reduce. After
/// "Step Functions Distributed Map weather analysis" (560,000 files in 100 seconds).
final class WeatherScenario implements Scenario {
    private static final String BUCKET = "noaa";
    private static final String TABLE = "weather-highs";
    private static final int BATCH_OBJECTS = 500;
    private static final int SMALL_BATCH_OBJECTS = 10;
    private static final int FAULTY_OBJECTS = 1_000;
    private static final int UPLOADS = 16;
    private static final int COPIED = 1_000;
    private static final int COPY_PAGE = 300;
    private static final int SECONDS_A_DAY = 86_400;

    @Override
    public String name() {
        return "weather";
    }

    @Override
    public String about() {
        return "a listing of very many CSV objects, mapped and reduced by functions; copy and delete";
    }

    /// At size L the mapper is a Java class in the engine's process: with so many small files, what
    /// a call of an own process costs would be most of it.
    @Override
    public Map<String, String> settings(Size size) {
        var settings = new TreeMap<String, String>(Scenario.super.settings(size));
        if (size == Size.L) {
            settings.put("function.mapper.class", WeatherMapper.class.getName());
            settings.put("function.mapper.timeout", "300");
        }
        return settings;
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        var environment = Map.of("INPUT_BUCKET", BUCKET, "TABLE", TABLE);
        if (stage.size() != Size.L) {
            functions.create("mapper", "weather", "mapper", environment);
        }
        functions.create("reducer", "weather", "reducer", environment);
        functions.create("delete-page", "weather", "delete_page", Map.of());
        List.of(BUCKET, "noaa-results", "noaa-copy").forEach(stage::bucket);
        stage.table(TABLE, "pk");
        var files =
                new WeatherFiles(stage.seed(), (int) stage.size().of(1_000, 56_000, 558_000), (int)
                        stage.size().of(30, 365, 4));
        upload(stage, files);
        highs(stage, report, files);
        if (stage.size() == Size.S) {
            listing(stage, report);
            faults(stage, report, files);
        }
        copyAndDelete(stage, report);
    }

    private static void upload(Stage stage, WeatherFiles files)
            throws InterruptedException, ExecutionException {
        try (var uploads = Executors.newFixedThreadPool(UPLOADS)) {
            var shares = new ArrayList<Future<?>>();
            for (int first = 0; first < UPLOADS; first++) {
                int share = first;
                shares.add(uploads.submit(() -> {
                    for (int file = share; file < files.files(); file += UPLOADS) {
                        stage.put(BUCKET, files.key(file), files.text(file));
                    }
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        }
    }

    private static void highs(Stage stage, Report report, WeatherFiles files)
            throws IOException, InterruptedException {
        report.part("highs");
        String machine = stage.machine("weather", Stage.resource("weather.asl.json"));
        Ended ended = stage.run(machine, "{}");
        report.figure("from the start to the end", ended.seconds(), "s");
        report.figure("files", files.files() / ended.seconds(), "files/s");
        highsHold(stage, report, files, ended);
        if (stage.size() == Size.S) {
            report.part("highs, killed in the middle");
            highsHold(stage, report, files, stage.runKilled(machine, "{}", ended.seconds()));
        }
    }

    private static void highsHold(Stage stage, Report report, WeatherFiles files, Ended ended) {
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        new Invariants(stage, report).hold(ended.run(), files.files());
        report.equal(
                "children",
                (long) Math.ceilDiv(files.files(), BATCH_OBJECTS),
                ended.run().executionCounts().total().longValue());
        report.equal("calls of the reducer", 1L, scheduled(stage, ended, "reducer"));
        tableHolds(stage, report, files);
    }

    private static long scheduled(Stage stage, Ended ended, String function) {
        return history(stage, ended)
                .filter(event -> event.taskScheduledEventDetails() != null)
                .filter(event -> event.taskScheduledEventDetails()
                        .parameters()
                        .contains('"' + function + '"'))
                .count();
    }

    private static Stream<HistoryEvent> history(Stage stage, Ended ended) {
        return stage
                .states()
                .getExecutionHistoryPaginator(request -> request.executionArn(ended.arn()))
                .events()
                .stream();
    }

    /// The highest temperature of a month, and every station that had it.
    private record High(int tenths, Set<String> stations) {
        static High of(Day day) {
            return new High(day.tenths(), new TreeSet<>(Set.of(day.station())));
        }

        High or(High other) {
            if (tenths != other.tenths) {
                return tenths > other.tenths ? this : other;
            }
            stations.addAll(other.stations);
            return this;
        }
    }

    private static void tableHolds(Stage stage, Report report, WeatherFiles files) {
        var expected = new TreeMap<String, High>();
        for (int file = 0; file < files.files(); file++) {
            files.days(file).forEach(day -> expected.merge(day.month(), High.of(day), High::or));
        }
        var months = new TreeSet<String>();
        long wrong = 0;
        for (var item : stage.dynamoDb()
                .scanPaginator(request -> request.tableName(TABLE))
                .items()) {
            String month = item.get("pk").s();
            months.add(month);
            wrong += expected.containsKey(month) && isRight(item, expected.get(month)) ? 0 : 1;
        }
        report.equal("months in the table", expected.size(), months.size());
        report.equal("months whose high is wrong", 0L, wrong);
    }

    private static boolean isRight(Map<String, AttributeValue> item, High high) {
        return new BigDecimal(item.get("TEMP").n()).compareTo(BigDecimal.valueOf(high.tenths(), 1))
                        == 0
                && high.stations().contains(item.get("STATION").s())
                && item.get("NAME").s().equals("STATION " + item.get("STATION").s() + ", NO");
    }

    /// What the entries of a listing look like as items.
    private static void listing(Stage stage, Report report) throws InterruptedException {
        report.part("listing");
        String machine = stage.machine("weather-listing", """
                {"StartAt": "List", "States": {"List": {"Type": "Map", "End": true,
                  "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                    "ReaderConfig": {"MaxItems": 1}, "Parameters": {"Bucket": "%s"}},
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                    "StartAt": "Give", "States": {"Give": {"Type": "Pass", "End": true}}}}}}""".formatted(BUCKET));
        var items = (List<?>) Json.ofText(stage.run(machine, "{}").output()).value();
        var item = (Map<?, ?>) items.getFirst();
        report.equal(
                "fields",
                Set.of("Etag", "Key", "LastModified", "Size", "StorageClass"),
                item.keySet());
        long now = Instant.now().getEpochSecond();
        report.holds(
                "LastModified is a number of seconds",
                item.get("LastModified") instanceof Number seconds
                        && Math.abs(seconds.longValue() - now) < SECONDS_A_DAY,
                item.get("LastModified"));
    }

    /// 5 % of the items may fail.
    private static void faults(Stage stage, Report report, WeatherFiles files)
            throws IOException, InterruptedException {
        report.part("4 % fail");
        Ended tolerated = failing(stage, files, 4);
        report.equal("outcome", "SUCCEEDED", tolerated.outcome());
        report.equal("items that failed", 40L, tolerated.run().itemCounts().failed());
        String arn = tolerated.run().mapRunArn();
        String uuid = arn.substring(arn.lastIndexOf(':') + 1);
        var results = ResultFiles.at(stage, "noaa-results", "results/" + uuid + "/manifest.json");
        report.equal(
                "children in the FAILED files",
                4L,
                results.records("FAILED", report).count());

        report.part("6 % fail");
        Ended breached = failing(stage, files, 6);
        report.equal("error", "States.ExceedToleratedFailureThreshold", breached.error());
        new Invariants(stage, report)
                .hold(breached.run(), breached.run().itemCounts().total());
    }

    /// With a hundred children, of which the first ones fail for good.
    private static Ended failing(Stage stage, WeatherFiles files, int children)
            throws IOException, InterruptedException {
        var keys = new TreeSet<String>();
        for (int file = 0; file < FAULTY_OBJECTS; file++) {
            keys.add(files.key(file));
        }
        List<String> faulty = keys.stream()
                .filter(key -> keys.headSet(key).size() % SMALL_BATCH_OBJECTS == 0)
                .limit(children)
                .toList();
        String definition = Stage.resource("weather.asl.json")
                .replace(
                        "\"MaxItemsPerBatch\": 500", "\"MaxItemsPerBatch\": " + SMALL_BATCH_OBJECTS)
                .replace(
                        "\"BatchInput\": {}",
                        "\"BatchInput\": {\"faulty\": %s}"
                                .formatted(Json.of(faulty).text()));
        return stage.run(stage.machine("weather-faulty-" + children, definition), "{}");
    }

    private static void copyAndDelete(Stage stage, Report report)
            throws IOException, InterruptedException {
        report.part("copy");
        String copy = stage.machine("copy", Stage.resource("weather-copy.asl.json"));
        int page = stage.size() == Size.S ? COPY_PAGE : COPIED;
        Ended ended = stage.run(
                copy, "{\"from\": \"noaa\", \"to\": \"noaa-copy\", \"page\": %d}".formatted(page));
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        Map<String, Long> objects = objects(stage, BUCKET);
        report.holds(
                "both buckets list the same keys and sizes",
                objects.equals(objects(stage, "noaa-copy")),
                objects.size());
        long pages = Math.ceilDiv((long) objects.size(), page);
        long loops = history(stage, ended)
                .filter(event -> event.stateEnteredEventDetails() != null)
                .filter(event -> event.stateEnteredEventDetails().name().equals("ListOn"))
                .count();
        report.equal("loops", pages - 1, loops);

        report.part("delete");
        String delete = stage.machine("delete", Stage.resource("weather-delete.asl.json"));
        report.equal(
                "outcome",
                "SUCCEEDED",
                stage.run(delete, "{\"bucket\": \"noaa-copy\"}").outcome());
        report.equal("objects left", 0, objects(stage, "noaa-copy").size());
    }

    private static Map<String, Long> objects(Stage stage, String bucket) {
        var objects = new TreeMap<String, Long>();
        for (S3Object object : stage.s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket))
                .contents()) {
            objects.put(object.key(), object.size());
        }
        return objects;
    }
}
