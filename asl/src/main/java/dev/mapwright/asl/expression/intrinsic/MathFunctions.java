package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.expression.Scope;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// `States.Math…`
final class MathFunctions {
    private MathFunctions() {}

    /// From the first number, included, to the second, excluded. The same seed gives the same
    /// number.
    static Object random(Arguments arguments, Scope scope) throws InvalidArgument {
        int from = arguments.integer(0);
        int to = arguments.integer(1);
        if (from >= to) {
            throw arguments.refusal(1, "greater than argument 1, %d,".formatted(from));
        }
        RandomGenerator random = arguments.count() == 3
                ? new SplittableRandom(arguments.integer(2))
                : scope.random();
        return random.nextInt(from, to);
    }

    static Object add(Arguments arguments) throws InvalidArgument {
        long sum = (long) arguments.integer(0) + arguments.integer(1);
        if (sum < Integer.MIN_VALUE || sum > Integer.MAX_VALUE) {
            throw new InvalidArgument("The sum %d is not an integer from %d to %d"
                    .formatted(sum, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return (int) sum;
    }
}
