package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;
import dev.mapwright.scenarios.WeatherFiles.Day;
import dev.mapwright.scenarios.etl.EtlFunctions;

import org.mariadb.jdbc.Driver;

import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;

/// ETL: tables of MariaDB, by way of CSV files in S3, into PostgreSQL, whose readers never see a
/// table that is half loaded. After "Load Data From S3 to Postgres using Step Functions".
final class EtlScenario implements Scenario {
    private static final List<String> TABLES = List.of("year_2021", "year_2022");
    private static final String SOURCE = "etl-source";
    private static final String TOPIC = "etl-failures";
    private static final int OLD_ROWS = 7;
    private static final int INSERTED_AT_ONCE = 1_000;
    private static final int FILES_A_BATCH = 25;
    private static final int LOADERS_AT_ONCE = 25;

    /// A table of small files, each of which takes its loader as long as a network would.
    private static final String FAR = "far_away";

    private static final int FAR_ROWS_PER_FILE = 10;
    private static final int FAR_FILE_MILLISECONDS = 200;
    private static final double FAR_SPEED_UP_MIN = 4;
    private static final int POLLS_MAX = 15;
    private static final int POLL_SECONDS = 20;
    private static final String BROKEN = "header\na,row,with,too,few,fields\n";

    private static final List<String> COLUMNS = List.of(
            "station_id",
            "date",
            "lat",
            "lng",
            "elevation",
            "name",
            "temp",
            "temp_attributes",
            "dewp",
            "dewp_attributes",
            "slp",
            "slp_attributes",
            "stp",
            "stp_attributes",
            "visib",
            "visib_attributes",
            "wdsp",
            "wdsp_attributes",
            "mxspd",
            "gust",
            "max",
            "max_attributes",
            "min",
            "min_attributes",
            "prcp",
            "prcp_attributes",
            "sndp",
            "frshtt");

    @Override
    public String name() {
        return "etl";
    }

    @Override
    public String about() {
        return "MariaDB to CSV in S3 to PostgreSQL, with a second attempt and a message on failure";
    }

    @Override
    public void run(Stage stage, Report report) throws Exception {
        Functions functions = Functions.of(stage);
        try (var databases = Databases.start(stage.folder())) {
            var parameters = stage.client(SsmClient.builder());
            new Run(stage, report, databases, functions, parameters).run();
        }
    }

