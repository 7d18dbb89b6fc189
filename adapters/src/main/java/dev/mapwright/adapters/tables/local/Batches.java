package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.ItemStore.UnderWay;
import dev.mapwright.adapters.tables.local.ItemWrites.Planned;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// BatchGetItem and BatchWriteItem: many items in one request, each on its own.
final class Batches {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    static final int GETS_MAX = 100;

    static final int WRITES_MAX = 25;
    static final int RESPONSE_BYTES_MAX = 16 * 1024 * 1024;

    private static final String ITEMS = "RequestItems";
    private static final Set<String> GET = Set.of(ITEMS, Capacity.PARAMETER);
    private static final Set<String> GET_TABLE =
            Set.of("Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames");
    private static final Set<String> WRITE =
            Set.of(ITEMS, Capacity.PARAMETER, "ReturnItemCollectionMetrics");

    private final ItemReads reads;
    private final ItemWrites writes;
    private final ItemStore items;

    Batches(ItemReads reads, ItemWrites writes, ItemStore items) {
        this.reads = reads;
        this.writes = writes;
        this.items = items;
    }

    private record Write(String table, Planned planned) {}

    private record Get(String table, Object key, Map<?, ?> request, ItemReads.Planned planned) {}

    Map<String, Object> get(Map<String, Object> members) {
        Parameters request = new Parameters(members).accepting("BatchGetItem", GET);
        Capacity.Detail detail = Capacity.detail(request);
        List<Get> gets = gets(request);
        var responses = new LinkedHashMap<String, Object>();
        var unprocessed = new LinkedHashMap<String, Object>();
        var units = new LinkedHashMap<String, Double>();
        long bytes = 0;
        for (Get get : gets) {
            List<Object> found = listOf(responses, get.table());
            if (bytes > RESPONSE_BYTES_MAX) {
                leave(unprocessed, get);
                continue;
            }
            Optional<M> item = items.read(get.planned().table(), get.planned().key());
            int size = item.map(ItemSize::of).orElse(0);
            bytes += size;
            units.merge(
                    get.table(), Capacity.read(size, new Parameters(get.request())), Double::sum);
            item.ifPresent(present ->
                    found.add(AttributeJson.writeItem(get.planned().projected(present))));
        }
        var response = new LinkedHashMap<String, Object>();
        response.put("Responses", responses);
        response.put("UnprocessedKeys", unprocessed);
        consumed(detail, units).ifPresent(consumed -> response.put("ConsumedCapacity", consumed));
        return response;
    }

    Map<String, Object> write(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("BatchWriteItem", WRITE);
        Capacity.Detail detail = Capacity.detail(request);
        var underWay = new ArrayList<UnderWay>();
        var units = new LinkedHashMap<String, Double>();
        for (Write write : writes(request)) {
            UnderWay begun = items.begin(write.planned().step());
            underWay.add(begun);
            units.merge(
                    write.table(), ItemWrites.writeUnits(begun.changes().getFirst()), Double::sum);
        }
        for (UnderWay begun : underWay) {
            items.finish(begun);
        }
        var response = new LinkedHashMap<String, Object>();
        response.put("UnprocessedItems", Map.of());
        consumed(detail, units).ifPresent(consumed -> response.put("ConsumedCapacity", consumed));
        return response;
    }

    private List<Get> gets(Parameters request) {
        var gets = new ArrayList<Get>();
        var seen = new HashSet<ByteBuffer>();
        tables(request).forEach((name, value) -> {
            String table = (String) name;
            Map<?, ?> wanted = Parameters.objectOf(ITEMS, value);
            var parameters = new Parameters(wanted).accepting("BatchGetItem", GET_TABLE);
            for (Object key :
                    parameters.list("Keys").orElseThrow(() -> Parameters.mustNotBeNull("Keys"))) {
                if (gets.size() == GETS_MAX) {
                    throw TableException.validation(
                            "Too many items requested for the BatchGetItem call");
                }
                var one = new LinkedHashMap<Object, Object>(wanted);
                one.remove("Keys");
                one.put("TableName", table);
                one.put("Key", key);
                ItemReads.Planned planned = reads.plan(new Parameters(one));
                checkDistinct(seen, planned.key());
                gets.add(new Get(table, key, wanted, planned));
            }
        });
        return gets;
    }

    private List<Write> writes(Parameters request) {
        var planned = new ArrayList<Write>();
        var seen = new HashSet<ByteBuffer>();
        tables(request).forEach((name, value) -> {
            if (!(value instanceof List<?> requests)) {
                throw TableException.serialization(
                        "The value of 'RequestItems' must hold a list for each table");
            }
            for (Object each : requests) {
                if (planned.size() == WRITES_MAX) {
                    throw TableException.validation(
                            "Too many items requested for the BatchWriteItem call");
                }
                Planned write =
                        plan((String) name, new Parameters(Parameters.objectOf(ITEMS, each)));
                checkDistinct(seen, write.step().key());
                planned.add(new Write((String) name, write));
            }
        });
        return planned;
    }

    private Planned plan(String table, Parameters write) {
        Optional<Parameters> put = write.object("PutRequest");
        Optional<Parameters> delete = write.object("DeleteRequest");
        if (put.isPresent() == delete.isPresent()) {
            throw TableException.validation(
                    "A write request must contain exactly one of PutRequest and DeleteRequest");
        }
        return put.map(each -> writes.planPut(
                        new Parameters(Map.of("TableName", table, "Item", each.required("Item")))))
                .orElseGet(() -> writes.planDelete(new Parameters(
                        Map.of("TableName", table, "Key", delete.orElseThrow().required("Key")))));
    }

    private static Map<?, ?> tables(Parameters request) {
        Map<?, ?> tables = request.map(ITEMS).orElseThrow(() -> Parameters.mustNotBeNull(ITEMS));
        if (tables.isEmpty()) {
            throw TableException.validation(
                    "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy"
                            + " constraint: Member must have length greater than or equal to 1");
        }
        return tables;
    }

    private static void checkDistinct(Set<ByteBuffer> seen, byte[] key) {
        if (!seen.add(ByteBuffer.wrap(key))) {
            throw TableException.validation("Provided list of item keys contains duplicates");
        }
    }

    private static void leave(Map<String, Object> unprocessed, Get get) {
        @SuppressWarnings("unchecked")
        var request = (Map<Object, Object>) unprocessed.computeIfAbsent(get.table(), _ -> {
            var rest = new LinkedHashMap<Object, Object>(get.request());
            rest.put("Keys", new ArrayList<>());
            return rest;
        });
        @SuppressWarnings("unchecked")
        var keys = (List<Object>) request.get("Keys");
        keys.add(get.key());
    }

    @SuppressWarnings("unchecked")
    private static List<Object> listOf(Map<String, Object> responses, String table) {
        return (List<Object>) responses.computeIfAbsent(table, _ -> new ArrayList<>());
    }

    private static Optional<List<Object>> consumed(
            Capacity.Detail detail, Map<String, Double> units) {
        var consumed = new ArrayList<Object>();
        units.forEach(
                (table, sum) -> Capacity.consumed(detail, table, sum).ifPresent(consumed::add));
        return consumed.isEmpty() ? Optional.empty() : Optional.of(consumed);
    }
}
