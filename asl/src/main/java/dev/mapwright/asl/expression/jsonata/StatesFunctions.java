package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Utils;

import dev.mapwright.asl.expression.jsonata.Native.Arguments;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The functions that Step Functions adds to JSONata, and those whose time or chance comes from the
/// scope. https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
final class StatesFunctions {
    private static final Set<String> ALGORITHMS =
            Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    /// Beyond it, a JSON number does not hold every whole number.
    private static final double WHOLE_MAX = 1L << 53;

    private StatesFunctions() {}

    static Map<String, Native> all() {
        var functions = new LinkedHashMap<String, Native>();
        Native.add(functions, "partition", "<an:a>", "append", StatesFunctions::partition);
        Native.add(functions, "range", "<nnn?:a>", "substring", StatesFunctions::range);
        Native.add(functions, "hash", "<ss:s>", "append", StatesFunctions::hash);
        Native.add(functions, "parse", "<s-:x>", "length", StatesFunctions::parse);
        Native.add(
                functions,
                "uuid",
                "<:s>",
                "random",
                arguments -> uuid(arguments.bounds().random()));
        Native.add(functions, "random", "<n?:n>", "length", StatesFunctions::random);
        Native.add(functions, "sort", "<af?:a>", SortFunction::sort);
        Native.add(functions, "shuffle", "<a:a>", StatesFunctions::shuffle);
        Native.add(functions, "now", "<s?s?:s>", StatesFunctions::now);
        Native.add(functions, "millis", "<:n>", arguments -> arguments
                .bounds()
                .now()
                .toEpochMilli());
        return functions;
    }

    private static Object partition(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        List<?> list = arguments.list(0);
        long size = whole("partition", "chunk size", arguments, 1);
        if (size < 1) {
            throw new QueryError(
                    "The chunk size of $partition must be at least 1, but was %d".formatted(size));
        }
        var chunks = new ArrayList<Object>();
        int step = (int) Math.min(size, Math.max(1, list.size()));
        for (int from = 0; from < list.size(); from += step) {
            chunks.add(
                    new ArrayList<Object>(list.subList(from, Math.min(list.size(), from + step))));
        }
        return chunks;
    }

    /// A sequence, of which one element alone stands for itself.
    private static Object range(Arguments arguments) {
        if (!arguments.has(0) || !arguments.has(1)) {
            return null;
        }
        long start = whole("range", "start", arguments, 0);
        long end = whole("range", "end", arguments, 1);
        long step = arguments.has(2) ? whole("range", "step", arguments, 2) : 1;
        if (step == 0) {
            throw new QueryError("The step of $range must not be 0");
        }
        arguments.bounds().elements((end - start) / step + 1);
        List<Object> numbers = Utils.createSequence();
        for (long number = start; step > 0 ? number <= end : number >= end; number += step) {
            numbers.add(number == (int) number ? (Object) (int) number : (Object) number);
        }
        return numbers;
    }

    private static Object hash(Arguments arguments) throws NoSuchAlgorithmException {
        if (!arguments.has(0)) {
            return null;
        }
        String algorithm = arguments.has(1) ? arguments.text(1) : "";
        if (!ALGORITHMS.contains(algorithm)) {
            throw new QueryError(
                    "$hash knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, but not '%s'"
                            .formatted(algorithm));
        }
        byte[] data = arguments.text(0).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
    }

    private static Object parse(Arguments arguments) throws JsonSyntaxException {
        if (!arguments.has(0)) {
            return null;
        }
        return Views.of(Json.parse(arguments.text(0)).value());
    }

    private static String uuid(RandomGenerator random) {
        long version4 = random.nextLong() & ~0xF000L | 0x4000L;
        long variant2 = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2).toString();
    }

    /// The numbers that AWS gives for a seed are those of Java's oldest generator.
    private static Object random(Arguments arguments) {
        if (!arguments.has(0)) {
            return arguments.bounds().random().nextDouble();
        }
        return RandomGeneratorFactory.of("Random")
                .create(arguments.number(0).longValue())
                .nextDouble();
    }

    private static Object shuffle(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        var shuffled = new ArrayList<Object>(arguments.list(0));
        RandomGenerator random = arguments.bounds().random();
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }

    private static Object now(Arguments arguments) {
        Instant now = arguments.bounds().now();
        return DatePicture.format(now.toEpochMilli(), arguments.text(0), arguments.text(1));
    }

    /// A number of these functions without what stands after its point, as AWS takes it.
    private static long whole(String function, String what, Arguments arguments, int index) {
        double number = arguments.has(index) ? arguments.number(index).doubleValue() : Double.NaN;
        if (!(Math.abs(number) <= WHOLE_MAX)) {
            throw new QueryError(
                    "The %s of $%s must be a number from -2^53 to 2^53".formatted(what, function));
        }
        return (long) number;
    }
}
