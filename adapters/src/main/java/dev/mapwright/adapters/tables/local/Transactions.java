package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.ItemStore.Changed;
import dev.mapwright.adapters.tables.local.ItemStore.UnderWay;
import dev.mapwright.adapters.tables.local.ItemWrites.Planned;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.ItemSize;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// TransactWriteItems and TransactGetItems: all or nothing, at one moment.
final class Transactions {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    static final int ACTIONS_MAX = 100;

    private static final Set<String> WRITE = Set.of(
            "TransactItems",
            Capacity.PARAMETER,
            "ReturnItemCollectionMetrics",
            "ClientRequestToken");
    private static final Set<String> GET = Set.of("TransactItems", Capacity.PARAMETER);

    private final ItemReads reads;
    private final ItemWrites writes;
    private final ItemStore items;
    private final TransactionTokens tokens;

    Transactions(ItemReads reads, ItemWrites writes, ItemStore items, InstantSource clock) {
        this.reads = reads;
        this.writes = writes;
        this.items = items;
        this.tokens = new TransactionTokens(clock);
    }

    Map<String, Object> write(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("TransactWriteItems", WRITE);
        Capacity.Detail detail = Capacity.detail(request);
        List<Planned> planned = actions(request).stream().map(this::plan).toList();
        checkDistinct(planned.stream().map(each -> each.step().key()));
        List<Changed> changes = applyOnce(
                request.text("ClientRequestToken"), members.get("TransactItems"), planned);
        var units = new LinkedHashMap<String, Double>();
        for (int i = 0; i < changes.size(); i++) {
            units.merge(
                    planned.get(i).step().table().definition().name(),
                    2 * ItemWrites.writeUnits(changes.get(i)),
                    Double::sum);
        }
        return answer(detail, units);
    }

    Map<String, Object> get(Map<String, Object> members) throws InterruptedException {
        Parameters request = new Parameters(members).accepting("TransactGetItems", GET);
        Capacity.Detail detail = Capacity.detail(request);
        List<ItemReads.Planned> planned = actions(request).stream()
                .map(action -> reads.plan(
                        action.object("Get").orElseThrow(() -> Parameters.mustNotBeNull("Get"))))
                .toList();
        checkDistinct(planned.stream().map(ItemReads.Planned::key));
        List<Optional<M>> found =
                items.readTogether(planned.stream().map(ItemReads.Planned::key).toList());
        var responses = new ArrayList<Object>();
        var units = new LinkedHashMap<String, Double>();
        for (int i = 0; i < planned.size(); i++) {
            ItemReads.Planned each = planned.get(i);
            responses.add(found.get(i)
                    .map(item -> Map.<String, Object>of(
                            "Item", AttributeJson.writeItem(each.projected(item))))
                    .orElse(Map.of()));
            int bytes = found.get(i).map(ItemSize::of).orElse(0);
            units.merge(each.table().definition().name(), 2 * Capacity.read(bytes), Double::sum);
        }
        Map<String, Object> response = answer(detail, units);
        response.put("Responses", responses);
        return response;
    }

    private static List<Parameters> actions(Parameters request) {
        request.required("TransactItems");
        List<Parameters> actions = request.objects("TransactItems");
        if (actions.isEmpty() || actions.size() > ACTIONS_MAX) {
            throw TableException.validation(
                    ("1 validation error detected: Value of %d actions at 'transactItems' failed"
                                    + " to satisfy constraint: Member must have length from 1 to %d")
                            .formatted(actions.size(), ACTIONS_MAX));
        }
        return actions;
    }

    private Planned plan(Parameters action) {
        List<String> kinds = Stream.of("ConditionCheck", "Put", "Delete", "Update")
                .filter(action::has)
                .toList();
        if (kinds.size() != 1) {
            throw TableException.validation(
                    "TransactItems can only contain one of Check, Put, Update or Delete");
        }
        Parameters request = action.object(kinds.getFirst()).orElseThrow();
        return switch (kinds.getFirst()) {
            case "ConditionCheck" -> writes.planCheck(request);
            case "Put" -> writes.planPut(request);
            case "Delete" -> writes.planDelete(request);
            default -> writes.planUpdate(request);
        };
    }

    /// Nothing, when the token says that it was done before.
    private List<Changed> applyOnce(Optional<String> token, Object actions, List<Planned> planned)
            throws InterruptedException {
        if (token.isEmpty()) {
            return apply(planned);
        }
        return switch (tokens.claim(token.get(), actions)) {
            case COMPLETED -> List.of();
            case NEW -> {
                try {
                    List<Changed> changes = apply(planned);
                    tokens.complete(token.get(), actions);
                    yield changes;
                } catch (TableException | InterruptedException e) {
                    tokens.release(token.get());
                    throw e;
                }
            }
        };
    }

    private List<Changed> apply(List<Planned> planned) throws InterruptedException {
        UnderWay underWay =
                items.begin(planned.stream().map(Planned::step).toList(), Transactions::cancelled);
        items.finish(underWay);
        return underWay.changes();
    }

    private static TableException cancelled(List<Optional<TableException>> refusals) {
        List<Map<String, Object>> reasons =
                refusals.stream().map(Transactions::reason).toList();
        String codes = String.join(
                ", ",
                reasons.stream().map(reason -> (String) reason.get("Code")).toList());
        return new TableException(
                "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons [%s]"
                        .formatted(codes),
                Map.of("CancellationReasons", reasons));
    }

    private static Map<String, Object> reason(Optional<TableException> refusal) {
        if (refusal.isEmpty()) {
            return Map.of("Code", "None");
        }
        var reason = new LinkedHashMap<String, Object>();
        reason.put(
                "Code",
                switch (refusal.get().code()) {
                    case "ConditionalCheckFailedException" -> "ConditionalCheckFailed";
                    case "ValidationException" -> "ValidationError";
                    default -> refusal.get().code();
                });
        reason.put("Message", refusal.get().getMessage());
        reason.putAll(refusal.get().extra());
        return reason;
    }

    private static void checkDistinct(Stream<byte[]> keys) {
        var seen = new HashSet<ByteBuffer>();
        keys.forEach(key -> {
            if (!seen.add(ByteBuffer.wrap(key))) {
                throw TableException.validation(
                        "Transaction request cannot include multiple operations on one item");
            }
        });
    }

    private static Map<String, Object> answer(Capacity.Detail detail, Map<String, Double> units) {
        var consumed = new ArrayList<Object>();
        units.forEach(
                (table, sum) -> Capacity.consumed(detail, table, sum).ifPresent(consumed::add));
        var response = new LinkedHashMap<String, Object>();
        if (!consumed.isEmpty()) {
            response.put("ConsumedCapacity", consumed);
        }
        return response;
    }
}
