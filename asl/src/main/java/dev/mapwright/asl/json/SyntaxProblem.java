package dev.mapwright.asl.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

import java.util.regex.Pattern;

/// Jackson's complaints in the words and with the columns of the Jackson 2 that AWS shows to its
/// users: members are fields, and a location is where reading stopped, just behind what was found.
final class SyntaxProblem {
    /// Longer texts are cut in locations.
    private static final int SHOWN_CHARS_MAX = 500;

    private static final Pattern UNRECOGNIZED = Pattern.compile("^Unrecognized token '([^']*)'");

    private SyntaxProblem() {}

    static JsonSyntaxException of(JacksonException e, String text) {
        String problem = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException || e.getLocation() == null) {
            return new JsonSyntaxException(problem, location(text, 1, 1));
        }
        int column = e.getLocation().getColumnNr();
        var unrecognized = UNRECOGNIZED.matcher(problem);
        if (unrecognized.find()) {
            column += unrecognized.end(1) - unrecognized.start(1);
        } else if (problem.startsWith("Unexpected character")) {
            column++;
        }
        String worded = problem.replace("property name", "field name");
        return new JsonSyntaxException(worded, location(text, e.getLocation().getLineNr(), column));
    }

    static String location(String text, int line, int column) {
        String shown = text.length() <= SHOWN_CHARS_MAX
                ? "\"" + text + "\""
                : "\"%s\"[truncated %d chars]"
                        .formatted(
                                text.substring(0, SHOWN_CHARS_MAX),
                                text.length() - SHOWN_CHARS_MAX);
        return "[Source: (String)%s; line: %d, column: %d]".formatted(shown, line, column);
    }
}
