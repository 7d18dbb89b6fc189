package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.outbox.Deliveries;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.engine.world.World;

import java.util.List;
import java.util.Map;

/// The built-in EventBridge: one method takes every operation's request and gives its response,
/// both as the plain trees of EventBridge's JSON.
///
/// An event that was acknowledged reaches the targets of all rules that want it at least once, also
/// over a crash: what is on its way is kept in the store.
public final class Events implements AutoCloseable {
    private final Catalog catalog;
    private final Deliveries deliveries;
    private final Bus bus;
    private final Scheduler scheduler;
    private final Putting putting;
    private final Ruling ruling;
    private final Buses buses;
    private final Tagging tagging;

    /// @param store where rules and pending deliveries are kept, in spaces of their own
    public Events(World world, KeyValueStore store, EventOwner owner, Targets targets) {
        this.catalog = new Catalog(store);
        this.deliveries = new Deliveries(world, store, "events.pending", new Recipients(targets));
        this.bus = new Bus(catalog, owner, deliveries, world::uuid);
        this.scheduler = new Scheduler(world, store, catalog, bus);
        this.putting = new Putting(store, catalog, owner, bus, world::now);
        this.tagging = new Tagging(catalog, owner);
        this.ruling = new Ruling(catalog, owner, tagging, world::now);
        this.buses = new Buses(catalog, owner, tagging);
    }

    /// Begins to deliver, with what a former process left, and to fire schedules. Once, when the
    /// targets can be reached.
    public void start() {
        deliveries.start();
        scheduler.start();
    }

    /// Whether there is any rule at all, and so anybody to announce something to.
    public boolean isHeard() {
        return !catalog.isEmpty();
    }

    /// Puts an event of AWS's own on the default bus: it is durable as soon as `batch` is.
    public void announce(Batch batch, News news) {
        bus.put(batch, EventOwner.DEFAULT_BUS, news);
    }

    /// Carries out one operation.
    ///
    /// @param operation `PutEvents`
    /// @param request a tree that nobody changes any more; so is the response
    /// @throws RefusedRequest with EventBridge's error name and message;
    ///     `UnknownOperationException` for an operation that isn't supported
    public Map<String, Object> call(String operation, Map<String, Object> request)
            throws InterruptedException {
        var members = new RequestMembers(request, new EventErrors());
        return switch (operation) {
            case "PutEvents" -> putting.put(members, list(request, "Entries"));
            case "PutRule" -> ruling.put(members);
            case "DescribeRule" -> ruling.describe(members);
            case "ListRules" -> ruling.list(members);
            case "ListRuleNamesByTarget" -> ruling.listNames(members);
            case "EnableRule" -> ruling.enable(members);
            case "DisableRule" -> ruling.disable(members);
            case "DeleteRule" -> ruling.delete(members);
            case "PutTargets" -> ruling.putTargets(members, list(request, "Targets"));
            case "RemoveTargets" -> ruling.removeTargets(members);
            case "ListTargetsByRule" -> ruling.listTargets(members);
            case "TestEventPattern" -> ruling.test(members);
            case "CreateEventBus" -> buses.create(members);
            case "DeleteEventBus" -> buses.delete(members);
            case "DescribeEventBus" -> buses.describe(members);
            case "ListEventBuses" -> buses.list(members);
            case "UpdateEventBus" -> buses.update(members);
            case "TagResource" -> tagging.tag(members);
            case "UntagResource" -> tagging.untag(members);
            case "ListTagsForResource" -> tagging.list(members);
            case "CreateConnection",
                    "DescribeConnection",
                    "ListConnections",
                    "UpdateConnection",
                    "DeleteConnection" ->
                throw new RefusedRequest(
                        "UnknownOperationException",
                        "The operation '%s' is not supported by Mapwright's EventBridge. Connections of HTTP Tasks are set in the configuration: connection.NAME.type and what belongs to it."
                                .formatted(operation));
            default ->
                throw new RefusedRequest(
                        "UnknownOperationException",
                        "The operation '%s' is not supported by Mapwright's EventBridge"
                                .formatted(operation));
        };
    }

    private static List<?> list(Map<String, Object> request, String member) {
        return request.get(member) instanceof List<?> list ? list : List.of();
    }

    @Override
    public void close() {
        scheduler.close();
        deliveries.close();
    }
}
