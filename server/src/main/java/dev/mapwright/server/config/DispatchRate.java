package dev.mapwright.server.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How fast the map runs of one label start children.
///
/// @param perSecond above 0
/// @param rampUp how long the rate takes to rise from nothing
public record DispatchRate(double perSecond, Duration rampUp) {
    static final String PER_SECOND = "perSecond";
    static final String RAMP_UP_SECONDS = "rampUpSeconds";

    private static final double PER_SECOND_MAX = 1_000_000;
    private static final double RAMP_UP_SECONDS_MAX = Duration.ofDays(1).toSeconds();
    private static final double MILLIS = 1_000;

    /// From `dispatch.LABEL.perSecond` and `dispatch.LABEL.rampUpSeconds`, by label.
    ///
    /// @param settings by what follows `dispatch.`
    static Map<String, DispatchRate> of(Map<String, String> settings, String origin)
            throws InvalidConfiguration {
        var rates = new TreeMap<String, DispatchRate>();
        for (String name : settings.keySet()) {
            int dot = name.lastIndexOf('.');
            String label = name.substring(0, Math.max(0, dot));
            String what = name.substring(dot + 1);
            if (label.isEmpty() || !(what.equals(PER_SECOND) || what.equals(RAMP_UP_SECONDS))) {
                throw new InvalidConfiguration(
                        "%s: there is no setting '%s'. There are: dispatch.LABEL.%s, dispatch.LABEL.%s."
                                .formatted(
                                        origin,
                                        Family.DISPATCH.key(name),
                                        PER_SECOND,
                                        RAMP_UP_SECONDS));
            }
            if (!settings.containsKey(label + "." + PER_SECOND)) {
                throw new InvalidConfiguration("The setting %s (%s) needs %s beside it."
                        .formatted(
                                Family.DISPATCH.key(name),
                                origin,
                                Family.DISPATCH.key(label + "." + PER_SECOND)));
            }
            rates.put(label, of(label, settings, origin));
        }
        return Map.copyOf(rates);
    }

    private static DispatchRate of(String label, Map<String, String> settings, String origin)
            throws InvalidConfiguration {
        String rate = label + "." + PER_SECOND;
        double perSecond = number(settings.get(rate))
                .filter(number -> number > 0 && number <= PER_SECOND_MAX)
                .orElseThrow(() ->
                        invalid(rate, settings, origin, "a number above 0 and at most 1000000"));
        String ramp = label + "." + RAMP_UP_SECONDS;
        double seconds = number(settings.getOrDefault(ramp, "0"))
                .filter(number -> number >= 0 && number <= RAMP_UP_SECONDS_MAX)
                .orElseThrow(() ->
                        invalid(ramp, settings, origin, "a number of seconds from 0 to 86400"));
        return new DispatchRate(perSecond, Duration.ofMillis(Math.round(seconds * MILLIS)));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static InvalidConfiguration invalid(
            String name, Map<String, String> settings, String origin, String form) {
        return InvalidConfiguration.of(Family.DISPATCH.key(name), settings.get(name), origin, form);
    }
}
