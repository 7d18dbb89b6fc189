package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.tags.Tags;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
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
    private final Tags tags;

    /// Their descriptions by their names.
    private final ConcurrentNavigableMap<String, String> buses = new ConcurrentSkipListMap<>();

    private final ConcurrentNavigableMap<String, Rule> rules = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Catalog(KeyValueStore store) {
        this.store = store;
        this.busSpace = store.space("events.buses");
        this.ruleSpace = store.space("events.rules");
        this.tags = new Tags(store, "events.tags", EventErrors.LIMIT);
        load();
    }

    void requireBus(String bus) {
        if (!hasBus(bus)) {
            throw EventErrors.notFound("Event bus " + bus);
        }
    }

    boolean hasBus(String bus) {
        return bus.equals(EventOwner.DEFAULT_BUS) || buses.containsKey(bus);
    }

    List<String> buses() {
        return List.copyOf(buses.keySet());
    }

    /// Empty where there is none.
    String description(String bus) {
        return buses.getOrDefault(bus, "");
    }

    /// Of buses and rules, by their ARNs.
    Tags tags() {
        return tags;
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

    void createBus(String bus, String description, Tagged tagged) throws InterruptedException {
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
            writeBus(bus, description, tagged);
        } finally {
            changing.unlock();
        }
    }

    void describeBus(String bus, String description) throws InterruptedException {
        changing.lock();
        try {
            requireBus(bus);
            writeBus(bus, description, _ -> {});
        } finally {
            changing.unlock();
        }
    }

    private void writeBus(String bus, String description, Tagged tagged)
            throws InterruptedException {
        var batch = new Batch().put(busSpace, bytes(bus), bytes(description));
        tagged.addTo(batch);
        store.commit(batch);
        buses.put(bus, description);
    }

    /// Writes or drops the tags of something along with it.
    interface Tagged {
        void addTo(Batch batch);
    }

    /// One that is not there is no error.
    void deleteBus(String bus, Tagged untagged) throws InterruptedException {
        changing.lock();
        try {
            if (!rules(bus).isEmpty()) {
                throw EventErrors.invalid(
                        "Event bus %s can't be deleted since it has rules".formatted(bus));
            }
            var batch = new Batch().delete(busSpace, bytes(bus));
            untagged.addTo(batch);
            store.commit(batch);
            buses.remove(bus);
        } finally {
            changing.unlock();
        }
    }

    /// Made, or put in the place of the one that it is made of.
    ///
    /// @param tagged only a new one gets them, as on AWS
    Rule put(String bus, String name, Tagged tagged, UnaryOperator<Optional<Rule>> change)
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
            var batch = new Batch().put(ruleSpace, bytes(rule.key()), rule.stored());
            if (current.isEmpty()) {
                tagged.addTo(batch);
            }
            store.commit(batch);
            rules.put(rule.key(), rule);
            return rule;
        } finally {
            changing.unlock();
        }
    }

    void change(String bus, String name, UnaryOperator<Rule> change) throws InterruptedException {
        put(bus, name, _ -> {}, _ -> Optional.of(change.apply(rule(bus, name))));
    }

    /// One that is not there is no error.
    void deleteRule(String bus, String name, Tagged untagged) throws InterruptedException {
        changing.lock();
        try {
            Optional<Rule> rule = find(bus, name);
            if (rule.isPresent()) {
                if (!rule.get().targets().isEmpty()) {
                    throw EventErrors.invalid("Rule can't be deleted since it has targets");
                }
                var batch = new Batch().delete(ruleSpace, bytes(rule.get().key()));
                untagged.addTo(batch);
                store.commit(batch);
                rules.remove(rule.get().key());
            }
        } finally {
            changing.unlock();
        }
    }

    private void load() {
        try (Space.Scan scan = busSpace.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                buses.put(text(scan.key()), text(scan.value()));
            }
        }
        try (Space.Scan scan = ruleSpace.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                Rule rule = Rule.read(scan.value());
                rules.put(rule.key(), rule);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
