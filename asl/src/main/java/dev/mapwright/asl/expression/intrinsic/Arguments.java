package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.json.Json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// The evaluated arguments of one call, as what the function needs them to be.
record Arguments(List<Object> values) {
    private static final int SHOWN_CHARS_MAX = 200;

    int count() {
        return values.size();
    }

    Object any(int index) {
        return values.get(index);
    }

    List<?> array(int index) throws InvalidArgument {
        if (values.get(index) instanceof List<?> list) {
            return list;
        }
        throw refusal(index, "an array");
    }

    Map<?, ?> object(int index) throws InvalidArgument {
        if (values.get(index) instanceof Map<?, ?> map) {
            return map;
        }
        throw refusal(index, "an object");
    }

    String text(int index) throws InvalidArgument {
        if (values.get(index) instanceof String text) {
            return text;
        }
        throw refusal(index, "a string");
    }

    /// A number rounded to the nearest integer, halves up, as AWS documents and records it.
    int integer(int index) throws InvalidArgument {
        if (!(values.get(index) instanceof Number number)) {
            throw refusal(index, "a number");
        }
        long rounded =
                switch (number) {
                    case Integer whole -> whole;
                    case Long whole -> whole;
                    case BigInteger _, BigDecimal _ ->
                        Math.round(new BigDecimal(number.toString()).doubleValue());
                    default -> Math.round(number.doubleValue());
                };
        if (rounded < Integer.MIN_VALUE || rounded > Integer.MAX_VALUE) {
            throw refusal(
                    index,
                    "an integer from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return (int) rounded;
    }

    InvalidArgument refusal(int index, String wanted) {
        String shown = Json.of(values.get(index)).text();
        if (shown.length() > SHOWN_CHARS_MAX) {
            shown = shown.substring(0, SHOWN_CHARS_MAX) + "…";
        }
        return new InvalidArgument(
                "Argument %d must be %s but was: %s".formatted(index + 1, wanted, shown));
    }
}
