package dev.mapwright.asl.parse;

import java.util.List;

/// Which language a machine and each of its states is written in.
final class QueryLanguages {
    private static final String FIELD = "QueryLanguage";

    private QueryLanguages() {}

    /// What is written in JSONata may stand within what is written in JSONPath, but not the other
    /// way round.
    ///
    /// @param node a state, a branch or an item processor
    static Language within(Node node, Language around) {
        Language chosen = of(node, around);
        if (chosen == Language.JSON_PATH && around == Language.JSONATA) {
            node.error(
                    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
        }
        return chosen;
    }

    /// @param otherwise where nothing is chosen
    static Language of(Node node, Language otherwise) {
        if (!node.has(FIELD)) {
            return otherwise;
        }
        List<String> known = List.of(Language.JSON_PATH.title(), Language.JSONATA.title());
        return node.oneOf(FIELD, known)
                .map(title -> title.equals(Language.JSONATA.title())
                        ? Language.JSONATA
                        : Language.JSON_PATH)
                .orElse(otherwise);
    }
}
