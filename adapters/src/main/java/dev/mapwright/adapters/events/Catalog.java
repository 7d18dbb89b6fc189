package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.request.RefusedRequest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// Event buses and their rules. They change one at a time.
final class Catalog {
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    static final int BUSES_MAX = 100;

    static final int RULES_MAX = 300;

    private final KeyValueStore store;
    private final Space busSpace;
    private final Space ruleSpace;
    private final NavigableSet<String> buses = new ConcurrentSkipListSet<>();
    private final ConcurrentNavigableMap<String, Rule> rules = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Catalog(KeyValueStore store) {
        this.store = store;
        this.busSpace = store.space("events.buses");
        this.ruleSpace = store.space("events.rules");
        load();
    }

    void requireBus(String bus) {
        if (!hasBus(bus)) {
            throw EventErrors.notFound("Event bus " + bus);
        }
    }

    boolean hasBus(String bus) {
        return bus.equals(EventOwner.DEFAULT_BUS) || buses.contains(bus);
    }

    List<String> buses() {
        return List.copyOf(buses);
    }

    Rule rule(String bus, String name) {
        return find(bus, name)
                .orElseThrow(
                        () -> EventErrors.notFound("Rule %s on EventBus %s".formatted(name, bus)));
    }

    Optional<Rule> find(String bus, String name) {
        return Optional.ofNullable(rules.get(bus + "/" + name));
    }

    /// In order of their names.
    List<Rule> rules(String bus) {
        return List.copyOf(rules.subMap(bus + "/", bus + "0").values());
    }

    /// Of all buses.
    List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    void createBus(String bus) throws InterruptedException {
        changing.lock();
        try {
            if (hasBus(bus)) {
                throw new RefusedRequest(
                        "ResourceAlreadyExistsException",
                        "Event bus %s already exists.".formatted(bus));
            }
            if (buses.size() >= BUSES_MAX) {
                throw EventErrors.limit("There can be at most %d event buses".formatted(BUSES_MAX));
            }
            store.commit(new Batch().put(busSpace, bytes(bus), new byte[0]));
            buses.add(bus);
        } finally {
            changing.unlock();
        }
    }

    /// One that is not there is no error.
    void deleteBus(String bus) throws InterruptedException {
        changing.lock();
        try {
            if (!rules(bus).isEmpty()) {
                throw EventErrors.invalid(
                        "Event bus %s can't be deleted since it has rules".formatted(bus));
            }
            store.commit(new Batch().delete(busSpace, bytes(bus)));
            buses.remove(bus);
        } finally {
            changing.unlock();
        }
    }

    /// Made, or put in the place of the one that it is made of.
    Rule put(String bus, String name, UnaryOperator<Optional<Rule>> change)
            throws InterruptedException {
        changing.lock();
        try {
            requireBus(bus);
            Optional<Rule> current = find(bus, name);
            Rule rule = change.apply(current).orElseThrow();
            if (current.isEmpty() && rules(bus).size() >= RULES_MAX) {
                throw EventErrors.limit(
                        "An event bus can have at most %d rules".formatted(RULES_MAX));
            }
            store.commit(new Batch().put(ruleSpace, bytes(rule.key()), rule.stored()));
            rules.put(rule.key(), rule);
            return rule;
        } finally {
            changing.unlock();
        }
    }

    void change(String bus, String name, UnaryOperator<Rule> change) throws InterruptedException {
        put(bus, name, _ -> Optional.of(change.apply(rule(bus, name))));
    }

    /// One that is not there is no error.
    void deleteRule(String bus, String name) throws InterruptedException {
        changing.lock();
        try {
            Optional<Rule> rule = find(bus, name);
            if (rule.isPresent()) {
                if (!rule.get().targets().isEmpty()) {
                    throw EventErrors.invalid("Rule can't be deleted since it has targets");
                }
                store.commit(new Batch().delete(ruleSpace, bytes(rule.get().key())));
                rules.remove(rule.get().key());
            }
        } finally {
            changing.unlock();
        }
    }

    private void load() {
        try (Space.Scan scan = busSpace.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                buses.add(new String(scan.key(), StandardCharsets.UTF_8));
            }
        }
        try (Space.Scan scan = ruleSpace.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                Rule rule = Rule.read(scan.value());
                rules.put(rule.key(), rule);
            }
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
