package dev.mapwright.adapters.metrics;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One series in memory: the places that samples were added to lately, each with all its samples.
/// What is here overrides what is saved.
final class KeptSeries {
    private final long number;
    private final Map<Place, Samples> recent = new HashMap<>();
    private final Set<Place> unsaved = new HashSet<>();
    private Resolution resolution;
    private boolean described;
    private long newestSecond;

    /// @param newestSecond when the newest samples that are saved begin
    KeptSeries(long number, Resolution resolution, boolean described, long newestSecond) {
        this.number = number;
        this.resolution = resolution;
        this.described = described;
        this.newestSecond = newestSecond;
    }

    /// How many places are not saved that were before.
    int add(Resolution fineness, Instant at, Samples samples, SavedSeries saved) {
        if (fineness == Resolution.HIGH && resolution == Resolution.STANDARD) {
            resolution = Resolution.HIGH;
            described = false;
        }
        int before = unsaved.size();
        for (Tier tier : fineness.finest().andCoarser()) {
            Place place = Place.of(tier, at);
            Optional<Samples> others =
                    Optional.ofNullable(recent.get(place)).or(() -> saved.samples(number, place));
            recent.put(place, others.map(samples::plus).orElse(samples));
            unsaved.add(place);
        }
        newestSecond = Math.max(newestSecond, at.getEpochSecond());
        return unsaved.size() - before;
    }

    /// The samples in memory of one tier, by the second at which their places begin.
    Map<Long, Samples> recent(Tier tier, long fromSecond, long toSecond) {
        var found = new HashMap<Long, Samples>();
        recent.forEach((place, samples) -> {
            if (place.tier() == tier && place.second() >= fromSecond && place.second() < toSecond) {
                found.put(place.second(), samples);
            }
        });
        return found;
    }

    /// Hands over what is not saved, and counts it as saved.
    Map<Place, Samples> takeUnsaved() {
        var taken = new HashMap<Place, Samples>();
        unsaved.forEach(place -> taken.put(place, recent.get(place)));
        unsaved.clear();
        return taken;
    }

    /// Lets go of what can be read from the store by now.
    void forgetSaved() {
        recent.keySet().retainAll(unsaved);
    }

    /// Whether its description has to be saved; it counts as saved from here on.
    boolean takeUndescribed() {
        boolean had = described;
        described = true;
        return !had;
    }

    boolean hasUnsaved() {
        return !unsaved.isEmpty();
    }

    long number() {
        return number;
    }

    Resolution resolution() {
        return resolution;
    }

    long newestSecond() {
        return newestSecond;
    }
}
