package dev.mapwright.adapters.items.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.adapters.items.ItemReaderTable;
import dev.mapwright.adapters.items.jsonlines.JsonLinesItemReader;
import dev.mapwright.adapters.items.series.SeriesItemReader;
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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class FlattenedListingTest extends ItemReaderContract {
    private static final Map<String, String> JSONL =
            Map.of("Transformation", "LOAD_AND_FLATTEN", "InputType", "JSONL");

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

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
        for (int i = 0; i < 12; i++) {
            objects.put("b", "in/%02d".formatted(i), "[%d]\n".formatted(i).repeat(1 + i % 4));
        }
        objects.put("b", "in/", "");
        objects.put("b", "in/05-empty", "");
        objects.put("b", "in/06-blank", "\n\n");
        return read("in/", JSONL);
    }

    @Override
    protected void change() throws Exception {
        objects.put("b", "in/00", "\"changed\"");
    }

    @Override
    protected List<String> etags(Dataset.Read dataset) throws Exception {
        return List.of(objects.head("b", "in/00", Optional.empty()).etag());
    }

    @Test
    void handsItemsOnInListingOrderWithTheirObjectAsSource() throws Exception {
        objects.put("b", "flat/a", "1\n2\n");
        objects.put("b", "flat/a/", "");
        objects.put("b", "flat/b", "");

        List<Item> items = items("flat", JSONL);

        assertEquals(
                List.of(
                        new Item(0, Optional.empty(), Json.of(1), "s3://b/flat/a"),
                        new Item(1, Optional.empty(), Json.of(2), "s3://b/flat/a")),
                items);
    }

    @Test
    void readsCsvWithAHeaderInEachFile() throws Exception {
        objects.put("b", "flat/1.csv", "id\n1\n2\n");
        objects.put("b", "flat/2.csv", "name\nx\n");

        assertEquals(
                List.of("{\"id\":\"1\"}", "{\"id\":\"2\"}", "{\"name\":\"x\"}"),
                texts(items(
                        "flat/",
                        Map.of(
                                "Transformation", "LOAD_AND_FLATTEN",
                                "InputType", "CSV",
                                "CSVHeaderLocation", "FIRST_ROW"))));
    }

    @Test
    void readsJsonThroughAPointer() throws Exception {
        objects.put("b", "flat/1.json", "{\"data\":[1,2]}");
        objects.put("b", "flat/2.json", "{\"data\":{\"k\":3}}");

        List<Item> items = items(
                "flat/",
                Map.of(
                        "Transformation", "LOAD_AND_FLATTEN",
                        "InputType", "JSON",
                        "ItemsPointer", "/data"));

        assertEquals(List.of("1", "2", "3"), texts(items));
        assertEquals(Optional.of("k"), items.getLast().key());
    }

    @Test
    void readsMoreThanWhatIsReadAhead() throws Exception {
        for (int i = 0; i < 40; i++) {
            objects.put("b", "many/%02d".formatted(i), "%d\n".formatted(i).repeat(2_000));
        }
        var dataset = read("many/", JSONL);
        ItemSource source = reader().open(dataset, Optional.empty());
        for (int i = 0; i < 61_234; i++) {
            source.next();
        }

        List<Item> rest = rest(reader().open(dataset, Optional.of(source.position())));

        assertEquals(80_000 - 61_234, rest.size());
        assertEquals(61_234, rest.getFirst().index());
        assertEquals("s3://b/many/30", rest.getFirst().source());
        source.close();
    }

    @Test
    void handsOnWhatComesBeforeABrokenObject() throws Exception {
        objects.put("b", "flat/1", "1\n");
        objects.put("b", "flat/2", "2\n{broken\n");
        objects.put("b", "flat/3", "3\n");

        try (ItemSource source = reader().open(read("flat/", JSONL), Optional.empty())) {
            assertEquals("1", source.next().orElseThrow().value().text());
            assertEquals("2", source.next().orElseThrow().value().text());
            var failed = assertThrows(ReadFailed.class, source::next);
            assertEquals("s3://b/flat/2, line 2 at byte 2", failed.getMessage().split(": ")[0]);
        }
    }

    @Test
    void readsOnlySoManyObjectsAheadAndClosesThemAll() throws Exception {
        for (int i = 0; i < 40; i++) {
            objects.put("b", "many/%02d".formatted(i), "1\n");
        }
        var counted = new Counted();

        var reader = new SeriesItemReader(new FlattenedListing(objects, "1"), counted);
        try (ItemSource source = reader.open(read("many/", JSONL), Optional.empty())) {
            source.next();
            source.next();
        }

        int opened = counted.opened.get();
        assertTrue(opened <= 10, opened + " objects were opened for two items");
        assertEquals(opened, counted.closed.get());
    }

    @Test
    void opensLargeObjectsOneAfterTheOther() throws Exception {
        String megabyte = "\"%s\"\n".formatted("x".repeat(1_000_000));
        for (int i = 0; i < 3; i++) {
            objects.put("b", "large/" + i, megabyte.repeat(20));
        }
        objects.put("b", "large/3", "1\n");
        var counted = new Counted();
        var reader = new SeriesItemReader(new FlattenedListing(objects, "1"), counted);

        try (ItemSource source = reader.open(read("large/", JSONL), Optional.empty())) {
            for (int i = 0; i < 60; i++) {
                source.next();
                assertEquals(i / 20, counted.closed.get());
                assertTrue(counted.opened.get() <= (i < 40 ? i / 20 + 1 : 4), "at item " + i);
            }
            assertEquals(Json.of(1), source.next().orElseThrow().value());
            assertEquals(Optional.empty(), source.next());
        }
    }

    @Test
    void takesALargeObjectUpAndGoesOnToTheNext() throws Exception {
        String megabyte = "\"%s\"\n".formatted("x".repeat(1_000_000));
        for (int i = 0; i < 2; i++) {
            objects.put("b", "large/" + i, megabyte.repeat(40));
        }
        String position;
        try (ItemSource source = reader().open(read("large/", JSONL), Optional.empty())) {
            source.next();
            position = source.position();
        }

        try (ItemSource source = reader().open(read("large/", JSONL), Optional.of(position))) {
            for (int i = 1; i < 80; i++) {
                assertEquals(i, source.next().orElseThrow().index());
            }
            assertEquals(Optional.empty(), source.next());
        }
    }

    /// Reads JSON Lines, and counts what it has opened and closed.
    private final class Counted implements ItemReader {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final ItemReader format = new JsonLinesItemReader(objects, "1");

        @Override
        public ItemSource open(Dataset.Read dataset, Optional<String> position)
                throws ReadFailed, InterruptedException {
            opened.incrementAndGet();
            ItemSource source = format.open(dataset, position);
            return new ItemSource() {
                @Override
                public Optional<Item> next() throws ReadFailed, InterruptedException {
                    return source.next();
                }

                @Override
                public String position() {
                    return source.position();
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                    source.close();
                }
            };
        }
    }

    private List<Item> items(String prefix, Map<String, String> config) throws Exception {
        return rest(reader().open(read(prefix, config), Optional.empty()));
    }

    private static List<String> texts(List<Item> items) {
        return items.stream().map(item -> item.value().text()).toList();
    }

    private static Dataset.Read read(String prefix, Map<String, String> config) {
        return new Dataset.Read(
                "s3:listObjectsV2",
                Json.of(Map.of("Bucket", "b", "Prefix", prefix)),
                Json.of(config),
                0);
    }
}
