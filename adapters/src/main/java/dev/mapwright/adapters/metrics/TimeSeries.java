package dev.mapwright.adapters.metrics;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// All metrics. Samples are added up in memory and saved by [#save]; a crash loses what came since.
public final class TimeSeries {
    /// A series costs some 500 bytes of memory.
    public static final int SERIES_MAX = 100_000;

    /// Above it, who adds samples saves them.
    private static final int UNSAVED_PLACES_MAX = 100_000;

    /// How many changes a sweep writes at a time.
    private static final int SWEPT_SERIES_PER_BATCH = 1_000;

    private final SavedSeries saved;
    private final Map<Series, KeptSeries> kept = new HashMap<>();
    private final ReentrantLock saving = new ReentrantLock();
    private long lastNumber;
    private int unsavedPlaces;

    public TimeSeries(KeyValueStore store) {
        this.saved = new SavedSeries(store);
        saved.each(one -> {
            long newest = saved.newestSecond(one.number()).orElse(0);
            kept.put(one.series(), new KeptSeries(one.number(), one.resolution(), true, newest));
            lastNumber = Math.max(lastNumber, one.number());
        });
    }

    public void add(Series series, Resolution resolution, Instant at, Samples samples)
            throws TooManySeries, InterruptedException {
        boolean full;
        synchronized (kept) {
            KeptSeries one = kept.get(series);
            if (one == null) {
                if (kept.size() >= SERIES_MAX) {
                    throw new TooManySeries(series);
                }
                one = new KeptSeries(++lastNumber, resolution, false, 0);
                kept.put(series, one);
            }
            unsavedPlaces += one.add(resolution, at, samples, saved);
            full = unsavedPlaces > UNSAVED_PLACES_MAX;
        }
        if (full) {
            save();
        }
    }

    /// Writes what was added since the last time, and waits until it is durable.
    public void save() throws InterruptedException {
        saving.lockInterruptibly();
        try {
            var batch = new Batch();
            List<KeptSeries> written = collect(batch);
            if (!batch.isEmpty()) {
                saved.commit(batch);
                synchronized (kept) {
                    written.forEach(KeptSeries::forgetSaved);
                }
            }
        } finally {
            saving.unlock();
        }
    }

    private List<KeptSeries> collect(Batch batch) {
        var written = new ArrayList<KeptSeries>();
        synchronized (kept) {
            kept.forEach((series, one) -> {
                if (one.hasUnsaved()) {
                    written.add(one);
                    if (one.takeUndescribed()) {
                        saved.putSeries(
                                batch,
                                one.number(),
                                SavedSeries.document(series, one.resolution()));
                    }
                    one.takeUnsaved()
                            .forEach((place, samples) ->
                                    saved.putSamples(batch, one.number(), place, samples));
                }
            });
            unsavedPlaces = 0;
        }
        return written;
    }

    /// The periods that have samples, oldest first; with several units, one unit after the other.
    public List<Datapoint> read(MetricQuery query) {
        var found = new ArrayList<Datapoint>();
        for (Unit unit : query.unit().map(List::of).orElse(List.of(Unit.values()))) {
            found.addAll(read(query, unit));
        }
        return found;
    }

    /// As `read`, with the samples of all units of a period taken together.
    public List<Datapoint> readTogether(MetricQuery query) {
        var periods = new TreeMap<Instant, Datapoint>();
        for (Datapoint point : read(query)) {
            periods.merge(
                    point.at(),
                    point,
                    (one, other) -> new Datapoint(
                            one.at(), one.samples().plus(other.samples()), one.unit()));
        }
        return List.copyOf(periods.values());
    }

    private List<Datapoint> read(MetricQuery query, Unit unit) {
        long from = query.start().getEpochSecond();
        long to = from + query.periods() * query.periodSeconds();
        Optional<KeptSeries> known;
        Tier tier = Tier.forPeriods(from, query.periodSeconds());
        Map<Long, Samples> recent = Map.of();
        synchronized (kept) {
            known = Optional.ofNullable(kept.get(new Series(query.metric(), unit)));
            if (known.isPresent()) {
                if (tier == Tier.SECOND && known.get().resolution() == Resolution.STANDARD) {
                    tier = Tier.MINUTE;
                }
                recent = known.get().recent(tier, from, to);
            }
        }
        if (known.isEmpty()) {
            return List.of();
        }
        SortedMap<Long, Samples> places = saved.samples(known.get().number(), tier, from, to);
        places.putAll(recent);
        return byPeriod(query, unit, places);
    }

    private static List<Datapoint> byPeriod(
            MetricQuery query, Unit unit, SortedMap<Long, Samples> places) {
        long from = query.start().getEpochSecond();
        var periods = new TreeMap<Long, Samples>();
        places.forEach((second, samples) -> {
            long period = from + (second - from) / query.periodSeconds() * query.periodSeconds();
            periods.merge(period, samples, Samples::plus);
        });
        return periods.entrySet().stream()
                .map(period -> new Datapoint(
                        Instant.ofEpochSecond(period.getKey()), period.getValue(), unit))
                .toList();
    }

    /// Those that have had samples since, in order.
    public List<Metric> metrics(Predicate<Metric> wanted, Instant activeSince) {
        synchronized (kept) {
            return kept.entrySet().stream()
                    .filter(one -> one.getValue().newestSecond() >= activeSince.getEpochSecond())
                    .map(one -> one.getKey().metric())
                    .filter(wanted)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /// Drops samples that are older than their tier keeps them, and series without any.
    public void sweep(Instant now) throws InterruptedException {
        List<Map.Entry<Series, KeptSeries>> all;
        synchronized (kept) {
            all = List.copyOf(kept.entrySet());
        }
        for (int from = 0; from < all.size(); from += SWEPT_SERIES_PER_BATCH) {
            int to = Math.min(all.size(), from + SWEPT_SERIES_PER_BATCH);
            sweep(all.subList(from, to), now);
        }
    }

    private void sweep(List<Map.Entry<Series, KeptSeries>> some, Instant now)
            throws InterruptedException {
        saving.lockInterruptibly();
        try {
            var batch = new Batch();
            for (Map.Entry<Series, KeptSeries> one : some) {
                for (Tier tier : Tier.values()) {
                    saved.dropBefore(batch, one.getValue().number(), tier, tier.oldestSecond(now));
                }
                synchronized (kept) {
                    if (one.getValue().newestSecond() < Tier.HOUR.oldestSecond(now)) {
                        kept.remove(one.getKey());
                        saved.drop(batch, one.getValue().number());
                    }
                }
            }
            saved.commit(batch);
        } finally {
            saving.unlock();
        }
    }
}
