package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.alarms.AlarmHistory;
import dev.mapwright.adapters.metrics.alarms.AlarmHistory.Entry;
import dev.mapwright.adapters.metrics.alarms.AlarmHistory.Order;
import dev.mapwright.adapters.metrics.alarms.AlarmHistory.Query;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What became of alarms. Of the kinds that CloudWatch has, changes of their states are kept.
final class AlarmHistoryOperation {
    private static final int TEXT_CHARS_MAX = 255;
    private static final int TYPES_MAX = 3;
    private static final int PAGE_MAX = 100;
    private static final String METRIC_ALARM = "MetricAlarm";
    private static final String STATE_UPDATE = "StateUpdate";

    private final Monitoring monitoring;

    AlarmHistoryOperation(Monitoring monitoring) {
        this.monitoring = monitoring;
    }

    Map<String, Object> describe(Input input) throws Failed {
        input.accepting(
                "AlarmName",
                "AlarmTypes",
                "HistoryItemType",
                "StartDate",
                "EndDate",
                "MaxRecords",
                "NextToken",
                "ScanBy");
        Query query = query(input);
        OptionalLong after = after(input);
        int size = input.integer("MaxRecords", 1, PAGE_MAX).orElse(PAGE_MAX);
        List<Entry> found = isAboutStates(input)
                ? monitoring.alarms().history().read(query, after, size + 1)
                : List.of();
        List<Entry> page = found.subList(0, Math.min(size, found.size()));
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                "AlarmHistoryItems",
                page.stream().map(AlarmHistoryOperation::shown).toList());
        if (found.size() > size) {
            answer.put("NextToken", PageToken.seal(Long.toString(page.getLast().number())));
        }
        return answer;
    }

    private Query query(Input input) throws Failed {
        Instant now = monitoring.now();
        Instant oldest = now.minus(AlarmHistory.KEPT);
        Instant since = input.time("StartDate").filter(oldest::isBefore).orElse(oldest);
        return new Query(
                input.text("AlarmName", TEXT_CHARS_MAX),
                since,
                input.time("EndDate").orElse(now),
                order(input));
    }

    private static Order order(Input input) throws Failed {
        String text = input.text("ScanBy", TEXT_CHARS_MAX).orElse("TimestampDescending");
        return switch (text) {
            case "TimestampDescending" -> Order.NEWEST_FIRST;
            case "TimestampAscending" -> Order.OLDEST_FIRST;
            default ->
                throw Failed.invalid(
                        "ScanBy", text, "It must be TimestampDescending or TimestampAscending.");
        };
    }

    private static boolean isAboutStates(Input input) throws Failed {
        List<String> types = input.texts("AlarmTypes", TYPES_MAX);
        Optional<String> kind = input.text("HistoryItemType", TEXT_CHARS_MAX);
        return (types.isEmpty() || types.contains(METRIC_ALARM))
                && kind.map(STATE_UPDATE::equals).orElse(true);
    }

    private static OptionalLong after(Input input) throws Failed {
        Optional<String> position = PageToken.open(input);
        if (position.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!position.get().matches("\\d{1,18}")) {
            throw PageToken.invalid();
        }
        return OptionalLong.of(Long.parseLong(position.get()));
    }

    private static Map<String, Object> shown(Entry entry) {
        var members = new LinkedHashMap<String, Object>();
        members.put("AlarmName", entry.alarm());
        members.put("AlarmType", METRIC_ALARM);
        members.put("Timestamp", entry.at());
        members.put("HistoryItemType", STATE_UPDATE);
        members.put("HistorySummary", entry.summary());
        members.put("HistoryData", entry.data());
        return members;
    }
}
