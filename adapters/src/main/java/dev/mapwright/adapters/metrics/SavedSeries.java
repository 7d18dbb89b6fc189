package dev.mapwright.adapters.metrics;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.asl.json.Json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Series in the store.
///
/// ```
/// s <number>                   {"namespace", "name", "dimensions", "unit", "resolution"}
/// v <number> <tier> <second>   count, sum, minimum and maximum
/// ```
final class SavedSeries {
    private static final byte SERIES = 's';
    private static final byte VALUES = 'v';
    private static final int SERIES_KEY_BYTES = 1 + Long.BYTES;
    private static final int VALUES_KEY_BYTES = SERIES_KEY_BYTES + 1 + Long.BYTES;

    private final KeyValueStore store;
    private final Space space;

    SavedSeries(KeyValueStore store) {
        this.store = store;
        this.space = store.space("metrics");
    }

    record Saved(long number, Series series, Resolution resolution) {}

    interface Visitor {
        void visit(Saved saved);
    }

    void each(Visitor visitor) {
        try (var scan =
                space.scan(new byte[] {SERIES}, new byte[] {SERIES + 1}, Space.Direction.FORWARD)) {
            while (scan.next()) {
                long number = ByteBuffer.wrap(scan.key()).getLong(1);
                visitor.visit(saved(number, scan.value()));
            }
        }
    }

    private static Saved saved(long number, byte[] document) {
        var members = (Map<?, ?>)
                Json.ofText(new String(document, StandardCharsets.UTF_8)).value();
        var dimensions = new TreeMap<String, String>();
        ((Map<?, ?>) members.get("dimensions"))
                .forEach((name, value) -> dimensions.put((String) name, (String) value));
        var metric = new Metric(
                (String) members.get("namespace"), (String) members.get("name"), dimensions);
        return new Saved(
                number,
                new Series(metric, Unit.valueOf((String) members.get("unit"))),
                Resolution.valueOf((String) members.get("resolution")));
    }

    static byte[] document(Series series, Resolution resolution) {
        var members = new LinkedHashMap<String, Object>();
        members.put("namespace", series.metric().namespace());
        members.put("name", series.metric().name());
        members.put("dimensions", series.metric().dimensions());
        members.put("unit", series.unit().name());
        members.put("resolution", resolution.name());
        return Json.of(members).text().getBytes(StandardCharsets.UTF_8);
    }

    void putSeries(Batch batch, long number, byte[] document) {
        batch.put(space, seriesKey(number), document);
    }

    void putSamples(Batch batch, long number, Place place, Samples samples) {
        batch.put(space, key(number, place.tier(), place.second()), samples.bytes());
    }

    void commit(Batch batch) throws InterruptedException {
        store.commit(batch);
    }

    Optional<Samples> samples(long number, Place place) {
        return space.get(key(number, place.tier(), place.second())).map(Samples::of);
    }

    /// By the second at which their places begin.
    SortedMap<Long, Samples> samples(long number, Tier tier, long fromSecond, long toSecond) {
        var found = new TreeMap<Long, Samples>();
        try (var scan = space.scan(
                key(number, tier, fromSecond),
                key(number, tier, toSecond),
                Space.Direction.FORWARD)) {
            while (scan.next()) {
                found.put(second(scan.key()), Samples.of(scan.value()));
            }
        }
        return found;
    }

    /// Where the newest samples begin, by hour where there are no others any more.
    OptionalLong newestSecond(long number) {
        OptionalLong minute = lastIn(number, Tier.MINUTE);
        return minute.isPresent() ? minute : lastIn(number, Tier.HOUR);
    }

    private OptionalLong lastIn(long number, Tier tier) {
        try (var scan = space.scan(
                key(number, tier, 0), key(number, tier, Long.MAX_VALUE), Space.Direction.REVERSE)) {
            return scan.next() ? OptionalLong.of(second(scan.key())) : OptionalLong.empty();
        }
    }

    /// Drops what a tier holds before `second`; a range is only written where there is something.
    void dropBefore(Batch batch, long number, Tier tier, long second) {
        byte[] from = key(number, tier, 0);
        byte[] to = key(number, tier, second);
        try (var scan = space.scan(from, to, Space.Direction.FORWARD)) {
            if (scan.next()) {
                batch.deleteRange(space, from, to);
            }
        }
    }

    void drop(Batch batch, long number) {
        batch.delete(space, seriesKey(number));
    }

    private static byte[] seriesKey(long number) {
        return ByteBuffer.allocate(SERIES_KEY_BYTES).put(SERIES).putLong(number).array();
    }

    private static byte[] key(long number, Tier tier, long second) {
        return ByteBuffer.allocate(VALUES_KEY_BYTES)
                .put(VALUES)
                .putLong(number)
                .put((byte) tier.ordinal())
                .putLong(second)
                .array();
    }

    private static long second(byte[] key) {
        return ByteBuffer.wrap(key).getLong(VALUES_KEY_BYTES - Long.BYTES);
    }
}
