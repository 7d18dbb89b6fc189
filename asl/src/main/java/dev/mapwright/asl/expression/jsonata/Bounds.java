package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata.EntryCallback;
import com.dashjoin.jsonata.Jsonata.ExitCallback;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser.Symbol;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// One evaluation's allowance, and its time and chance. What an evaluation does is counted, not
/// timed: so that it ends the same way on a busy machine, in a simulation and in a replay.
final class Bounds implements EntryCallback, ExitCallback {
    static final ScopedValue<Bounds> CURRENT = ScopedValue.newInstance();

    /// Work in units of roughly a nanosecond: all of it is about one second.
    static final long WORK_MAX = 1_000_000_000L;

    /// Expressions within expressions, over all functions called. A stack of 1 MiB holds about as
    /// many.
    static final int DEPTH_MAX = 1_500;

    /// Characters of any text on the way.
    static final int TEXT_CHARS_MAX = 16 * 1024 * 1024;

    /// Elements of any array on the way, ranges included. The reference implementation allows
    /// ranges of 1e7; an array of this size already holds a hundred times what a payload can.
    static final int ARRAY_ELEMENTS_MAX = 1_000_000;

    private static final int EXPRESSION_WORK = 150;
    private static final int CHARACTER_WORK = 5;

    private final Instant now;
    private final RandomGenerator random;
    private long work;
    private int depth;

    Bounds(Instant now, RandomGenerator random) {
        this.now = now;
        this.random = random;
    }

    Instant now() {
        return now;
    }

    RandomGenerator random() {
        return random;
    }

    @Override
    public void callback(Symbol expression, Object input, Frame environment) {
        depth++;
        if (depth > DEPTH_MAX) {
            throw tooDeep();
        }
        spend(EXPRESSION_WORK);
    }

    @Override
    public void callback(Symbol expression, Object input, Frame environment, Object result) {
        depth--;
        if (result instanceof String text) {
            text(text.length());
        } else if (result instanceof List<?> list) {
            elements(list.size());
        }
    }

    void characters(long count) {
        spend(count * CHARACTER_WORK);
    }

    /// Checks a text's length before it is made.
    void text(long chars) {
        if (chars > TEXT_CHARS_MAX) {
            throw new QueryError("A text of %d characters is longer than the maximum of %d"
                    .formatted(chars, TEXT_CHARS_MAX));
        }
    }

    /// Checks an array's length before it is made.
    void elements(long count) {
        if (count > ARRAY_ELEMENTS_MAX) {
            throw new QueryError("An array of %d elements is longer than the maximum of %d"
                    .formatted(count, ARRAY_ELEMENTS_MAX));
        }
    }

    static QueryError tooDeep() {
        return new QueryError(
                "Stack overflow error: Check for non-terminating recursive function.  "
                        + "Consider rewriting as tail-recursive.");
    }

    private void spend(long amount) {
        work += amount;
        if (work > WORK_MAX) {
            throw new QueryError("Expression evaluation timeout: Check for infinite loop");
        }
    }

    /// A text that a regular expression may look at only so often: some patterns need 2^n steps.
    record Watched(CharSequence text, Bounds bounds) implements CharSequence {
        @Override
        public char charAt(int index) {
            bounds.characters(1);
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
