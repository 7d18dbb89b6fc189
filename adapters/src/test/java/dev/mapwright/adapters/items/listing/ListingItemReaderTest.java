package dev.mapwright.adapters.items.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
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

class ListingItemReaderTest extends ItemReaderContract {
    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

    @Override
    protected ItemReader reader() {
        return new ListingItemReader(objects, "123456789012");
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected Dataset.Read dataset() throws Exception {
        for (int i = 0; i < 30; i++) {
            objects.put("b", "in/%02d".formatted(i), "x".repeat(i));
        }
        return read(Map.of("Bucket", "b", "Prefix", "in/"));
    }

    @Override
    protected void change() throws Exception {
        objects.put("b", "in/00", "changed");
    }

    @Override
    protected List<String> etags(Dataset.Read dataset) throws Exception {
        return List.of(objects.head("b", "in/00", Optional.empty()).etag());
    }

    @Test
    void makesAnItemOfEachObjectAsAwsDoes() throws Exception {
        objects.put("b", "flat/", "");
        objects.put("b", "flat/data.jsonl", "{\"n\":10}\n");
        objects.put("b", "other", "x");

        List<Item> items = items(Map.of("Bucket", "b", "Prefix", "flat/"));

        assertEquals(
                List.of(
                        "{\"Etag\":\"\\\"d41d8cd98f00b204e9800998ecf8427e\\\"\",\"Key\":\"flat/\","
                                + "\"LastModified\":0.0,\"Size\":0,\"StorageClass\":\"STANDARD\"}",
                        "{\"Etag\":\"\\\"32810701609dd4d1b570496b24502eb9\\\"\",\"Key\":\"flat/data.jsonl\","
                                + "\"LastModified\":0.0,\"Size\":9,\"StorageClass\":\"STANDARD\"}"),
                items.stream().map(item -> item.value().text()).toList());
        assertEquals("s3://b", items.getFirst().source());
    }

    @Test
    void listsAnyNumberOfObjectsPageByPage() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            objects.put("b", "k" + i, "");
        }

        List<Item> items = items(Map.of("Bucket", "b"));

        assertEquals(2_500, items.size());
        assertEquals(2_499, items.getLast().index());
    }

    @Test
    void goesOnInTheMiddleOfALaterPageThoughObjectsAreGone() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            objects.put("b", "k%04d".formatted(i), "");
        }
        var dataset = read(Map.of("Bucket", "b"));
        ItemSource source = reader().open(dataset, Optional.empty());
        for (int i = 0; i < 1_700; i++) {
            source.next();
        }

        List<Item> rest = rest(reader().open(dataset, Optional.of(source.position())));

        assertEquals(800, rest.size());
        assertEquals(1_700, rest.getFirst().index());
        assertEquals(
                Optional.of("k1700"),
                Optional.of(((Map<?, ?>) rest.getFirst().value().value()).get("Key")));
    }

    @Test
    void startsAfterAKey() throws Exception {
        dataset();

        assertEquals(10, items(Map.of("Bucket", "b", "StartAfter", "in/19")).size());
    }

    @Test
    void findsNothingUnderAnotherPrefix() throws Exception {
        dataset();

        assertEquals(List.of(), items(Map.of("Bucket", "b", "Prefix", "none/")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Delimiter           ~ / ~ The argument Delimiter of s3:listObjectsV2 is not supported; supported are [Bucket, ExpectedBucketOwner, MaxKeys, Prefix, StartAfter]
            ExpectedBucketOwner ~ 1 ~ The bucket none belongs to the account 123456789012, not to ExpectedBucketOwner 1
            Prefix              ~ x ~ The bucket none cannot be listed: NoSuchBucket: The specified bucket does not exist
            """)
    void namesWhatItRefuses(String argument, String value, String expected) {
        var failed = assertThrows(
                ReadFailed.class, () -> items(Map.of("Bucket", "none", argument, value)));

        assertEquals(expected, failed.getMessage());
    }

    private List<Item> items(Map<String, String> arguments) throws Exception {
        return rest(reader().open(read(arguments), Optional.empty()));
    }

    private static Dataset.Read read(Map<String, String> arguments) {
        return new Dataset.Read("s3:listObjectsV2", Json.of(arguments), Json.EMPTY_OBJECT, 0);
    }
}