    /// One run of the whole application.
    private record Run(
            Stage stage,
            Report report,
            Databases databases,
            Functions functions,
            SsmClient parameters) {
        void run() throws Exception {
            int files = (int) stage.size().of(20, 500, 500);
            int rowsPerFile = (int) stage.size().of(100, 10_000, 10_000);
            prepare();
            for (String table : TABLES) {
                create(table);
                fill(table, files * rowsPerFile);
            }
            String extract = stage.machine("extract", extractor(rowsPerFile));
            String load = stage.machine("load", Stage.resource("etl.asl.json"));
            for (String table : TABLES) {
                report.part("extract " + table);
                Ended extracted = stage.run(extract, input(table));
                report.equal("outcome", "SUCCEEDED", extracted.outcome() + extracted.cause());
            }
            loadBoth(load, files);
            brokenOnce(load);
            brokenForGood(load);
            if (stage.size() != Size.S) {
                farAway(load, files);
            }
        }

        private static String input(String table) {
            return "{\"table\": \"%s\"}".formatted(table);
        }

        private static String extractor(int rowsPerFile) {
            return """
                    {"StartAt": "Extract", "States": {"Extract": {"Type": "Task", "End": true,
                      "Resource": "arn:aws:states:::lambda:invoke", "OutputPath": "$.Payload",
                      "Parameters": {"FunctionName": "extract",
                        "Payload": {"table.$": "$.table", "rowsPerFile": %d}}}}}""".formatted(rowsPerFile);
        }

        private void prepare() throws Exception {
            stage.bucket(SOURCE);
            stage.bucket("etl-logs");
            parameter("/etl/source", databases.sourceUrl());
            parameter("/etl/target", databases.targetUrl());
            parameter("/etl/repair", "over");
            stage.client(SnsClient.builder()).createTopic(request -> request.name(TOPIC));
            for (String function : List.of("extract", "prepare", "load", "rename", "cleanup")) {
                functions.createJava(
                        function,
                        EtlFunctions.class,
                        function,
                        List.of(org.postgresql.Driver.class, Driver.class));
            }
            try (Connection target = databases.target();
                    Statement statement = target.createStatement()) {
                statement.execute("CREATE SCHEMA dataimport; CREATE SCHEMA databackup");
            }
        }

        private void parameter(String name, String value) {
            parameters.putParameter(request ->
                    request.name(name).value(value).type(ParameterType.STRING).overwrite(true));
        }

        private void create(String table) throws SQLException {
            String columns = String.join(" text, ", COLUMNS) + " text";
            try (Connection source = databases.source();
                    Statement statement = source.createStatement()) {
                statement.execute("CREATE TABLE %s (%s)"
                        .formatted(table, columns.replace("max text", "`max` text")));
            }
            try (Connection target = databases.target();
                    Statement statement = target.createStatement()) {
                statement.execute("CREATE TABLE public.%s (%s)".formatted(table, columns));
                statement.execute(
                        "INSERT INTO public.%s (station_id) SELECT 'old' FROM generate_series(1, %d)"
                                .formatted(table, OLD_ROWS));
            }
        }

        /// Some fields hold what CSV gets wrong most easily, some nothing at all.
        private void fill(String table, int rows) throws SQLException {
            var weather = new WeatherFiles(stage.seed() + table.hashCode(), rows, 1);
            String marks = "?, ".repeat(COLUMNS.size() - 1) + "?";
            try (Connection source = databases.source();
                    PreparedStatement insert = source.prepareStatement(
                            "INSERT INTO %s VALUES (%s)".formatted(table, marks))) {
                source.setAutoCommit(false);
                for (int row = 0; row < rows; row++) {
                    Day day = weather.days(row).getFirst();
                    for (int column = 1; column <= COLUMNS.size(); column++) {
                        insert.setString(column, field(day, row, column));
                    }
                    insert.addBatch();
                    if (row % INSERTED_AT_ONCE == 0 || row == rows - 1) {
                        insert.executeBatch();
                        source.commit();
                    }
                }
            }
        }

        private static String field(Day day, int row, int column) {
            return switch (COLUMNS.get(column - 1)) {
                case "station_id" -> day.station();
                case "date" -> day.date().toString();
                case "temp" -> Double.toString(day.tenths() / 10.0);
                case "name" ->
                    row % 50 == 0 ? "a \"quoted\" name,\nof two lines \\ é" : "STATION, NO";
                case "gust" -> row % 3 == 0 ? null : "999.9";
                case "frshtt" -> row % 7 == 0 ? "" : "010000";
                default -> Integer.toString(row % (column + 10));
            };
        }

        /// Two executions at the same time, while others read.
        private void loadBoth(String machine, int files) throws Exception {
            report.part("both tables");
            var counts = new ConcurrentSkipListSet<Long>();
            var done = new AtomicBoolean();
            Thread reader = Thread.ofVirtual().start(() -> readOn(TABLES.getFirst(), counts, done));
            List<String> arns = TABLES.stream()
                    .map(table -> stage.start(machine, input(table)))
                    .toList();
            for (int each = 0; each < TABLES.size(); each++) {
                Ended ended =
                        stage.await(arns.get(each), one -> !one.statusAsString().equals("RUNNING"));
                report.part(TABLES.get(each));
                report.equal("outcome", "SUCCEEDED", ended.outcome() + ended.cause());
                new Invariants(stage, report).hold(ended.run(), files + 1L);
                report.equal(
                        "children",
                        (long) Math.ceilDiv(files + 1, FILES_A_BATCH),
                        ended.run().executionCounts().total().longValue());
                overlapHolds(ended);
                loadedHolds(TABLES.get(each));
            }
            done.set(true);
            reader.join();
            report.part("both tables");
            long all = count("public." + TABLES.getFirst());
            report.equal(
                    "row counts that a reader saw",
                    Set.of((long) OLD_ROWS, all),
                    Set.copyOf(counts));
            report.equal(
                    "rows of the former table",
                    (long) OLD_ROWS,
                    count("databackup." + TABLES.getFirst()));
        }

        private void readOn(String table, Set<Long> counts, AtomicBoolean done) {
            try {
                while (!done.get()) {
                    counts.add(count("public." + table));
                }
                counts.add(count("public." + table));
            } catch (SQLException broken) {
                throw new IllegalStateException(broken);
            }
        }

        private long count(String table) throws SQLException {
            try (Connection target = databases.target();
                    Statement statement = target.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                rows.next();
                return rows.getLong(1);
            }
        }

        /// Each call's output tells when it began and ended.
        private void overlapHolds(Ended ended) {
            var loaded = (Map<?, ?>) ended.outputMembers().get("loadResult");
            int overlap = Calls.overlap(ResultFiles.of(stage, loaded)
                    .outputs(report)
                    .map(output -> (Map<?, ?>) output)
                    .map(call -> new Calls.Span(
                            ((Number) call.get("begun")).longValue(),
                            ((Number) call.get("ended")).longValue()))
                    .toList());
            report.holds(
                    "calls of load at once, %d of which are allowed".formatted(LOADERS_AT_ONCE),
                    overlap <= LOADERS_AT_ONCE,
                    overlap);
        }

        private void loadedHolds(String table) throws SQLException {
            try (Connection source = databases.source();
                    Connection target = databases.target()) {
                report.equal(
                        "rows and checksum of source and target",
                        Checksum.of(source, table),
                        Checksum.of(target, "public." + table));
            }
        }

        /// The file is repaired while the cleanup waits for that; the second attempt finds it
        /// whole.
        private void brokenOnce(String machine) throws Exception {
            report.part("a file that is broken once");
            String key = TABLES.getFirst() + "/part-00003.csv";
            String whole = stage.get(SOURCE, key);
            stage.put(SOURCE, key, BROKEN);
            parameter("/etl/repair", "under way");
            String arn = stage.start(machine, input(TABLES.getFirst()));
            stage.await(arn, one -> entered(arn, "Cleanup") == 1);
            stage.put(SOURCE, key, whole);
            parameter("/etl/repair", "over");
            Ended ended = stage.await(arn, one -> !one.statusAsString().equals("RUNNING"));
            report.equal("outcome", "SUCCEEDED", ended.outcome());
            report.equal("second attempts", 1L, entered(arn, "Again"));
            loadedHolds(TABLES.getFirst());
        }

        private long entered(String arn, String state) {
            return stage
                    .states()
                    .getExecutionHistoryPaginator(request -> request.executionArn(arn))
                    .events()
                    .stream()
                    .filter(event -> event.stateEnteredEventDetails() != null)
                    .filter(event -> event.stateEnteredEventDetails().name().equals(state))
                    .count();
        }

        private void brokenForGood(String machine) throws Exception {
            report.part("a file that stays broken");
            SqsClient queues = stage.client(SqsClient.builder());
            String queue =
                    queues.createQueue(request -> request.queueName(TOPIC)).queueUrl();
            String queueArn = queues.getQueueAttributes(request ->
                            request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            stage.client(SnsClient.builder()).subscribe(request -> request.topicArn(
                            "arn:aws:sns:us-east-1:123456789012:" + TOPIC)
                    .protocol("sqs")
                    .endpoint(queueArn));
            long before = count("public." + TABLES.getFirst());
            stage.put(SOURCE, TABLES.getFirst() + "/part-00003.csv", BROKEN);

            Ended ended = stage.run(machine, input(TABLES.getFirst()));
            report.equal("outcome", "FAILED", ended.outcome());
            report.equal(
                    "map runs that failed",
                    List.of("FAILED", "FAILED"),
                    ended.runs().stream().map(run -> run.statusAsString()).toList());
            report.equal("rows of the public table", before, count("public." + TABLES.getFirst()));
            loadedHolds(TABLES.getFirst());
            messageHolds(queues, queue, ended);
        }

        /// A loader that waits for each file gains what its batches wait at the same time.
        private void farAway(String machine, int files) throws Exception {
            report.part("a loader that waits %d ms for each file".formatted(FAR_FILE_MILLISECONDS));
            create(FAR);
            fill(FAR, files * FAR_ROWS_PER_FILE);
            stage.run(stage.machine("extract-far", extractor(FAR_ROWS_PER_FILE)), input(FAR));
            functions.lambda().updateFunctionConfiguration(request -> request.functionName("load")
                    .environment(environment -> environment.variables(
                            Map.of("FILE_MILLISECONDS", Integer.toString(FAR_FILE_MILLISECONDS)))));
            String oneByOne = stage.machine(
                    "load-one-by-one",
                    Stage.resource("etl.asl.json")
                            .replace(
                                    "\"MaxConcurrency\": " + LOADERS_AT_ONCE,
                                    "\"MaxConcurrency\": 1"));
            double apart = farSeconds(oneByOne);
            double together = farSeconds(machine);
            report.figure("one after the other", apart, "s");
            report.figure("%d at once".formatted(LOADERS_AT_ONCE), together, "s");
            report.holds(
                    "%.0f times as fast at least".formatted(FAR_SPEED_UP_MIN),
                    apart / together >= FAR_SPEED_UP_MIN,
                    apart / together);
        }

        private double farSeconds(String machine) throws Exception {
            Ended ended = stage.run(machine, input(FAR));
            report.equal("outcome", "SUCCEEDED", ended.outcome() + ended.cause());
            loadedHolds(FAR);
            return ended.seconds();
        }

        /// The state's input as JSON text, with the error that was caught.
        private void messageHolds(SqsClient queues, String queue, Ended ended) {
            List<Message> messages = List.of();
            for (int poll = 0; poll < POLLS_MAX && messages.isEmpty(); poll++) {
                messages = queues.receiveMessage(
                                request -> request.queueUrl(queue).waitTimeSeconds(POLL_SECONDS))
                        .messages();
            }
            report.equal("messages on the topic", 1, messages.size());
            if (messages.size() == 1) {
                var envelope =
                        (Map<?, ?>) Json.ofText(messages.getFirst().body()).value();
                var message = (Map<?, ?>)
                        Json.ofText((String) envelope.get("Message")).value();
                report.equal("table in the message", TABLES.getFirst(), message.get("table"));
                report.equal(
                        "error in the message",
                        "States.ExceedToleratedFailureThreshold",
                        ((Map<?, ?>) message.get("error")).get("Error"));
            }
            long published = stage
                    .states()
                    .getExecutionHistoryPaginator(request -> request.executionArn(ended.arn()))
                    .events()
                    .stream()
                    .filter(event -> event.type() == HistoryEventType.TASK_SUCCEEDED)
                    .filter(event ->
                            event.taskSucceededEventDetails().resource().equals("publish"))
                    .count();
            report.equal("messages published", 1L, published);
        }
    }
}
