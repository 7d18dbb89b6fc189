package dev.mapwright.engine.execution;

import dev.mapwright.engine.execution.Alias.Route;

import java.util.List;
import java.util.Optional;

/// Which routes an alias may have:
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html
final class Routing {
    static final int WEIGHT_SUM = 100;

    private static final String REASON = "INVALID_ROUTING_CONFIGURATION";

    private Routing() {}

    /// The state machine whose versions the routes lead to, all of them to the same.
    ///
    /// @param routes one or two
    static String machineArn(List<Route> routes) throws Refused {
        List<String> versionArns = routes.stream().map(Route::versionArn).toList();
        if (versionArns.stream().distinct().count() < versionArns.size()) {
            throw invalid(
                    "Routing configuration must contain distinct state machine version ARNs.",
                    versionArns);
        }
        List<Reference> references = versionArns.stream().map(Reference::of).toList();
        if (references.stream().anyMatch(one -> one.versionNumber().isEmpty())) {
            throw invalid(
                    "Routing configuration must contain state machine version ARNs.", versionArns);
        }
        List<Integer> weights = routes.stream().map(Route::weight).toList();
        if (weights.stream().mapToInt(Integer::intValue).sum() != WEIGHT_SUM) {
            throw invalid("Sum of routing configuration weights must equal 100.", weights);
        }
        List<String> machineArns =
                references.stream().map(Reference::machineArn).distinct().toList();
        if (machineArns.size() > 1) {
            throw invalid(
                    "Routing configuration must contain versions of one state machine only.",
                    versionArns);
        }
        return machineArns.getFirst();
    }

    private static Refused invalid(String rule, List<?> received) {
        return new Refused(
                "ValidationException",
                "%s Received: %s".formatted(rule, received),
                Optional.of(REASON));
    }
}
