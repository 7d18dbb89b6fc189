package dev.mapwright.asl.parse;

/// Which names variables may have.
final class VariableNames {
    static final int LENGTH_MAX = 80;

    private static final String RESERVED = "states";

    private VariableNames() {}

    /// @param field the member of `Assign` as written, for the location
    static void check(Node assign, String field, String name) {
        if (name.equals(RESERVED)) {
            assign.errorAt(
                    field,
                    "RESERVED_VARIABLE_NAME",
                    "Cannot assign to reserved variable '$states'.");
        } else if (name.codePointCount(0, name.length()) > LENGTH_MAX) {
            assign.errorAt(
                    field,
                    "INVALID_VARIABLE_NAME",
                    "Invalid variable name '%s': the variable name exceeds the %d-character limit."
                            .formatted(name, LENGTH_MAX));
        } else if (!isName(name)) {
            assign.errorAt(
                    field,
                    "INVALID_VARIABLE_NAME",
                    "Invalid variable name '%s': the variable name contains invalid characters."
                            .formatted(name));
        }
    }

    /// A letter, then letters, digits and connectors: Unicode's ID_Start and ID_Continue.
    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints().skip(1).allMatch(VariableNames::isPart);
    }

    static boolean isPart(int character) {
        return Character.isUnicodeIdentifierPart(character)
                && !Character.isIdentifierIgnorable(character);
    }
}
