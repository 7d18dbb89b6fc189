package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.outbox.Deliveries;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Makes events, and finds who gets them.
final class Bus {
    private final Catalog catalog;
    private final EventOwner owner;
    private final Deliveries deliveries;
    private final Supplier<UUID> ids;

    Bus(Catalog catalog, EventOwner owner, Deliveries deliveries, Supplier<UUID> ids) {
        this.catalog = catalog;
        this.owner = owner;
        this.deliveries = deliveries;
        this.ids = ids;
    }

    /// Has the event delivered once `batch` is written. Returns its id.
    String put(Batch batch, String bus, News news) {
        String id = ids.get().toString();
        Map<String, Object> event = event(id, news);
        for (Rule rule : catalog.rules(bus)) {
            if (rule.wants(event)) {
                deliver(batch, rule, event);
            }
        }
        return id;
    }

    /// An event for the targets of one rule, whose time has come.
    void fire(Batch batch, Rule rule, Instant time) {
        var news = new News(
                "aws.events",
                "Scheduled Event",
                Map.of(),
                List.of(owner.ruleArn(rule.bus(), rule.name())),
                time);
        deliver(batch, rule, event(ids.get().toString(), news));
    }

    private void deliver(Batch batch, Rule rule, Map<String, Object> event) {
        String ruleArn = owner.ruleArn(rule.bus(), rule.name());
        for (Target target : rule.targets()) {
            String id = idFor((String) event.get("id"), ruleArn, target);
            var parcel = new Parcel(
                    id,
                    ruleArn,
                    target.arn(),
                    target.input(event, rule.name(), ruleArn),
                    target.messageGroup(),
                    target.deadLetterQueue(),
                    target.patience());
            deliveries.add(batch, parcel.stored(), "");
        }
    }

    private static String idFor(String event, String ruleArn, Target target) {
        String all = event + " " + ruleArn + " " + target.id();
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Map<String, Object> event(String id, News news) {
        var event = new LinkedHashMap<String, Object>();
        event.put("version", "0");
        event.put("id", id);
        event.put("detail-type", news.detailType());
        event.put("source", news.source());
        event.put("account", owner.account());
        event.put("time", news.time().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", owner.region());
        event.put("resources", news.resources());
        event.put("detail", news.detail());
        return event;
    }
}
