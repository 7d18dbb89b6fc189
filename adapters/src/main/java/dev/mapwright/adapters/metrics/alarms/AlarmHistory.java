package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.asl.json.Json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The changes of all alarms' states, numbered as they happened. They outlive their alarms.
public final class AlarmHistory {
    /// Of all alarms together: the oldest ones go.
    public static final int CHANGES_MAX = 20_000;

    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    public static final Duration KEPT = Duration.ofDays(30);

    private static final byte[] END = {};

    private final Space space;
    private final int changesMax;
    private long next;

    AlarmHistory(KeyValueStore store, int changesMax) {
        this.space = store.space("alarm-history");
        this.changesMax = changesMax;
        try (var last = space.scan(key(0), END, Space.Direction.REVERSE)) {
            this.next = last.next() ? number(last.key()) + 1 : 0;
        }
    }

    /// One change.
    ///
    /// @param data both states as JSON, in CloudWatch's words
    public record Entry(long number, String alarm, Instant at, String summary, String data) {}

    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /// Which changes are wanted.
    ///
    /// @param alarm empty: of all alarms
    /// @param since the first moment, and `until` the last one
    public record Query(Optional<String> alarm, Instant since, Instant until, Order order) {
        private boolean wants(Entry entry) {
            return alarm.map(entry.alarm()::equals).orElse(true)
                    && !entry.at().isBefore(since)
                    && !entry.at().isAfter(until);
        }
    }

    /// @param after the number behind which to go on
    public List<Entry> read(Query query, OptionalLong after, int sizeMax) {
        var found = new ArrayList<Entry>();
        try (Space.Scan scan = scan(query.order(), after)) {
            while (found.size() < sizeMax && scan.next()) {
                Entry entry = entry(number(scan.key()), scan.value());
                if (query.wants(entry)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    private Space.Scan scan(Order order, OptionalLong after) {
        return switch (order) {
            case NEWEST_FIRST ->
                space.scan(
                        key(0),
                        after.isPresent() ? key(after.getAsLong()) : END,
                        Space.Direction.REVERSE);
            case OLDEST_FIRST ->
                space.scan(
                        key(after.isPresent() ? after.getAsLong() + 1 : 0),
                        END,
                        Space.Direction.FORWARD);
        };
    }

    /// Called by one at a time, who commits the batch before the next one.
    void add(Batch batch, AlarmChange change) {
        batch.put(space, key(next), bytes(change));
        if (next >= changesMax) {
            batch.delete(space, key(next - changesMax));
        }
        next++;
    }

    private static byte[] bytes(AlarmChange change) {
        AlarmState after = change.alarm().state();
        var members = new LinkedHashMap<String, Object>();
        members.put("alarm", change.alarm().name());
        members.put("at", after.updatedAt().toString());
        members.put(
                "summary",
                "Alarm updated from %s to %s".formatted(change.before().value(), after.value()));
        members.put("data", data(change.before(), after));
        return Json.of(members).text().getBytes(StandardCharsets.UTF_8);
    }

    /// https://docs.aws.amazon.com/cli/latest/reference/cloudwatch/describe-alarm-history.html
    private static String data(AlarmState before, AlarmState after) {
        var members = new LinkedHashMap<String, Object>();
        members.put("version", "1.0");
        members.put("oldState", shown(before));
        members.put("newState", shown(after));
        return Json.of(members).text();
    }

    private static Map<String, Object> shown(AlarmState state) {
        var members = new LinkedHashMap<String, Object>();
        members.put("stateValue", state.value().name());
        members.put("stateReason", state.reason());
        state.reasonData()
                .ifPresent(
                        data -> members.put("stateReasonData", Json.ofText(data).value()));
        return members;
    }

    private static Entry entry(long number, byte[] bytes) {
        var members = (Map<?, ?>)
                Json.ofText(new String(bytes, StandardCharsets.UTF_8)).value();
        return new Entry(
                number,
                (String) members.get("alarm"),
                Instant.parse((String) members.get("at")),
                (String) members.get("summary"),
                (String) members.get("data"));
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }
}
