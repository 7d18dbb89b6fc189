package dev.mapwright.asl.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers of JSON trees by their value, whichever Java type holds them. A double counts as the
/// decimal it is written as.
public final class JsonNumber {
    private JsonNumber() {}

    /// Negative, zero or positive as the left number is less than, equal to or greater than the
    /// right one.
    public static int compare(Number left, Number right) {
        if (isWhole(left) && isWhole(right)) {
            return Long.compare(left.longValue(), right.longValue());
        }
        if (left instanceof Double && right instanceof Double) {
            double difference = left.doubleValue() - right.doubleValue();
            return difference == 0 ? 0 : difference < 0 ? -1 : 1;
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long;
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double approximate -> BigDecimal.valueOf(approximate);
            default -> new BigDecimal(number.toString());
        };
    }
}
