package dev.mapwright.adapters.items.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.testkit.contract.ItemReaderContract;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class AthenaManifestTest extends ItemReaderContract {
    private static final Map<String, Object> JSONL =
            Map.of("ManifestType", "ATHENA_DATA", "InputType", "JSONL");

    private final MemoryObjectStore objects =
            new MemoryObjectStore().withBucket("b").withBucket("data");

    @Override
    protected ItemReader reader() {
        return (dataset, position) ->
                new ItemReaderTable(objects, "1").find(dataset).open(dataset, position);
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected Dataset.Read dataset() throws Exception {
        var manifest = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            objects.put("data", "out/" + i, "{\"n\":%d}\n".formatted(i).repeat(i % 5));
            manifest.append("s3://data/out/").append(i).append("\n");
        }
        objects.put("b", "q-manifest.csv", manifest.toString());
        return read(JSONL);
    }

    @Override
    protected void change() throws Exception {
        objects.put("b", "q-manifest.csv", "s3://data/out/3\n");
    }

    @Test
    void readsEveryRowOfEveryFileInTheManifestsOrder() throws Exception {
        objects.put("data", "2", "2\n22\n");
        objects.put("data", "a b/1", "1\n");

        List<Item> items = items("\uFEFF\"s3://data/2\"\r\n\r\n  s3://data/a b/1  ", JSONL);

        assertEquals(
                List.of(
                        new Item(0, Optional.empty(), Json.of(2), "s3://data/2"),
                        new Item(1, Optional.empty(), Json.of(22), "s3://data/2"),
                        new Item(2, Optional.empty(), Json.of(1), "s3://data/a b/1")),
                items);
    }

    @Test
    void readsCsvWithAGivenHeader() throws Exception {
        objects.put("data", "1", "1,x\n");
        objects.put("data", "2", "2,y\n");

        assertEquals(
                List.of("{\"name\":\"x\",\"id\":\"1\"}", "{\"name\":\"y\",\"id\":\"2\"}"),
                items(
                                "s3://data/1\ns3://data/2\n",
                                Map.of(
                                        "ManifestType", "ATHENA_DATA",
                                        "InputType", "CSV",
                                        "CSVHeaderLocation", "GIVEN",
                                        "CSVHeaders", List.of("id", "name")))
                        .stream()
                        .map(item -> item.value().text())
                        .toList());
    }

    @Test
    void readsNothingFromAnEmptyManifest() throws Exception {
        assertEquals(List.of(), items("", JSONL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            s3://data/none ~ s3://data/none cannot be read: NoSuchKey: The specified key does not exist.
            ⏎data/1        ~ The manifest s3://b/q-manifest.csv, line 2: 'data/1' is not the URI of a data file, as s3://bucket/key is
            """)
    void namesAFileThatIsNotThereAndALineThatIsNone(String manifest, String expected) {
        var failed =
                assertThrows(ReadFailed.class, () -> items(manifest.replace('⏎', '\n'), JSONL));

        assertEquals(expected, failed.getMessage());
    }

    @Test
    void refusesAFormatThatAthenaDoesNotWrite() {
        var config = Map.<String, Object>of("ManifestType", "ATHENA_DATA", "InputType", "JSON");

        assertEquals(
                "The ReaderConfig's InputType 'JSON' is none of CSV, JSONL, PARQUET, as ATHENA_DATA has them",
                assertThrows(ReadFailed.class, () -> items("", config)).getMessage());
    }

    private List<Item> items(String manifest, Map<String, Object> config) throws Exception {
        objects.put("b", "q-manifest.csv", manifest);
        return rest(reader().open(read(config), Optional.empty()));
    }

    private static Dataset.Read read(Map<String, Object> config) {
        return new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", "q-manifest.csv")),
                Json.of(config),
                0);
    }
}
