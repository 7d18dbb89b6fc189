package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
import dev.mapwright.adapters.tables.local.KeySchema.KeyAttribute;
import dev.mapwright.adapters.tables.local.expression.Condition;
import dev.mapwright.adapters.tables.local.expression.KeyCondition;
import dev.mapwright.adapters.tables.local.expression.KeyCondition.SortRange;
import dev.mapwright.adapters.tables.local.expression.Kind;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.KeyOrder;
import dev.mapwright.adapters.tables.local.item.StoredItem;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Query and Scan: pages of a table or an index.
final class Queries {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
    static final int PAGE_BYTES_MAX = 1024 * 1024;

    static final int SEGMENTS_MAX = 1_000_000;

    private static final Set<String> QUERY = Set.of(
            "TableName",
            "IndexName",
            "Select",
            "Limit",
            "ConsistentRead",
            "ScanIndexForward",
            "ExclusiveStartKey",
            Capacity.PARAMETER,
            "ProjectionExpression",
            "FilterExpression",
            "KeyConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues");
    private static final Set<String> SCAN = Set.of(
            "TableName",
            "IndexName",
            "Limit",
            "Select",
            "ExclusiveStartKey",
            Capacity.PARAMETER,
            "TotalSegments",
            "Segment",
            "ProjectionExpression",
            "FilterExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ConsistentRead");

    private final Catalog catalog;
    private final ItemStore items;

    Queries(Catalog catalog, ItemStore items) {
        this.catalog = catalog;
        this.items = items;
    }

    /// `from` <= key < `to`.
    private record Range(byte[] from, byte[] to, Direction direction) {
        /// Goes on behind a key that an earlier page ended with.
        Range after(byte[] key) {
            return switch (direction) {
                case FORWARD ->
                    new Range(later(from, Arrays.copyOf(key, key.length + 1)), to, direction);
                case REVERSE ->
                    new Range(from, Arrays.compareUnsigned(key, to) < 0 ? key : to, direction);
            };
        }

        boolean contains(byte[] key) {
            return Arrays.compareUnsigned(key, from) >= 0 && Arrays.compareUnsigned(key, to) < 0;
        }

        boolean isEmpty() {
            return Arrays.compareUnsigned(from, to) >= 0;
        }

        private static byte[] later(byte[] left, byte[] right) {
            return Arrays.compareUnsigned(left, right) < 0 ? right : left;
        }
    }

    /// @param bytes of all items looked at
    private record Page(List<M> items, int scanned, long bytes, Optional<M> last) {}

