package dev.mapwright.asl.expression.intrinsic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// `States.Format`, `States.StringSplit`, `States.UUID`.
final class StringFunctions {
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private StringFunctions() {}

    /// Objects and arrays are shown as Java shows maps and lists (`{Id=1, Name=x}`): so it was
    /// recorded.
    static Object format(Arguments arguments) throws InvalidArgument {
        FormatTemplate template = arguments.any(0) instanceof FormatTemplate quoted
                ? quoted
                : FormatTemplate.parse(arguments.text(0));
        if (template.placeholders() != arguments.count() - 1) {
            throw new InvalidArgument("The format has %d placeholders {} for %d arguments"
                    .formatted(template.placeholders(), arguments.count() - 1));
        }
        var formatted = new StringBuilder(template.texts().get(0));
        for (int i = 1; i < arguments.count(); i++) {
            formatted.append(arguments.any(i)).append(template.texts().get(i));
        }
        return formatted.toString();
    }

    /// Every character of the second text separates; empty parts are dropped.
    static Object split(Arguments arguments) throws InvalidArgument {
        String text = arguments.text(0);
        String separators = arguments.text(1);
        var parts = new ArrayList<Object>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
                if (i > from) {
                    parts.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return Collections.unmodifiableList(parts);
    }

    /// Version 4: all random but for the six bits that say so.
    static Object uuid(RandomGenerator random) {
        long high = random.nextLong() & VERSION_MASK | VERSION_4;
        long low = random.nextLong() & VARIANT_MASK | VARIANT_2;
        return new UUID(high, low).toString();
    }
}
