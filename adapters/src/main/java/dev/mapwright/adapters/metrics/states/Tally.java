package dev.mapwright.adapters.metrics.states;

import dev.mapwright.adapters.metrics.Samples;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Samples of a few metrics of one source, from very many strands: added up in stripes, which are
/// emptied together now and then.
final class Tally {
    /// A power of two; strands spread over them by their number.
    private static final int STRIPES = 8;

    private final List<Stripe> stripes;

    Tally(int metrics) {
        stripes = Stream.generate(() -> new Stripe(metrics)).limit(STRIPES).toList();
    }

    /// The stripe for this strand. Hold its lock while adding, so that what belongs together is
    /// taken together.
    Stripe mine() {
        return stripes.get((int) Thread.currentThread().threadId() & STRIPES - 1);
    }

    static final class Stripe {
        private final double[] counts;
        private final double[] sums;
        private final double[] minimums;
        private final double[] maximums;

        private Stripe(int metrics) {
            counts = new double[metrics];
            sums = new double[metrics];
            minimums = new double[metrics];
            maximums = new double[metrics];
        }

        void add(Enum<?> metric, double value) {
            int index = metric.ordinal();
            boolean first = counts[index] == 0;
            counts[index]++;
            sums[index] += value;
            minimums[index] = first ? value : Math.min(minimums[index], value);
            maximums[index] = first ? value : Math.max(maximums[index], value);
        }

        private synchronized void emptyInto(Samples[] all) {
            for (int index = 0; index < counts.length; index++) {
                if (counts[index] > 0) {
                    var own = new Samples(
                            counts[index], sums[index], minimums[index], maximums[index]);
                    all[index] = all[index] == null ? own : all[index].plus(own);
                }
            }
            Arrays.fill(counts, 0);
            Arrays.fill(sums, 0);
        }
    }

    /// By the metric's number; empties all stripes.
    List<Optional<Samples>> take() {
        var all = new Samples[stripes.getFirst().counts.length];
        stripes.forEach(stripe -> stripe.emptyInto(all));
        return Stream.of(all).map(Optional::ofNullable).toList();
    }
}
