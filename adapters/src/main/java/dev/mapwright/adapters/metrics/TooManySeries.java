package dev.mapwright.adapters.metrics;

/// A metric came that there is no room for.
public final class TooManySeries extends Exception {
    TooManySeries(Series refused) {
        super(
                ("Mapwright keeps %,d metrics at most, each combination of dimensions and unit counted:"
                                + " there is no room for %s in %s. Use fewer dimension values.")
                        .formatted(
                                TimeSeries.SERIES_MAX,
                                refused.metric().name(),
                                refused.metric().namespace()));
    }
}
