package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.request.RefusedRequest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Topics and subscriptions. They change one at a time.
final class Catalog {
    /// Far below SNS's quotas; bounds what is held in memory.
    static final int TOPICS_MAX = 10_000;

    static final int SUBSCRIPTIONS_MAX = 10_000;

    private final KeyValueStore store;
    private final Space topicSpace;
    private final Space subscriptionSpace;
    private final ConcurrentNavigableMap<String, Topic> topics = new ConcurrentSkipListMap<>();

    /// By topic and id, so that those of one topic stand together.
    private final ConcurrentNavigableMap<String, Subscription> subscriptions =
            new ConcurrentSkipListMap<>();

    private final ReentrantLock changing = new ReentrantLock();

    Catalog(KeyValueStore store) {
        this.store = store;
        this.topicSpace = store.space("topics.definitions");
        this.subscriptionSpace = store.space("topics.subscriptions");
        load();
    }

    Topic topic(String name) {
        return findTopic(name).orElseThrow(SnsErrors::noSuchTopic);
    }

    Optional<Topic> findTopic(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    Stream<Topic> topics(Optional<String> after) {
        return after.map(name -> topics.tailMap(name, false)).orElse(topics).values().stream();
    }

    Optional<Subscription> findSubscription(String topic, String id) {
        return Optional.ofNullable(subscriptions.get(key(topic, id)));
    }

    List<Subscription> subscriptionsOf(String topic) {
        return List.copyOf(subscriptions.subMap(key(topic, ""), key(topic, "~")).values());
    }

    /// In order, behind the one with a key where one is given.
    Stream<Subscription> subscriptions(Optional<String> after) {
        return after
                .map(key -> subscriptions.tailMap(key, false))
                .orElse(subscriptions)
                .values()
                .stream();
    }

    static String key(Subscription subscription) {
        return key(subscription.topic(), subscription.id());
    }

    private static String key(String topic, String id) {
        return topic + ":" + id;
    }

    /// The topic of this name, `made` if there is none.
    Topic findOrCreate(Topic made) throws InterruptedException {
        changing.lock();
        try {
            Topic existing = topics.get(made.name());
            if (existing != null) {
                return existing;
            }
            if (topics.size() >= TOPICS_MAX) {
                throw new RefusedRequest(
                        "TopicLimitExceeded",
                        "Too many topics: at most %d can exist. Delete one first"
                                .formatted(TOPICS_MAX));
            }
            keep(made);
            return made;
        } finally {
            changing.unlock();
        }
    }

    void change(String topic, UnaryOperator<Topic> change) throws InterruptedException {
        changing.lock();
        try {
            keep(change.apply(topic(topic)));
        } finally {
            changing.unlock();
        }
    }

    /// With its subscriptions. There may be none of this name.
    void drop(String topic) throws InterruptedException {
        changing.lock();
        try {
            var batch = new Batch().delete(topicSpace, bytes(topic));
            List<Subscription> all = subscriptionsOf(topic);
            all.forEach(each -> batch.delete(subscriptionSpace, bytes(key(each))));
            store.commit(batch);
            topics.remove(topic);
            all.forEach(each -> subscriptions.remove(key(each)));
        } finally {
            changing.unlock();
        }
    }

    /// One of its topic that is like it, or else `made`, written in `batch`.
    Subscription findOrSubscribe(Subscription made, Predicate<Subscription> alike, Batch batch)
            throws InterruptedException {
        changing.lock();
        try {
            topic(made.topic());
            Optional<Subscription> existing =
                    subscriptionsOf(made.topic()).stream().filter(alike).findFirst();
            if (existing.isPresent()) {
                return existing.get();
            }
            if (subscriptions.size() >= SUBSCRIPTIONS_MAX) {
                throw new RefusedRequest(
                        "SubscriptionLimitExceeded",
                        "Too many subscriptions: at most %d can exist. Unsubscribe one first"
                                .formatted(SUBSCRIPTIONS_MAX));
            }
            // Before the write: its confirmation may be delivered before the write has returned.
            subscriptions.put(key(made), made);
            store.commit(batch.put(subscriptionSpace, bytes(key(made)), made.stored()));
            return made;
        } finally {
            changing.unlock();
        }
    }

    void change(Subscription subscription, UnaryOperator<Subscription> change)
            throws InterruptedException {
        changing.lock();
        try {
            String key = key(subscription);
            Subscription current = Optional.ofNullable(subscriptions.get(key))
                    .orElseThrow(SnsErrors::noSuchSubscription);
            Subscription changed = change.apply(current);
            store.commit(new Batch().put(subscriptionSpace, bytes(key), changed.stored()));
            subscriptions.put(key, changed);
        } finally {
            changing.unlock();
        }
    }

    void drop(Subscription subscription) throws InterruptedException {
        changing.lock();
        try {
            String key = key(subscription);
            store.commit(new Batch().delete(subscriptionSpace, bytes(key)));
            subscriptions.remove(key);
        } finally {
            changing.unlock();
        }
    }

    private void keep(Topic topic) throws InterruptedException {
        store.commit(new Batch().put(topicSpace, bytes(topic.name()), topic.stored()));
        topics.put(topic.name(), topic);
    }

    private void load() {
        forEach(topicSpace, stored -> {
            Topic topic = Topic.read(stored);
            topics.put(topic.name(), topic);
        });
        forEach(subscriptionSpace, stored -> {
            Subscription subscription = Subscription.read(stored);
            subscriptions.put(key(subscription), subscription);
        });
    }

    private static void forEach(Space space, Consumer<byte[]> reader) {
        try (Space.Scan scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                reader.accept(scan.value());
            }
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
