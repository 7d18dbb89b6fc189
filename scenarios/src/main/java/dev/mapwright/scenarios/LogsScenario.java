package dev.mapwright.scenarios;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.partitioningBy;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.demo.SplitMix64;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Logs: all lines of all objects under a prefix, counted hour by hour. After "Processing Amazon S3
/// objects at scale with AWS Step Functions Distributed Map S3 prefix".
final class LogsScenario implements Scenario {
    private static final String BUCKET = "logs";
    private static final String TABLE = "log-summary";
    private static final String DATE = "2025-10-08";
    private static final int HOURS = 24;
    private static final List<String> LEVELS = List.of("INFO", "WARN", "ERROR");

    private static final Pattern SOURCE =
            Pattern.compile("s3://logs/logs/daily/app-\\d\\d-\\d{5}\\.log");

    /// What should be counted in one hour.
    private static final class Hour {
        private long errors;
        private long warnings;
        private long records;

        Map<String, Object> summary() {
            return Map.of("errors", errors, "warnings", warnings, "records", records);
        }
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String about() {
        return "lines of all objects under a prefix, counted in DynamoDB and CloudWatch";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        functions.create("summarize", "logs", "handler", Map.of("TABLE", TABLE));
        stage.bucket(BUCKET);
        stage.bucket("logs-out");
        stage.table(TABLE, "HourKey");
        var expected = write(stage);
        String machine = stage.machine("logs", Stage.resource("logs.asl.json"));

        Ended ended = stage.run(machine, input("logs/daily/"));
        report.equal("outcome", "SUCCEEDED", ended.outcome());
        long lines = expected.values().stream().mapToLong(hour -> hour.records).sum();
        new Invariants(stage, report).hold(ended.run(), lines);
        report.figure("lines", lines / ended.seconds(), "lines/s");
        summaryHolds(report, ended, expected);
        sourcesHold(stage, report, ended, lines);
        metricHolds(stage, report, expected);

        report.part("without the slash");
        Ended decoyed = stage.run(machine, input("logs/daily"));
        report.equal(
                "items, the decoy's among them",
                lines + 1,
                decoyed.run().itemCounts().total().longValue());

        report.part("a broken line");
        stage.put(
                BUCKET,
                "broken/a.log",
                "{\"timestamp\": \"%s 01:00:00\", \"level\": \"INFO\"}\n{\"level\": \n"
                        .formatted(DATE));
        report.equal(
                "error",
                "States.ItemReaderFailed",
                stage.run(machine, input("broken/")).error());

        report.part("an object of another format");
        stage.put(BUCKET, "other/a.log", "timestamp,level\n%s 01:00:00,INFO\n".formatted(DATE));
        report.equal(
                "error",
                "States.ItemReaderFailed",
                stage.run(machine, input("other/")).error());
    }

    private static String input(String prefix) {
        return "{\"prefix\": \"%s\", \"date\": \"%s\"}".formatted(prefix, DATE);
    }

    private static Map<String, Hour> write(Stage stage) {
        var hours = new TreeMap<String, Hour>();
        var random = new SplitMix64(stage.seed());
        long objects = stage.size().of(HOURS, 2_400, 24_000);
        for (int number = 0; number < objects; number++) {
            String hour = "%02d".formatted(number % HOURS);
            int lines = (int) stage.size().of(3 + random.below(6), 200, 2_000);
            var text = new StringBuilder();
            for (int line = 0; line < lines; line++) {
                String level = LEVELS.get(random.below(LEVELS.size()));
                text.append(
                        "{\"timestamp\":\"%s %s:%02d:%02d\",\"level\":\"%s\",\"message\":\"line %d of %d\"}\n"
                                .formatted(
                                        DATE,
                                        hour,
                                        line / 60 % 60,
                                        line % 60,
                                        level,
                                        line,
                                        number));
                count(hours.computeIfAbsent(hour, missing -> new Hour()), level);
            }
            stage.put(
                    BUCKET,
                    "logs/daily/app-%s-%05d.log".formatted(hour, number / HOURS),
                    text.toString());
        }
        stage.put(BUCKET, "logs/daily/empty.log", "");
        stage.put(BUCKET, "logs/daily/folder/", "");
        stage.put(
                BUCKET,
                "logs/daily10/x.log",
                "{\"timestamp\":\"%s 99:00:00\",\"level\":\"INFO\"}\n".formatted(DATE));
        return hours;
    }

    private static void count(Hour hour, String level) {
        hour.records++;
        switch (level) {
            case "ERROR" -> hour.errors++;
            case "WARN" -> hour.warnings++;
            default -> {}
        }
    }

    private static void summaryHolds(Report report, Ended ended, Map<String, Hour> expected) {
        var summary = (Map<?, ?>) ended.outputMembers().get("Summary");
        var hours = new TreeMap<String, Object>();
        expected.forEach((hour, counts) -> hours.put(hour, counts.summary()));
        report.equal("the day's counters", Json.of(hours), Json.of(summary.get("hourlyBreakdown")));
        report.equal(
                "the day's errors",
                expected.values().stream().mapToLong(hour -> hour.errors).sum(),
                ((Number) summary.get("totalErrors")).longValue());
    }

    /// Each line's source is the object it came from.
    private static void sourcesHold(Stage stage, Report report, Ended ended, long lines) {
        var results = ResultFiles.of(stage, (Map<?, ?>) ended.outputMembers().get("Results"));
        Map<Boolean, Long> sources = results.outputs(report)
                .collect(partitioningBy(
                        source -> SOURCE.matcher(source.toString()).matches(), counting()));
        report.equal("children exported whose source is a log", lines, sources.get(true));
        report.equal("children exported whose source is none", 0L, sources.get(false));
    }

    private static void metricHolds(Stage stage, Report report, Map<String, Hour> expected)
            throws IOException {
        CloudWatchClient cloudWatch = stage.client(CloudWatchClient.builder());
        var found = new TreeMap<String, Long>();
        var wanted = new TreeMap<String, Long>();
        Instant now = Instant.now();
        expected.forEach((hour, counts) -> {
            var dimension = Dimension.builder().name("Hour").value(hour).build();
            double sum = cloudWatch
                    .getMetricStatistics(request -> request.namespace("LogAnalysis")
                            .metricName("ErrorCount")
                            .dimensions(dimension)
                            .startTime(now.minus(Duration.ofHours(2)))
                            .endTime(now.plus(Duration.ofHours(1)))
                            .period((int) Duration.ofHours(1).toSeconds())
                            .statistics(Statistic.SUM))
                    .datapoints()
                    .stream()
                    .mapToDouble(Datapoint::sum)
                    .sum();
            found.put(hour, Math.round(sum));
            wanted.put(hour, counts.errors);
        });
        report.equal("errors by the metric", wanted, found);
    }
}
