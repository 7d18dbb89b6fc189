package dev.mapwright.adapters.events;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Fires rules when their time has come. A time that passed while no process ran is not made up
/// for.
final class Scheduler implements AutoCloseable {
    /// Schedules are of whole minutes. Rules change seldom, and a look at all of them is cheap.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final World world;
    private final KeyValueStore store;
    private final Catalog catalog;
    private final Bus bus;
    private Optional<Strand> strand = Optional.empty();

    Scheduler(World world, KeyValueStore store, Catalog catalog, Bus bus) {
        this.world = world;
        this.store = store;
        this.catalog = catalog;
        this.bus = bus;
    }

    void start() {
        strand = Optional.of(world.start("event schedules", this::run));
    }

    private void run() throws InterruptedException {
        Instant seen = world.now();
        while (true) {
            world.sleepUntil(earliest(seen, seen.plus(LOOK_AGAIN)));
            Instant now = world.now();
            fire(seen, now);
            seen = now;
        }
    }

    private Instant earliest(Instant seen, Instant atMost) {
        Instant earliest = atMost;
        for (Rule rule : catalog.rules()) {
            Instant next = next(rule, seen).orElse(earliest);
            earliest = next.isBefore(earliest) ? next : earliest;
        }
        return earliest;
    }

    /// Every rule whose time was behind `from` and not behind `to`, once.
    private void fire(Instant from, Instant to) throws InterruptedException {
        var batch = new Batch();
        for (Rule rule : catalog.rules()) {
            Optional<Instant> time = next(rule, from).filter(next -> !next.isAfter(to));
            time.ifPresent(due -> bus.fire(batch, rule, due));
        }
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
    }

    private static Optional<Instant> next(Rule rule, Instant after) {
        return switch (rule.state()) {
            case ENABLED -> rule.schedule().flatMap(each -> each.next(rule.created(), after));
            case DISABLED -> Optional.empty();
        };
    }

    @Override
    public void close() {
        strand.ifPresent(Strand::cancel);
    }
}
