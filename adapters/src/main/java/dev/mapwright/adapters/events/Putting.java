package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// PutEvents. When an entry is answered with an id, its deliveries are durable.
final class Putting {
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
    private static final int ENTRIES_MAX = 10;

    private static final int BYTES_MAX = 1_048_576;
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

    private final KeyValueStore store;
    private final Catalog catalog;
    private final EventOwner owner;
    private final Bus bus;
    private final InstantSource clock;

    Putting(KeyValueStore store, Catalog catalog, EventOwner owner, Bus bus, InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.owner = owner;
        this.bus = bus;
        this.clock = clock;
    }

    Map<String, Object> put(RequestMembers request, List<?> trees) throws InterruptedException {
        List<RequestMembers> entries = request.objects("Entries");
        if (entries.isEmpty() || entries.size() > ENTRIES_MAX) {
            throw EventErrors.invalid(
                    "Entries must be 1 to %d, and are %d".formatted(ENTRIES_MAX, entries.size()));
        }
        requireSmall(entries);
        var batch = new Batch();
        List<Map<String, Object>> results = new ArrayList<>();
        int failures = 0;
        for (int i = 0; i < entries.size(); i++) {
            try {
                String id = put(batch, entries.get(i), (Map<?, ?>) trees.get(i));
                results.add(Map.of("EventId", id));
            } catch (RefusedRequest refused) {
                failures++;
                results.add(
                        Map.of("ErrorCode", refused.code(), "ErrorMessage", refused.getMessage()));
            }
        }
        store.commit(batch);
        return Map.of("Entries", results, "FailedEntryCount", failures);
    }

    private static void requireSmall(List<RequestMembers> entries) {
        long bytes = 0;
        for (RequestMembers entry : entries) {
            for (String member : List.of("Source", "DetailType", "Detail")) {
                bytes += entry.findText(member).orElse("").getBytes(StandardCharsets.UTF_8).length;
            }
        }
        if (bytes > BYTES_MAX) {
            throw EventErrors.invalid(
                    "Total size of the entries in the request is over the limit of %,d bytes"
                            .formatted(BYTES_MAX));
        }
    }

    private String put(Batch batch, RequestMembers entry, Map<?, ?> tree) {
        String source = required(entry, "Source");
        String detailType = required(entry, "DetailType");
        Map<?, ?> detail = detail(required(entry, "Detail"));
        if (source.startsWith("aws.")) {
            throw new RefusedRequest(
                    "NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        String name = owner.busName(entry.findText("EventBusName").orElse(EventOwner.DEFAULT_BUS));
        catalog.requireBus(name);
        var news = new News(
                source, detailType, detail, entry.textList("Resources"), time(tree.get("Time")));
        return bus.put(batch, name, news);
    }

    private static String required(RequestMembers entry, String member) {
        return entry.findText(member).filter(text -> !text.isEmpty()).orElseThrow(() -> {
            String reason = "Parameter %s is not valid. Reason: %1$s is a required argument."
                    .formatted(member);
            return new RefusedRequest("InvalidArgument", reason);
        });
    }

    private static Map<?, ?> detail(String text) {
        try {
            if (Json.parse(text).value() instanceof Map<?, ?> detail) {
                return detail;
            }
        } catch (JsonSyntaxException notJson) {
            throw malformedDetail();
        }
        throw malformedDetail();
    }

    private static RefusedRequest malformedDetail() {
        return new RefusedRequest("MalformedDetail", "Detail is malformed.");
    }

    /// Seconds since 1970, or ISO-8601.
    private Instant time(Object given) {
        try {
            return switch (given) {
                case null -> clock.instant();
                case Number seconds ->
                    Instant.ofEpochMilli(
                            new BigDecimal(seconds.toString()).multiply(MILLIS).longValue());
                case Object text -> Instant.parse(text.toString());
            };
        } catch (DateTimeException notATime) {
            throw new RefusedRequest(
                    "InvalidArgument",
                    "Parameter Time is not valid. Reason: '%s' is no time.".formatted(given));
        }
    }
}
