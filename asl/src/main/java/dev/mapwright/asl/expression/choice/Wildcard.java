package dev.mapwright.asl.expression.choice;

import java.util.ArrayList;
import java.util.List;

/// The pattern of a `StringMatches`: `*` stands for any characters or none, `\*` for an asterisk
/// and `\\` for a backslash. Matching takes time in proportion to the text, whatever the pattern.
final class Wildcard {
    private final List<String> pieces;

    private Wildcard(List<String> pieces) {
        this.pieces = pieces;
    }

    static Wildcard compile(String pattern) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (int index = 0; index < pattern.length(); index++) {
            char c = pattern.charAt(index);
            if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else if (c == '\\'
                    && index + 1 < pattern.length()
                    && isEscapable(pattern.charAt(index + 1))) {
                index++;
                piece.append(pattern.charAt(index));
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return new Wildcard(List.copyOf(pieces));
    }

    private static boolean isEscapable(char c) {
        return c == '*' || c == '\\';
    }

    boolean matches(String text) {
        String first = pieces.getFirst();
        if (pieces.size() == 1) {
            return text.equals(first);
        }
        String last = pieces.getLast();
        if (!text.startsWith(first)
                || !text.endsWith(last)
                || text.length() < first.length() + last.length()) {
            return false;
        }
        int from = first.length();
        int end = text.length() - last.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = text.indexOf(piece, from);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            from = found + piece.length();
        }
        return true;
    }
}
