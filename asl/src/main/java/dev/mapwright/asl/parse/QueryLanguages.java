package dev.mapwright.asl.parse;

import java.util.List;

/// Which language a machine and each of its states is written in.
final class QueryLanguages {
    private static final String FIELD = "QueryLanguage";

    private QueryLanguages() {}

    static Language ofMachine(Node machine, Language around) {
        return chosen(machine, around);
    }

    /// A state may be written in JSONata within a JSONPath machine, but not the other way round.
    static Language ofState(Node state, Language machine) {
        Language chosen = chosen(state, machine);
        if (chosen == Language.JSON_PATH && machine == Language.JSONATA) {
            state.error(
                    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
        }
        return chosen;
    }

    private static Language chosen(Node node, Language around) {
        if (!node.has(FIELD)) {
            return around;
        }
        List<String> known = List.of(Language.JSON_PATH.title(), Language.JSONATA.title());
        return node.oneOf(FIELD, known)
                .map(title -> title.equals(Language.JSONATA.title())
                        ? Language.JSONATA
                        : Language.JSON_PATH)
                .orElse(around);
    }
}