    Map<String, Object> query(Map<String, Object> members) {
        Parameters request = new Parameters(members).accepting("Query", QUERY);
        Table table = catalog.table(request.requiredText("TableName"));
        var expressions =
                new Expressions(request, Kind.KEY_CONDITION, Kind.FILTER, Kind.PROJECTION);
        PageQuery query = PageQuery.read(table, request, expressions);
        KeyCondition keys = expressions.keyCondition(query.key());
        expressions.checkAllUsed();
        query.filter().ifPresent(filter -> checkNoKeys(filter, query.key()));
        byte[] partition = KeyLayout.partition(
                query.prefix(), keyValue(query.key().partition(), keys.partition()));
        Range range = range(
                partition,
                query,
                keys,
                request.flag("ScanIndexForward").orElse(true)
                        ? Direction.FORWARD
                        : Direction.REVERSE);
        if (query.startKey().isPresent() && !isInPartition(partition, query)) {
            throw TableException.validation(
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
        return answer(request, query, range);
    }

    Map<String, Object> scan(Map<String, Object> members) {
        Parameters request = new Parameters(members).accepting("Scan", SCAN);
        Table table = catalog.table(request.requiredText("TableName"));
        var expressions = new Expressions(request, Kind.FILTER, Kind.PROJECTION);
        PageQuery query = PageQuery.read(table, request, expressions);
        expressions.checkAllUsed();
        Range range = segment(request, query);
        if (query.startKey().isPresent()
                && !range.contains(query.storedKey(query.startKey().get()))) {
            throw PageQuery.invalidStart(
                    "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
                            + " TotalSegments: %d Segment: %d"
                                    .formatted(
                                            request.count("TotalSegments", 1, SEGMENTS_MAX)
                                                    .orElse(1),
                                            request.count("Segment", 0, SEGMENTS_MAX)
                                                    .orElse(0)));
        }
        return answer(request, query, range);
    }

    private static Range segment(Parameters request, PageQuery query) {
        OptionalInt segment = request.count("Segment", 0, SEGMENTS_MAX - 1);
        OptionalInt total = request.count("TotalSegments", 1, SEGMENTS_MAX);
        if (segment.isPresent() && total.isEmpty()) {
            throw TableException.validation(
                    "The TotalSegments parameter is required but was not present in the request when Segment parameter"
                            + " is present");
        }
        if (total.isPresent() && segment.isEmpty()) {
            throw TableException.validation(
                    "The Segment parameter is required but was not present in the request when parameter TotalSegments"
                            + " is present");
        }
        int index = segment.orElse(0);
        int count = total.orElse(1);
        if (index >= count) {
            throw TableException.validation(
                    ("The Segment parameter is zero-based and must be less than parameter"
                                    + " TotalSegments: Segment: %d is not less than TotalSegments: %d")
                            .formatted(index, count));
        }
        byte[] prefix = query.prefix();
        return new Range(
                KeyLayout.segmentStart(prefix, index, count).orElseThrow(),
                KeyLayout.segmentStart(prefix, index + 1, count)
                        .orElseGet(() -> KeyLayout.after(prefix)),
                Direction.FORWARD);
    }

    private static boolean isInPartition(byte[] partition, PageQuery query) {
        byte[] start = query.storedKey(query.startKey().orElseThrow());
        return start.length >= partition.length
                && Arrays.equals(start, 0, partition.length, partition, 0, partition.length);
    }

    private static Range range(
            byte[] partition, PageQuery query, KeyCondition keys, Direction direction) {
        byte[] end = KeyLayout.after(partition);
        if (keys.sort().isEmpty()) {
            return new Range(partition, end, direction);
        }
        KeyAttribute sort = query.key().sort().orElseThrow();
        return switch (keys.sort().get()) {
            case SortRange.Compared(Condition.Comparator comparator, AttributeValue value) -> {
                byte[] at = KeyLayout.concat(partition, KeyOrder.of(keyValue(sort, value)));
                yield switch (comparator) {
                    case EQUAL -> new Range(at, KeyLayout.after(at), direction);
                    case LESS -> new Range(partition, at, direction);
                    case LESS_OR_EQUAL -> new Range(partition, KeyLayout.after(at), direction);
                    case GREATER -> new Range(KeyLayout.after(at), end, direction);
                    case GREATER_OR_EQUAL -> new Range(at, end, direction);
                    case NOT_EQUAL ->
                        throw new IllegalStateException("Expected a range of sort keys, found <>");
                };
            }
            case SortRange.Between(AttributeValue low, AttributeValue high) ->
                new Range(
                        KeyLayout.concat(partition, KeyOrder.of(keyValue(sort, low))),
                        KeyLayout.after(
                                KeyLayout.concat(partition, KeyOrder.of(keyValue(sort, high)))),
                        direction);
            case SortRange.BeginsWith(AttributeValue prefix) -> {
                if (prefix instanceof N) {
                    throw Kind.KEY_CONDITION.incorrectOperand("begins_with", prefix.type());
                }
                byte[] from =
                        KeyLayout.concat(partition, KeyOrder.beginning(keyValue(sort, prefix)));
                yield new Range(from, KeyLayout.after(from), direction);
            }
        };
    }

    private static AttributeValue keyValue(KeyAttribute attribute, AttributeValue value) {
        if (!value.type().equals(attribute.type())) {
            throw TableException.invalidParameter(
                    "Condition parameter type does not match schema type");
        }
        return value;
    }

    private static void checkNoKeys(Condition filter, KeySchema key) {
        filter.attributes().filter(key::contains).findFirst().ifPresent(name -> {
            throw TableException.validation(
                    "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                            + name);
        });
    }

    private Map<String, Object> answer(Parameters request, PageQuery query, Range whole) {
        Capacity.Detail detail = Capacity.detail(request);
        Range range = query.startKey().map(query::storedKey).map(whole::after).orElse(whole);
        Page page =
                range.isEmpty() ? new Page(List.of(), 0, 0, Optional.empty()) : read(query, range);
        List<M> kept = page.items();
        var response = new LinkedHashMap<String, Object>();
        if (!query.countsOnly()) {
            response.put(
                    "Items",
                    kept.stream()
                            .map(item -> query.projection()
                                    .map(part -> part.apply(item))
                                    .orElse(item))
                            .map(AttributeJson::writeItem)
                            .toList());
        }
        response.put("Count", kept.size());
        response.put("ScannedCount", page.scanned());
        page.last()
                .ifPresent(last -> response.put(
                        "LastEvaluatedKey", AttributeJson.writeItem(query.pageKey(last))));
        Capacity.consumed(
                        detail,
                        query.table().definition().name(),
                        Capacity.read(page.bytes(), request))
                .ifPresent(consumed -> response.put("ConsumedCapacity", consumed));
        return response;
    }

    private Page read(PageQuery query, Range range) {
        if (query.table().isDropped()) {
            throw Catalog.notFound();
        }
        Space space = query.index().isPresent() ? items.entries() : items.items();
        var kept = new ArrayList<M>();
        int scanned = 0;
        long bytes = 0;
        try (Space.Scan scan = space.scan(range.from(), range.to(), range.direction())) {
            while (scan.next()) {
                M item = StoredItem.read(scan.value());
                scanned++;
                bytes += ItemSize.of(item);
                if (query.filter().isEmpty() || query.filter().get().holds(item)) {
                    kept.add(item);
                }
                if (scanned == query.limit() || bytes > PAGE_BYTES_MAX) {
                    return new Page(whole(query, kept), scanned, bytes, Optional.of(item));
                }
            }
        }
        return new Page(whole(query, kept), scanned, bytes, Optional.empty());
    }

    private List<M> whole(PageQuery query, List<M> kept) {
        if (!query.needsWholeItem()) {
            return kept;
        }
        return kept.stream()
                .flatMap(
                        item -> items
                                .read(
                                        query.table(),
                                        KeyLayout.itemKey(query.table().definition(), item))
                                .stream())
                .toList();
    }
}
