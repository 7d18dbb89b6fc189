package dev.mapwright.adapters.metrics.states;

import dev.mapwright.engine.journal.HistoryEvent.Flavor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who has metrics of their own.
sealed interface Source {
    /// The combinations of dimensions under which its samples are kept, each of them a metric of
    /// its own; none at all stands for the account.
    List<Map<String, String>> dimensions();

    /// What tells it from all others.
    Map<String, String> identity();

    List<MetricName> metrics();

    /// A state machine; for children of a map run with the Map state's label.
    ///
    /// @param versionArn of the version that its executions were started with
    /// @param aliasArn likewise
    record Machine(String arn, Optional<String> versionArn, Optional<String> aliasArn)
            implements Source {
        private static final String MACHINE = "StateMachineArn";

        @Override
        public List<Map<String, String>> dimensions() {
            var all = new ArrayList<Map<String, String>>();
            all.add(Map.of());
            all.add(Map.of(MACHINE, arn));
            versionArn.ifPresent(
                    version -> all.add(Map.of(MACHINE, arn, "Version", lastPart(version))));
            aliasArn.ifPresent(alias -> all.add(Map.of(MACHINE, arn, "Alias", lastPart(alias))));
            return all;
        }

        @Override
        public Map<String, String> identity() {
            var identity = new LinkedHashMap<String, String>();
            identity.put(MACHINE, arn);
            versionArn.ifPresent(version -> identity.put("Version", lastPart(version)));
            aliasArn.ifPresent(alias -> identity.put("Alias", lastPart(alias)));
            return identity;
        }

        @Override
        public List<MetricName> metrics() {
            return ExecutionMetric.NAMES;
        }

        private static String lastPart(String arn) {
            return arn.substring(arn.lastIndexOf(':') + 1);
        }
    }

    /// What Tasks call.
    record Resource(Flavor flavor, String arn) implements Source {
        @Override
        public List<Map<String, String>> dimensions() {
            return switch (flavor) {
                case ACTIVITY -> List.of(Map.of(), identity());
                case LAMBDA, TASK -> List.of(identity());
            };
        }

        @Override
        public Map<String, String> identity() {
            return Map.of(TaskMetric.dimension(flavor), arn);
        }

        @Override
        public List<MetricName> metrics() {
            return TaskMetric.names(flavor);
        }
    }
}
