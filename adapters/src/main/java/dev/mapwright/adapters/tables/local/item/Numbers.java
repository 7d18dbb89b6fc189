package dev.mapwright.adapters.tables.local.item;

import dev.mapwright.adapters.tables.local.item.AttributeValue.N;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;

/// DynamoDB's numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.9…E+125, kept
/// exactly.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
public final class Numbers {
    static final int DIGITS_MAX = 38;
    static final int MAGNITUDE_MAX = 125;
    static final int MAGNITUDE_MIN = -130;

    /// Longer texts are refused before they are parsed: 38 digits, 130 zeros, sign, point and
    /// exponent fit well within.
    static final int TEXT_CHARS_MAX = 512;

    private Numbers() {}

    /// The number that `text` spells, in DynamoDB's one spelling for it: no exponent, no leading or
    /// trailing zeros.
    public static N parse(String text) {
        return isSimpleInteger(text) ? new N(text) : of(read(text));
    }

    public static N of(BigDecimal value) {
        if (value.signum() == 0) {
            return new N("0");
        }
        BigDecimal stripped = value.stripTrailingZeros();
        long magnitude = (long) stripped.precision() - stripped.scale() - 1;
        if (magnitude > MAGNITUDE_MAX) {
            throw TableException.validation(
                    "Number overflow. Attempting to store a number with magnitude larger than"
                            + " supported range");
        }
        if (magnitude < MAGNITUDE_MIN) {
            throw TableException.validation(
                    "Number underflow. Attempting to store a number with magnitude smaller"
                            + " than supported range");
        }
        if (stripped.precision() > DIGITS_MAX) {
            throw TableException.validation(
                    "Attempting to store more than 38 significant digits in a Number");
        }
        return new N(stripped.toPlainString());
    }

    public static BigDecimal value(N number) {
        return new BigDecimal(number.digits());
    }

    public static int compare(N left, N right) {
        return value(left).compareTo(value(right));
    }

    public static N add(N left, N right) {
        return of(value(left).add(value(right)));
    }

    public static N subtract(N left, N right) {
        return of(value(left).subtract(value(right)));
    }

    /// Bytes that sort as the numbers do: a sign, the exponent, then the digits in pairs; negative
    /// ones inverted.
    static byte[] ordered(N number) {
        BigDecimal value = value(number);
        if (value.signum() == 0) {
            return new byte[] {1};
        }
        BigDecimal stripped = value.abs().stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int exponent = stripped.precision() - stripped.scale() - 1;
        int mask = value.signum() < 0 ? 0xFF : 0;
        var bytes = new ByteArrayOutputStream(2 + DIGITS_MAX / 2 + 1);
        bytes.write(value.signum() < 0 ? 0 : 2);
        bytes.write(exponent - MAGNITUDE_MIN ^ mask);
        for (int i = 0; i < digits.length(); i += 2) {
            int high = digits.charAt(i) - '0';
            int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            bytes.write(high * 10 + low + 1 ^ mask);
        }
        bytes.write(mask);
        return bytes.toByteArray();
    }

    /// The common case, an integer in its normal spelling, needs no arithmetic.
    private static boolean isSimpleInteger(String text) {
        int length = text.length();
        if (length == 0 || length > 18 || text.charAt(0) == '0' && length > 1) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal read(String text) {
        if (text.isEmpty() || text.length() > TEXT_CHARS_MAX || !isAscii(text)) {
            throw notNumeric(text);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw notNumeric(text);
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static TableException notNumeric(String text) {
        return TableException.validation(
                text.isEmpty()
                        ? "The parameter cannot be converted to a numeric value"
                        : "The parameter cannot be converted to a numeric value: "
                                + text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX)));
    }
}
