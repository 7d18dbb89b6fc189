package dev.mapwright.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.sql.Queries.Submission;
import dev.mapwright.adapters.sql.QueryExecution.State;
import dev.mapwright.engine.execution.Refused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class QueriesTest {
    private static final String ORDERS = """
            CREATE EXTERNAL TABLE IF NOT EXISTS shop.orders (
              `id` int, customer string COMMENT 'who', price double, `timestamp` string)
            ROW FORMAT DELIMITED FIELDS TERMINATED BY ','
            STORED AS TEXTFILE
            LOCATION 's3://data/orders'
            TBLPROPERTIES ('skip.header.line.count'='1')
            """;

    @TempDir
    Path folder;

    private Athena athena;

    @BeforeEach
    void open() throws Exception {
        athena = new Athena(folder);
        athena.put("orders/a.csv", """
                id,customer,price,timestamp
                1,Ann,1.5,2025-01-01T00:00:00Z
                2,"Bob",x,2025-01-02T00:00:00Z
                """);
        athena.put("orders/deep/er/b.csv", "id,customer,price,timestamp\n3,Cy\n");
        athena.put("orders/_hidden", "not,a,row,at all\n");
        athena.put("orders2/decoy.csv", "id\n9,Zoe\n");
        athena.result("CREATE DATABASE shop");
        athena.result(ORDERS);
    }

    @AfterEach
    void close() {
        athena.close();
    }

    @Test
    void leavesTheRowsOfASelectInQuotationMarks() throws Exception {
        assertEquals("""
                "id","customer","price","timestamp"
                "1","Ann","1.5","2025-01-01T00:00:00Z"
                "2","\""Bob\""",,"2025-01-02T00:00:00Z"
                "3","Cy",,
                """, athena.result("SELECT * FROM shop.orders ORDER BY id"));
    }

    @Test
    void namesTheResultAfterTheQueryAndPutsItsColumnsBeside() throws Exception {
        QueryExecution execution = athena.run("SELECT id, price FROM shop.orders");
        assertEquals(State.SUCCEEDED, execution.progress().state());
        assertEquals(
                "s3://results/athena/" + execution.id() + ".csv",
                execution.output().toString());
        assertEquals(
                "id integer\nprice double",
                athena.text("results", "athena/" + execution.id() + ".csv.metadata"));
        assertEquals(
                athena.text("data", "orders/a.csv").length()
                        + athena.text("data", "orders/deep/er/b.csv").length(),
                execution.progress().brought().scannedBytes());
    }

    @Test
    void pagesThroughTheRowsWithAHeaderOnTheFirstPage() throws Exception {
        QueryExecution execution =
                athena.run("SELECT id, price FROM shop.orders WHERE id <> 2 ORDER BY id");
        ResultPage first = athena.queries.results(execution, 0, 2);
        assertEquals(
                List.of(
                        List.of(Optional.of("id"), Optional.of("price")),
                        List.of(Optional.of("1"), Optional.of("1.5"))),
                first.rows());
        ResultPage second = athena.queries.results(execution, first.next().orElseThrow(), 2);
        assertEquals(List.of(List.of(Optional.of("3"), Optional.empty())), second.rows());
        assertEquals(Optional.empty(), second.next());
    }

    @Test
    void callsColumnsWithoutANameByTheirPlace() throws Exception {
        assertEquals("""
                "_col0","n","customer","_col3"
                "3","3","Cy","2"
                """, athena.result("""
                        SELECT count(*), max(id) AS n, max(customer) customer, 5 / 2
                        FROM "awsdatacatalog"."shop"."orders" WHERE customer LIKE '%n%' OR id > 1;
                        """));
    }

    @Test
    void unloadsPartitionsAsParquetAndListsTheFiles() throws Exception {
        QueryExecution execution = athena.run("""
                UNLOAD (SELECT id, price AS Price, customer AS part FROM shop.orders WHERE id <> 2)
                TO 's3://data/out/'
                WITH (format = 'PARQUET', compression = 'NONE', partitioned_by = ARRAY['part'])
                """);
        assertEquals(Optional.empty(), execution.progress().reason());
        assertEquals("s3://results/athena/" + execution.id(), execution.output().toString());
        List<String> keys = athena.keys("data", "out/");
        assertEquals(2, keys.size());
        assertTrue(keys.get(0).matches("out/part=Ann/\\d{8}_\\d{6}_\\d{5}_\\w{5}_[0-9a-f-]{36}"));
        assertTrue(keys.get(1).startsWith("out/part=Cy/"));
        assertEquals(
                "s3://data/%s\ns3://data/%s\n".formatted(keys.get(0), keys.get(1)),
                athena.text("results", "athena/" + execution.id() + "-manifest.csv"));
        assertEquals(2, execution.progress().brought().writtenRows());

        athena.result("""
                CREATE EXTERNAL TABLE unloaded (price double, id int)
                PARTITIONED BY (part string) STORED AS PARQUET LOCATION 's3://data/out/'""");
        assertEquals("", athena.result("SHOW PARTITIONS unloaded"));
        athena.result("MSCK REPAIR TABLE unloaded");
        assertEquals("part=Ann\npart=Cy\n", athena.result("SHOW PARTITIONS unloaded"));
        assertEquals("""
                "price","id","part"
                "1.5","1","Ann"
                ,"3","Cy"
                """, athena.result("SELECT * FROM unloaded ORDER BY id"));
    }

    @Test
    void unloadsTextAndJsonCompressedByGzip() throws Exception {
        athena.run("""
                UNLOAD (SELECT id, price, 'a,b' AS c FROM shop.orders ORDER BY id)
                TO 's3://data/text' WITH (format = 'TEXTFILE', field_delimiter = ';')""");
        athena.run("""
                UNLOAD (SELECT id, price, ARRAY[1, 2] AS l FROM shop.orders WHERE id = 1)
                TO 's3://data/json/' WITH (format = 'JSON')""");
        String text = athena.keys("data", "text/").getFirst();
        assertTrue(text.endsWith(".gz"), text);
        assertEquals("1;1.5;a,b\n2;\\N;a,b\n3;\\N;a,b\n", athena.unzipped("data", text));
        assertEquals(
                "{\"id\":1,\"price\":1.5,\"l\":[1,2]}\n",
                athena.unzipped("data", athena.keys("data", "json/").getFirst()));
    }

    @Test
    void writesNothingAndAnEmptyManifestWhereThereAreNoRows() throws Exception {
        QueryExecution execution = athena.run("""
                UNLOAD (SELECT id FROM shop.orders WHERE id > 100) TO 's3://data/none/' WITH (format = 'JSON')""");
        assertEquals(State.SUCCEEDED, execution.progress().state());
        assertEquals(List.of(), athena.keys("data", "none/"));
        assertEquals("", athena.text("results", "athena/" + execution.id() + "-manifest.csv"));
    }

    @Test
    void refusesToUnloadToWhereSomethingIs() throws Exception {
        assertEquals(
                "HIVE_PATH_ALREADY_EXISTS: Target directory already exists: s3://data/orders/. You may need to"
                        + " manually clean the data at location 's3://data/orders/' before retrying. Athena will"
                        + " not delete data in your account.",
                athena.failure(
                        "UNLOAD (SELECT id FROM shop.orders) TO 's3://data/orders/' WITH (format = 'JSON')"));
    }

    @Test
    void refusesPartitionColumnsThatAreNotLast() throws Exception {
        assertEquals(
                "HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same"
                        + " order as the table properties: [id]",
                athena.failure("""
                        UNLOAD (SELECT id, price FROM shop.orders) TO 's3://data/o/'
                        WITH (format = 'JSON', partitioned_by = ARRAY['id'])"""));
    }

    @Test
    void readsJsonWhateverTheCaseOfItsMembers() throws Exception {
        athena.put("json/a.json", """
                {"DeviceId":"d1","anomalyCount":2,"metrics":{"t":1.5},"tags":["a","b"]}
                {"DeviceId":null,"anomalyCount":"3"}
                """);
        athena.result("""
                CREATE EXTERNAL TABLE readings (deviceid string, anomalycount int,
                  metrics struct<t:double>, tags array<string>)
                ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://data/json/'""");
        assertEquals(
                """
                "deviceid","anomalycount","t","tags"
                "d1","2","1.5","[a, b]"
                ,"3",,
                """,
                athena.result(
                        "SELECT deviceid, anomalycount, metrics.t, tags FROM readings ORDER BY anomalycount"));
    }

    @Test
    void readsQuotedCsv() throws Exception {
        athena.put("quoted/a.csv", "\"JAN MAYEN NOR NAVY, NO\",\"  14.9\"\n\"a \"\"b\"\"\",\"\"\n");
        athena.result("""
                CREATE EXTERNAL TABLE stations (name string, temp double)
                ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
                WITH SERDEPROPERTIES ("separatorChar" = ",", "quoteChar" = "\\"")
                LOCATION 's3://data/quoted/'""");
        assertEquals("""
                "name","temp"
                "JAN MAYEN NOR NAVY, NO","14.9"
                "a ""b""\",
                """, athena.result("SELECT * FROM stations"));
    }

    @Test
    void addsAndDropsPartitionsByHand() throws Exception {
        athena.put("days/one/x.csv", "1\n");
        athena.put("days/day=2025-01-02/x.csv", "2\n");
        athena.result("""
                CREATE EXTERNAL TABLE days (n int) PARTITIONED BY (day date)
                ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://data/days/'""");
        athena.result("""
                ALTER TABLE days ADD PARTITION (day = '2025-01-01') LOCATION 's3://data/days/one/'
                PARTITION (day = '2025-01-02')""");
        assertEquals("""
                "n","day"
                "1","2025-01-01"
                "2","2025-01-02"
                """, athena.result("SELECT * FROM days ORDER BY n"));
        athena.result("ALTER TABLE days DROP PARTITION (day = '2025-01-01')");
        assertEquals("\"n\"\n\"2\"\n", athena.result("SELECT n FROM days"));
    }

    @Test
    void createsATableFromAQuery() throws Exception {
        QueryExecution execution = athena.run("""
                CREATE TABLE shop.cheap WITH (format = 'JSON', partitioned_by = ARRAY['customer'])
                AS SELECT id, price, customer FROM shop.orders WHERE price < 2""");
        assertEquals(Optional.empty(), execution.progress().reason());
        assertEquals(
                "s3://results/athena/tables/" + execution.id(),
                execution.output().toString());
        assertEquals("""
                "id","price","customer"
                "1","1.5","Ann"
                """, athena.result("SELECT * FROM shop.cheap"));
    }

    @Test
    void answersDefinitionsWithText() throws Exception {
        assertEquals("default\nshop\n", athena.result("SHOW DATABASES"));
        assertEquals("orders\n", athena.result("SHOW TABLES IN shop"));
        assertEquals("", athena.result("DROP TABLE IF EXISTS shop.orders"));
        assertEquals("", athena.result("SHOW TABLES IN shop 'o*'"));
        assertEquals(
                "FAILED: SemanticException [Error 10001]: Table not found orders",
                athena.failure("DROP TABLE shop.orders"));
        assertEquals("", athena.result("DROP DATABASE shop"));
        assertEquals(
                "FAILED: SemanticException [Error 10072]: Database does not exist: shop",
                athena.failure("SHOW TABLES IN shop"));
    }

    @Test
    void saysInAthenasWordsWhatIsNotThere() throws Exception {
        assertEquals(
                "TABLE_NOT_FOUND: Table 'awsdatacatalog.default.nowhere' does not exist",
                athena.failure("SELECT * FROM nowhere"));
        assertEquals(
                "COLUMN_NOT_FOUND: Column 'colour' cannot be resolved",
                athena.failure("SELECT colour FROM shop.orders"));
        assertEquals(
                "FUNCTION_NOT_FOUND: Function 'frobnicate' not registered",
                athena.failure("SELECT frobnicate(1)"));
    }

    @Test
    void keepsQueriesFromTheFilesOfThisMachine() throws Exception {
        assertTrue(athena.failure("SELECT * FROM read_text('/etc/hostname')")
                .startsWith("PERMISSION_DENIED: "));
        assertTrue(athena.failure("SELECT * FROM read_csv('/etc/*')")
                .startsWith("PERMISSION_DENIED: "));
        assertTrue(athena.failure("SELECT * FROM '/etc/passwd'").startsWith("TABLE_NOT_FOUND: "));
    }

    @Test
    void refusesWhatItDoesNotUnderstandAtOnce() {
        assertEquals(
                "line 1:1: mismatched input 'INSERT'. Expecting: SELECT, WITH, VALUES, UNLOAD, CREATE DATABASE,"
                        + " CREATE EXTERNAL TABLE, CREATE TABLE AS, DROP, SHOW, DESCRIBE, MSCK REPAIR TABLE or"
                        + " ALTER TABLE: nothing else is supported by Mapwright's Athena",
                refusal("INSERT INTO t VALUES (1)"));
        assertEquals(
                "Only one sql statement is allowed. Got: SELECT 1; SELECT 2",
                refusal("SELECT 1; SELECT 2"));
        assertEquals(
                "line 1:8: Function 'parse_datetime' is not supported by Mapwright's Athena",
                refusal("SELECT parse_datetime('x', 'y')"));
    }

    @Test
    void takesLiteralsForQuestionMarks() throws Exception {
        assertEquals(
                "\"id\"\n\"1\"\n",
                athena.result(
                        "SELECT id FROM shop.orders WHERE customer = ? AND id < ?", "'Ann'", "2"));
        var refused = assertThrows(
                Refused.class, () -> athena.start("SELECT ?", "1); DROP TABLE shop.orders"));
        assertEquals(
                "The execution parameter 1 is '1); DROP TABLE shop.orders', but has to be a literal, texts in"
                        + " quotation marks",
                refused.getMessage());
    }

    @Test
    void startsNothingForATokenThatItKnows() throws Exception {
        var submission = new Submission(
                "SELECT 1",
                WorkGroup.PRIMARY,
                Optional.empty(),
                Optional.of(Athena.RESULTS),
                List.of(),
                Optional.of("0123456789012345678901234567890123"));
        assertEquals(athena.queries.start(submission), athena.queries.start(submission));
    }

    @Test
    void stopsAQueryThatRuns() throws Exception {
        String id = athena.start("SELECT count(*) FROM range(100000000000) t(a), range(1000) u(b)");
        while (athena.queries.get(id).progress().state() != State.RUNNING) {
            Thread.sleep(5);
        }
        athena.queries.stop(id);
        QueryExecution ended = athena.ended(id);
        assertEquals(State.CANCELLED, ended.progress().state());
        assertEquals(Optional.of("Query cancelled by user"), ended.progress().reason());
    }

    @Test
    void remembersTablesAndQueriesAndFailsWhatRanWhenTheServerEnded() throws Exception {
        String done = athena.run("SELECT 1").id();
        String under =
                athena.start("SELECT count(*) FROM range(100000000000) t(a), range(1000) u(b)");
        while (athena.queries.get(under).progress().state() != State.RUNNING) {
            Thread.sleep(5);
        }
        athena.close();
        athena.open();
        assertEquals(State.SUCCEEDED, athena.queries.get(done).progress().state());
        assertEquals(
                Optional.of("GENERIC_INTERNAL_ERROR: the server ended while the query ran"),
                athena.queries.get(under).progress().reason());
        assertEquals("orders\n", athena.result("SHOW TABLES IN shop"));
        assertEquals(
                done,
                athena.queries
                        .list(WorkGroup.PRIMARY, Optional.empty(), 50)
                        .ids()
                        .get(2));
    }

    private String refusal(String query) {
        var refused = assertThrows(Refused.class, () -> athena.start(query));
        assertEquals("InvalidRequestException", refused.code());
        return refused.getMessage();
    }
}
