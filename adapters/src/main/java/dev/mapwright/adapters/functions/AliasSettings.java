package dev.mapwright.adapters.functions;

import java.util.Map;
import java.util.random.RandomGenerator;

/// What can be set of an alias.
///
/// @param weights of versions besides `version`: the share of the calls that each gets, from 0 to 1
public record AliasSettings(String version, Map<String, Double> weights, String description) {
    public AliasSettings {
        weights = Map.copyOf(weights);
    }

    /// The version that one call goes to.
    String drawn(RandomGenerator chance) {
        double left = chance.nextDouble();
        for (Map.Entry<String, Double> other : weights.entrySet()) {
            left -= other.getValue();
            if (left < 0) {
                return other.getKey();
            }
        }
        return version;
    }

    boolean uses(String wanted) {
        return version.equals(wanted) || weights.containsKey(wanted);
    }
}
