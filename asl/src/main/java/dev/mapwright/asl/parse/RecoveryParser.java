package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.Catcher;
import dev.mapwright.asl.definition.Recovery;
import dev.mapwright.asl.definition.Retrier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `Retry` and `Catch`.
final class RecoveryParser {
    static final Set<String> RETRIER_FIELDS = Set.of(
            "ErrorEquals",
            "IntervalSeconds",
            "MaxAttempts",
            "BackoffRate",
            "MaxDelaySeconds",
            "JitterStrategy",
            "Comment");
    static final Set<String> CATCHER_FIELDS =
            Set.of("ErrorEquals", "Next", "ResultPath", "Assign", "Output", "Comment");

    private static final long SECONDS_MAX = 99_999_999;
    private static final long DELAY_SECONDS_MAX = 31_622_400;

    private RecoveryParser() {}

    static Recovery recovery(Node state, Language language) {
        if (!state.has("Retry") && !state.has("Catch")) {
            return Recovery.NONE;
        }
        return new Recovery(retriers(state, language), catchers(state, language));
    }

    private static List<Retrier> retriers(Node state, Language language) {
        var retriers = new ArrayList<Retrier>();
        List<Node> entries = entries(state, "Retry");
        for (Node entry : entries) {
            entry.allow(RETRIER_FIELDS, language);
            retriers.add(new Retrier(
                    errors(entry, entry == entries.getLast()),
                    Duration.ofSeconds(Numbers.whole(entry, "IntervalSeconds", 0, SECONDS_MAX)
                            .orElse(1L)),
                    Numbers.real(entry, "BackoffRate", 1.0).orElse(2.0),
                    Math.toIntExact(
                            Numbers.whole(entry, "MaxAttempts", 0, SECONDS_MAX).orElse(3L)),
                    Numbers.whole(entry, "MaxDelaySeconds", 1, DELAY_SECONDS_MAX)
                            .map(Duration::ofSeconds),
                    entry.oneOf("JitterStrategy", List.of("NONE", "FULL"))
                            .equals(Optional.of("FULL"))));
        }
        return retriers;
    }

    private static List<Catcher> catchers(Node state, Language language) {
        var catchers = new ArrayList<Catcher>();
        List<Node> entries = entries(state, "Catch");
        for (Node entry : entries) {
            entry.allow(CATCHER_FIELDS, language);
            catchers.add(new Catcher(
                    errors(entry, entry == entries.getLast()),
                    language.catcher(entry, state),
                    entry.requiredText("Next")));
        }
        return catchers;
    }

    /// An empty list of retriers or catchers is as good as none.
    private static List<Node> entries(Node state, String field) {
        return state.raw(field) instanceof List<?> list && list.isEmpty()
                ? List.of()
                : state.objects(field);
    }

    private static List<String> errors(Node entry, boolean last) {
        entry.require(List.of("ErrorEquals"));
        List<String> errors = entry.texts("ErrorEquals");
        if (errors.contains("States.ALL") && (errors.size() > 1 || !last)) {
            entry.errorAt("ErrorEquals", "States.ALL must appear alone and at end of list");
        }
        return errors;
    }
}
