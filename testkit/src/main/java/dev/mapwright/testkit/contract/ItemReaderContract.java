package dev.mapwright.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What every [ItemReader] does. A reader's test extends it with a dataset of its format.
public abstract class ItemReaderContract {
    /// A reader over [#objects].
    protected abstract ItemReader reader();

    protected abstract ObjectStore objects();

    /// A dataset of at least 20 items in [#objects], made anew for each test.
    protected abstract Dataset.Read dataset() throws Exception;

    /// Replaces the dataset's object by one of the same format and other content.
    protected abstract void change() throws Exception;

    @Test
    void numbersItemsFromZeroInOrder() throws Exception {
        List<Item> items = items(Optional.empty());

        assertTrue(
                items.size() >= 20,
                "The contract needs a dataset of 20 items, not " + items.size());
        for (int i = 0; i < items.size(); i++) {
            assertEquals(i, items.get(i).index());
        }
    }

    @Test
    void readsTheSameItemsEachTime() throws Exception {
        assertEquals(items(Optional.empty()), items(Optional.empty()));
    }

    @Test
    void canBeLeftAtAnyItemAndTakenUpAgainThere() throws Exception {
        Dataset.Read dataset = dataset();
        List<Item> all = rest(reader().open(dataset, Optional.empty()));
        try (ItemSource source = reader().open(dataset, Optional.empty())) {
            for (int i = 0; i <= all.size(); i++) {
                var resumed = reader().open(dataset, Optional.of(source.position()));
                assertEquals(all.subList(i, all.size()), rest(resumed), "from item " + i);
                source.next();
            }
        }
    }

    @Test
    void keepsItsPositionWhenItIsTakenUpAndLeftAtOnce() throws Exception {
        Dataset.Read dataset = dataset();
        try (ItemSource source = reader().open(dataset, Optional.empty())) {
            source.next();
            try (ItemSource resumed = reader().open(dataset, Optional.of(source.position()))) {
                assertEquals(source.position(), resumed.position());
            }
        }
    }

    @Test
    void staysAtTheEndOnceThere() throws Exception {
        try (ItemSource source = reader().open(dataset(), Optional.empty())) {
            while (source.next().isPresent()) {
                // Only the end matters.
            }
            assertEquals(Optional.empty(), source.next());
            assertEquals(Optional.empty(), source.next());
        }
    }

    @Test
    void refusesToGoOnWithAChangedDataset() throws Exception {
        Dataset.Read dataset = dataset();
        String position;
        try (ItemSource source = reader().open(dataset, Optional.empty())) {
            source.next();
            position = source.position();
        }
        List<String> before = etags(dataset);
        change();
        List<String> after = etags(dataset);
        assertNotEquals(before, after, "change() must change the dataset");

        var failed = assertThrows(
                ReadFailed.class, () -> rest(reader().open(dataset, Optional.of(position))));

        assertTrue(failed.getMessage().contains(before.getFirst()), failed.getMessage());
        assertTrue(failed.getMessage().contains(after.getFirst()), failed.getMessage());
    }

    @Test
    void refusesAPositionThatIsNone() throws Exception {
        Dataset.Read dataset = dataset();

        assertThrows(ReadFailed.class, () -> reader().open(dataset, Optional.of("nonsense")));
    }

    /// The ETag of the object that [#change] replaces, first; here the one that the dataset names.
    protected List<String> etags(Dataset.Read dataset) throws Exception {
        var arguments = (java.util.Map<?, ?>) dataset.arguments().value();
        String bucket = (String) arguments.get("Bucket");
        return List.of(objects()
                .head(bucket, (String) arguments.get("Key"), Optional.empty())
                .etag());
    }

    private List<Item> items(Optional<String> position) throws Exception {
        return rest(reader().open(dataset(), position));
    }

    protected static List<Item> rest(ItemSource source) throws Exception {
        var items = new ArrayList<Item>();
        try (source) {
            for (var item = source.next(); item.isPresent(); item = source.next()) {
                items.add(item.get());
            }
        }
        return items;
    }
}
