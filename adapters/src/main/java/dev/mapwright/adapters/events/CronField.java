package dev.mapwright.adapters.events;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// A field of a cron expression without the letters that depend on the month: the values that it
/// allows.
///
/// @param names of the values from `min` on, for fields that have some
record CronField(int min, int max, List<String> names) {
    /// `*`, `?`, `5`, `1-5`, `*/15`, `10/5`, `MON-FRI`, and lists of them with commas.
    ///
    /// @throws IllegalArgumentException if it is none of them
    BitSet values(String text) {
        var values = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] step = part.split("/", -1);
            if (step.length > 2) {
                throw invalid(part);
            }
            int every = step.length == 2 ? number(step[1], 1, max) : 1;
            int from = min;
            int to = max;
            if (!step[0].equals("*") && !step[0].equals("?")) {
                String[] range = step[0].split("-", -1);
                from = value(range[0]);
                boolean single = range.length == 1;
                to = single ? (step.length == 2 ? max : from) : value(range[1]);
                if (range.length > 2 || to < from) {
                    throw invalid(part);
                }
            }
            for (int value = from; value <= to; value += every) {
                values.set(value);
            }
        }
        return values;
    }

    int value(String text) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        return named >= 0 ? min + named : number(text, min, max);
    }

    private static int number(String text, int min, int max) {
        if (!text.matches("\\d{1,4}")) {
            throw invalid(text);
        }
        int number = Integer.parseInt(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    "%d is not from %d to %d".formatted(number, min, max));
        }
        return number;
    }

    private static IllegalArgumentException invalid(String part) {
        return new IllegalArgumentException("'%s' cannot be read".formatted(part));
    }
}
