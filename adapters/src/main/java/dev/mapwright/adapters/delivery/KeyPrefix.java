package dev.mapwright.adapters.delivery;

import dev.mapwright.engine.execution.Refused;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What keys begin with: text with expressions like `!{timestamp:yyyy/MM/dd/}`. Where there is
/// none, the hour follows: `YYYY/MM/DD/HH/`.
///
/// https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
public record KeyPrefix(String text, ZoneId zone) {
    private static final Pattern EXPRESSION = Pattern.compile("!\\{([a-zA-Z]+):([^}]*)}");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/");

    /// Checks it.
    public static KeyPrefix of(String text, String zone) throws Refused {
        try {
            var prefix = new KeyPrefix(text, zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone));
            prefix.at(Instant.EPOCH, () -> "");
            return prefix;
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw new Refused(
                    "InvalidArgumentException",
                    ("The prefix '%s' in the time zone '%s' cannot be: %s."
                                    + " There are: !{timestamp:PATTERN} and !{firehose:random-string}")
                            .formatted(text, zone, wrong.getMessage()));
        }
    }

    /// @param random some letters
    String at(Instant time, Supplier<String> random) {
        var key = new StringBuilder();
        Matcher expression = EXPRESSION.matcher(text);
        boolean hasExpression = false;
        while (expression.find()) {
            hasExpression = true;
            expression.appendReplacement(
                    key,
                    Matcher.quoteReplacement(
                            value(expression.group(1), expression.group(2), time, random)));
        }
        expression.appendTail(key);
        return hasExpression ? key.toString() : key + HOUR.format(time.atZone(zone));
    }

    private String value(String kind, String pattern, Instant time, Supplier<String> random) {
        if (kind.equals("timestamp")) {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time.atZone(zone));
        }
        if (kind.equals("firehose") && pattern.equals("random-string")) {
            return random.get();
        }
        throw new IllegalArgumentException("!{%s:%s} is not supported".formatted(kind, pattern));
    }
}
