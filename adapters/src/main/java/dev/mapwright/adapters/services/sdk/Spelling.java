package dev.mapwright.adapters.services.sdk;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds what somebody may have meant to write.
final class Spelling {
    /// Letters too many, too few or wrong in a word that is still recognized.
    private static final int SLIPS_MAX = 2;

    private Spelling() {}

    /// Capitals do not count.
    static Optional<String> nearest(String word, Stream<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        record Candidate(String name, int slips) {}
        return known.map(name -> new Candidate(name, slips(lower, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.slips() <= SLIPS_MAX)
                .min(Comparator.comparingInt(Candidate::slips))
                .map(Candidate::name);
    }

    /// Levenshtein's distance.
    private static int slips(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] here = new int[to.length() + 1];
            here[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced =
                        above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(replaced, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[to.length()];
    }
}
