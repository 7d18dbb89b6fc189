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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

class InventoryTest extends ItemReaderContract {
    private static final Map<String, String> INVENTORY = Map.of("ManifestType", "S3_INVENTORY");

    private final MemoryObjectStore objects =
            new MemoryObjectStore().withBucket("b").withBucket("inventory");

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
        data("data/1.csv.gz", "\"src\",\"a%20b\",\"1\"\n".repeat(15));
        data("data/2.csv.gz", "");
        data("data/3.csv.gz", "\"src\",\"c\",\"2\"\n".repeat(15));
        objects.put(
                "b", "manifest.json", manifest("data/1.csv.gz", "data/2.csv.gz", "data/3.csv.gz"));
        return read(INVENTORY);
    }

    @Override
    protected void change() throws Exception {
        objects.put("b", "manifest.json", manifest("data/3.csv.gz"));
    }

    @Test
    void readsTheRowsOfItsFilesUnderBothSpellings() throws Exception {
        data("data/1.csv.gz", "\"src\",\"csvDataset/titles%2B1.csv\",\"3399671\"\n");
        objects.put("b", "manifest.json", manifest("data/1.csv.gz"));

        for (var config : List.of(INVENTORY, Map.of("InputType", "MANIFEST"))) {
            List<Item> items = rest(reader().open(read(config), Optional.empty()));
            assertEquals(
                    List.of(new Item(
                            0,
                            Optional.empty(),
                            Json.of(Map.of(
                                    "Bucket", "src",
                                    "Key", "csvDataset/titles%2B1.csv",
                                    "Size", "3399671")),
                            "s3://inventory/data/1.csv.gz")),
                    items);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            []                   ~ s3://b/manifest.json is no inventory manifest that can be read: it is not a JSON object
            {}                   ~ s3://b/manifest.json is no inventory manifest that can be read: its fileFormat is null, and only CSV can be read
            {'fileFormat':'ORC'} ~ s3://b/manifest.json is no inventory manifest that can be read: its fileFormat is ORC, and only CSV can be read
            {'fileFormat':'CSV'} ~ s3://b/manifest.json is no inventory manifest that can be read: it has no fileSchema
            {'fileFormat':'CSV','fileSchema':'Key'} ~ s3://b/manifest.json is no inventory manifest that can be read: it has no files
            {'fileFormat':'CSV','fileSchema':'Key','files':[{}]} ~ s3://b/manifest.json is no inventory manifest that can be read: file 0 has no key
            {'fileFormat':'CSV','fileSchema':'Key','files':[{'key':'none'}]} ~ s3://b/none cannot be read: NoSuchKey: The specified key does not exist.
            """)
    void refusesWhatIsNoCsvInventory(String manifest, String expected) throws Exception {
        objects.put("b", "manifest.json", manifest.replace('\'', '"'));

        var failed = assertThrows(
                ReadFailed.class, () -> rest(reader().open(read(INVENTORY), Optional.empty())));

        assertEquals(expected, failed.getMessage());
    }

    private void data(String key, String rows) throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(rows.getBytes(StandardCharsets.UTF_8));
        }
        objects.put("inventory", key, "", compressed.toByteArray());
    }

    private static String manifest(String... keys) {
        var files = new StringBuilder();
        for (String key : keys) {
            files.append(files.isEmpty() ? "" : ",")
                    .append("{\"key\":\"%s\",\"size\":7300,\"MD5checksum\":\"a7ff\"}"
                            .formatted(key));
        }
        return """
                {"sourceBucket":"src","destinationBucket":"arn:aws:s3:::inventory",
                 "version":"2016-11-30","creationTimestamp":"1668560400000","fileFormat":"CSV",
                 "fileSchema":"Bucket, Key, Size","files":[%s]}
                """.formatted(files);
    }

    private static Dataset.Read read(Map<String, String> config) {
        return new Dataset.Read(
                "s3:getObject",
                Json.of(Map.of("Bucket", "b", "Key", "manifest.json")),
                Json.of(config),
                0);
    }
}
