package dev.mapwright.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What holds of every reader, whatever its dataset holds: reading comes to an end, in items or in
/// [ReadFailed] and nothing else, and any position leads to the same rest.
public final class AnyContent {
    /// More than what a small dataset can hold.
    private static final int ITEMS_MAX = 100_000;

    private static final Duration END_MAX = Duration.ofMinutes(5);

    private AnyContent() {}

    /// Opens the dataset in question.
    @FunctionalInterface
    public interface Opening {
        ItemSource open(Optional<String> position) throws ReadFailed, InterruptedException;
    }

    /// @param positions before each item, and behind the last one
    /// @param failure what reading ended with; absent: with the last item
    private record Reading(List<Item> items, List<String> positions, Optional<String> failure) {
        List<Item> from(int index) {
            return items.subList(index, items.size());
        }
    }

    static void check(Opening opening) {
        assertTimeoutPreemptively(END_MAX, () -> {
            Reading whole = read(opening, Optional.empty());
            for (int at = whole.positions().size() - 1; at > 0; at /= 3) {
                Reading rest = read(opening, Optional.of(whole.positions().get(at)));
                checkSameRest(whole.from(at), whole.failure(), rest);
                if (whole.failure().isPresent()) {
                    return; // One is enough of what may take its time until it fails.
                }
            }
        });
    }

    /// A failure may come some items sooner or later, because buffers are filled at other places.
    private static void checkSameRest(List<Item> expected, Optional<String> failure, Reading rest) {
        assertEquals(
                failure.isPresent(),
                rest.failure().isPresent(),
                () -> "ended with %s and then with %s".formatted(failure, rest.failure()));
        int same = Math.min(expected.size(), rest.items().size());
        assertTrue(
                failure.isPresent() || expected.size() == rest.items().size(),
                () -> "%d items were left and then %d"
                        .formatted(expected.size(), rest.items().size()));
        assertEquals(expected.subList(0, same), rest.items().subList(0, same));
    }

    private static Reading read(Opening opening, Optional<String> position)
            throws InterruptedException {
        var items = new ArrayList<Item>();
        var positions = new ArrayList<String>();
        try (ItemSource source = opening.open(position)) {
            positions.add(source.position());
            for (var item = source.next(); item.isPresent(); item = source.next()) {
                items.add(item.get());
                positions.add(source.position());
                assertTrue(items.size() < ITEMS_MAX, "no end in sight");
            }
            return new Reading(items, positions, Optional.empty());
        } catch (ReadFailed refused) {
            assertTrue(!refused.getMessage().isBlank(), "a refusal says why");
            return new Reading(items, positions, Optional.of(refused.getMessage()));
        }
    }
}
